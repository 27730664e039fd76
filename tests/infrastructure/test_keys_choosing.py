"""Which store the settings give, and what production refuses of it."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from infrastructure.serving_keys import TOKEN, answering

from consultation.infrastructure.keys import (
    SIZE,
    DemonstrationKeyRefused,
    DirectoryKeys,
    KeyMissing,
    KeyStoreUnreachable,
    MemoryKeys,
    ProductionKeys,
    store_for,
)
from consultation.infrastructure.keys.server import KeyServer
from consultation.settings import Settings

NAME = "ballots-test"
INVENTED = "demonstration-ballots-test"


@pytest.fixture
def demonstration(tmp_path: Path) -> Settings:
    """Settings of a demonstration that has no directory of keys yet."""
    return Settings("demo", "a secret", "sqlite://", tmp_path / "instance" / "keys", "http://127.0.0.1:8000")


@pytest.fixture
def production(tmp_path: Path) -> Settings:
    """Settings of production, with one directory of keys."""
    (tmp_path / "keys").mkdir()
    return Settings("production", "a secret", "sqlite://", tmp_path / "keys", "https://consultation.example")


def test_the_demonstration_makes_its_directory_for_its_owner_alone(demonstration: Settings) -> None:
    made = store_for(demonstration).create(NAME)
    (directory,) = demonstration.key_directories
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert DirectoryKeys(directory).read(NAME) == made


def test_production_makes_no_directory(production: Settings, tmp_path: Path) -> None:
    keys = store_for(replace(production, key_directory=tmp_path / "not mounted"))
    with pytest.raises(KeyStoreUnreachable):
        keys.create(NAME)
    assert not (tmp_path / "not mounted").exists()


def test_several_directories_hold_the_same_keys(production: Settings, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    made = store_for(replace(production, key_directory=f"{tmp_path / 'keys'}:{tmp_path / 'copy'}")).create(NAME)
    assert DirectoryKeys(tmp_path / "keys").read(NAME) == DirectoryKeys(tmp_path / "copy").read(NAME) == made


def test_a_service_is_asked_where_there_is_one(production: Settings, tmp_path: Path) -> None:
    kept = MemoryKeys()
    with answering(KeyServer(kept, TOKEN)) as url:
        made = store_for(replace(production, key_service=url, key_service_token=TOKEN)).create(NAME)
    assert kept.read(NAME) == made
    assert list((tmp_path / "keys").iterdir()) == []


def test_production_neither_makes_nor_takes_nor_reads_a_key_of_the_demonstration(
    production: Settings, tmp_path: Path
) -> None:
    keys = store_for(production)
    for act in (keys.create, keys.read, lambda name: keys.put(name, bytes(SIZE))):
        with pytest.raises(DemonstrationKeyRefused, match="demonstration"):
            act(INVENTED)
    assert list((tmp_path / "keys").iterdir()) == []


def test_production_reads_no_key_of_the_demonstration_though_it_is_there_and_may_destroy_it() -> None:
    kept = MemoryKeys()
    kept.create(INVENTED)
    keys = ProductionKeys(kept)
    with pytest.raises(DemonstrationKeyRefused):
        keys.read(INVENTED)
    assert keys.exists(INVENTED)
    keys.destroy(INVENTED)
    assert not keys.exists(INVENTED)


def test_a_refused_key_of_the_demonstration_is_an_error_of_the_system_and_no_missing_key() -> None:
    assert issubclass(DemonstrationKeyRefused, OSError)
    assert not issubclass(DemonstrationKeyRefused, KeyMissing)


def test_the_demonstration_makes_and_reads_its_keys(demonstration: Settings) -> None:
    keys = store_for(demonstration)
    assert keys.create(INVENTED) == keys.read(INVENTED)
