"""Keys: made once, whole or not there, gone when destroyed; the twin in memory keeps the same promises."""

import errno
import os
import stat
from pathlib import Path

import pytest

from consultation.infrastructure.keys import SIZE, DirectoryKeys, KeyMissing, KeyPresent, KeyStore, MemoryKeys

NAME = "ballots-test"


@pytest.fixture(params=["directory", "memory"])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> KeyStore:
    """Each kind of store, empty."""
    return DirectoryKeys(tmp_path / "keys") if request.param == "directory" else MemoryKeys()


def test_a_key_is_read_as_it_was_made(keys: KeyStore) -> None:
    made = keys.create(NAME)
    assert len(made) == SIZE
    assert keys.read(NAME) == made
    assert keys.exists(NAME)


def test_a_key_is_never_made_again_over_another(keys: KeyStore) -> None:
    made = keys.create(NAME)
    with pytest.raises(KeyPresent):
        keys.create(NAME)
    assert keys.read(NAME) == made


def test_two_keys_are_two(keys: KeyStore) -> None:
    assert keys.create("one") != keys.create("two")


def test_a_key_that_was_never_made_is_missing(keys: KeyStore) -> None:
    assert not keys.exists(NAME)
    with pytest.raises(KeyMissing):
        keys.read(NAME)


def test_a_destroyed_key_is_gone_and_destroying_it_again_does_nothing(keys: KeyStore) -> None:
    keys.create(NAME)
    for _turn in range(2):
        keys.destroy(NAME)
        assert not keys.exists(NAME)
    with pytest.raises(KeyMissing):
        keys.read(NAME)


def test_a_key_that_is_not_there_is_destroyed_in_silence(keys: KeyStore) -> None:
    keys.destroy(NAME)
    assert not keys.exists(NAME)


def test_destroying_a_key_leaves_the_others(keys: KeyStore) -> None:
    keys.create("one")
    kept = keys.create("two")
    keys.destroy("one")
    assert keys.read("two") == kept


def test_only_its_owner_reads_the_file_of_a_key(tmp_path: Path) -> None:
    DirectoryKeys(tmp_path / "keys").create(NAME)
    assert stat.S_IMODE((tmp_path / "keys" / f"{NAME}.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["", "../elsewhere", "a/b", "A", "é", "a.b", "a\n"])
def test_a_name_never_leads_out_of_the_directory(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        DirectoryKeys(tmp_path).create(name)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_no_empty_key_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    keys = DirectoryKeys(tmp_path / "keys")
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="no space"):
            keys.create(NAME)
    assert not keys.exists(NAME)
    assert keys.create(NAME) == keys.read(NAME)


@pytest.mark.parametrize("content", [b"", b"short", b"x" * (SIZE + 1)])
def test_a_key_that_is_not_whole_is_a_key_that_is_missing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / f"{NAME}.key").write_bytes(content)
    with pytest.raises(KeyMissing):
        DirectoryKeys(tmp_path).read(NAME)


def test_a_key_that_is_not_whole_is_not_made_anew_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.key").write_bytes(b"short")
    with pytest.raises(KeyPresent):
        DirectoryKeys(tmp_path).create(NAME)
