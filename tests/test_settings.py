"""Settings: what production refuses, all of it at once, each variable by its name."""

import os
from pathlib import Path

import pytest

from consultation.settings import Settings, SettingsError

SECRET = "a secret that is long enough to be one"
TOKEN = "a-token-that-is-long-enough-to-be-one"


def production(folder: Path) -> dict[str, str]:
    """An environment that production accepts."""
    notice = folder / "legal.txt"
    notice.write_text("Éditeur : l’association\n", encoding="utf-8")
    return {
        "CONSULTATION_ENVIRONMENT": "production",
        "CONSULTATION_SECRET_KEY": SECRET,
        "CONSULTATION_PUBLIC_URL": "https://consultation.example/",
        "CONSULTATION_DATABASE_URL": "sqlite:///x",
        "CONSULTATION_KEY_DIRECTORY": str(folder),
        "CONSULTATION_MAIL_URL": "smtp://localhost",
        "CONSULTATION_LEGAL_NOTICE": str(notice),
    }


def test_an_empty_environment_is_refused_and_every_missing_variable_is_named() -> None:
    with pytest.raises(SettingsError) as refusal:
        Settings.from_environment({})
    assert "CONSULTATION_ENVIRONMENT" in str(refusal.value)
    assert "CONSULTATION_SECRET_KEY" in str(refusal.value)


def test_production_starts_with_all_that_it_needs(tmp_path: Path) -> None:
    settings = Settings.from_environment(production(tmp_path))
    assert (settings.public_url, settings.legal_notice) == ("https://consultation.example", "Éditeur : l’association")


@pytest.mark.parametrize("name", ["PUBLIC_URL", "DATABASE_URL", "KEY_DIRECTORY", "MAIL_URL", "LEGAL_NOTICE"])
def test_production_refuses_to_start_without_one_of_them(name: str, tmp_path: Path) -> None:
    environment = production(tmp_path)
    del environment[f"CONSULTATION_{name}"]
    with pytest.raises(SettingsError, match=f"CONSULTATION_{name}"):
        Settings.from_environment(environment)


def test_production_is_served_over_tls_alone(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="https://"):
        Settings.from_environment(production(tmp_path) | {"CONSULTATION_PUBLIC_URL": "http://consultation.example"})


@pytest.mark.parametrize("secret", ["", "short", "x" * 31])
def test_a_short_secret_is_refused(secret: str) -> None:
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        Settings.from_environment({"CONSULTATION_ENVIRONMENT": "demo", "CONSULTATION_SECRET_KEY": secret})


def test_the_demonstration_needs_a_secret_alone() -> None:
    environment = {"CONSULTATION_ENVIRONMENT": "demo", "CONSULTATION_SECRET_KEY": SECRET}
    assert Settings.from_environment(environment).is_demo


@pytest.mark.parametrize("url", ["postgresql+psycopg://me:secret@host:12x4/db", "nonsense", "postgresql://[::1/db"])
def test_an_address_of_a_database_that_cannot_be_read_is_refused_without_its_password(url: str) -> None:
    environment = {"CONSULTATION_ENVIRONMENT": "demo", "CONSULTATION_SECRET_KEY": SECRET}
    with pytest.raises(SettingsError, match="DATABASE_URL") as refusal:
        Settings.from_environment(environment | {"CONSULTATION_DATABASE_URL": url})
    assert "secret" not in str(refusal.value)


def keyless(folder: Path) -> dict[str, str]:
    """An environment that production accepts, but for the place of the keys."""
    environment = production(folder)
    del environment["CONSULTATION_KEY_DIRECTORY"]
    return environment


def service(url: str = "https://keys.example:8100", token: str = TOKEN) -> dict[str, str]:
    """The variables of a key service."""
    return {"CONSULTATION_KEY_SERVICE": url, "CONSULTATION_KEY_SERVICE_TOKEN": token}


def test_one_directory_of_keys_is_enough(tmp_path: Path) -> None:
    assert Settings.from_environment(production(tmp_path)).key_directories == (tmp_path,)


def test_several_directories_of_keys_are_written_as_a_path_is(tmp_path: Path) -> None:
    written = os.pathsep.join([str(tmp_path / "one"), "two"])
    settings = Settings.from_environment(production(tmp_path) | {"CONSULTATION_KEY_DIRECTORY": written})
    assert settings.key_directories == (tmp_path / "one", Path.cwd() / "two")


def test_the_demonstration_keeps_its_keys_in_its_instance() -> None:
    environment = {"CONSULTATION_ENVIRONMENT": "demo", "CONSULTATION_SECRET_KEY": SECRET}
    assert Settings.from_environment(environment).key_directories == (Path.cwd() / "instance" / "keys",)


@pytest.mark.parametrize("written", ["one:one", "one:./one", "one:", ":one", "one::two", ":"])
def test_a_directory_of_keys_that_is_named_twice_or_not_at_all_is_refused(written: str, tmp_path: Path) -> None:
    environment = production(tmp_path) | {"CONSULTATION_KEY_DIRECTORY": written.replace(":", os.pathsep)}
    with pytest.raises(SettingsError, match="CONSULTATION_KEY_DIRECTORY must name each directory once"):
        Settings.from_environment(environment)


def test_two_names_of_one_directory_are_not_two_copies(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    environment = production(tmp_path) | {"CONSULTATION_KEY_DIRECTORY": f"{tmp_path}{os.pathsep}{tmp_path / 'link'}"}
    with pytest.raises(SettingsError, match="CONSULTATION_KEY_DIRECTORY"):
        Settings.from_environment(environment)


@pytest.mark.parametrize("url", ["https://keys.example", "http://10.0.0.7:8100", "http://[fd00::7]:8100/inner/"])
def test_a_key_service_takes_the_place_of_a_directory(url: str, tmp_path: Path) -> None:
    settings = Settings.from_environment(keyless(tmp_path) | service(url))
    assert (settings.key_service, settings.key_service_token) == (url, TOKEN)


def test_production_needs_a_directory_of_keys_or_a_key_service(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="CONSULTATION_KEY_DIRECTORY or CONSULTATION_KEY_SERVICE is missing"):
        Settings.from_environment(keyless(tmp_path))


def test_keys_have_one_place(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="CONSULTATION_KEY_DIRECTORY and CONSULTATION_KEY_SERVICE exclude"):
        Settings.from_environment(production(tmp_path) | service())


@pytest.mark.parametrize(
    "url",
    [
        "keys.example",
        "ftp://keys.example",
        "https://",
        "https://me:secret@keys.example",
        "https://keys.example/?a=b",
        "https://keys.example/#a",
        "https://keys.example:12x4",
        "https://[::1",
    ],
)
def test_what_is_no_address_of_a_service_is_refused_without_being_repeated(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="CONSULTATION_KEY_SERVICE is not") as refusal:
        Settings.from_environment(keyless(tmp_path) | service(url))
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("token", ["", "x" * 31, "x" * 31 + " ", "x" * 32 + "\n", "é" * 32])
def test_a_token_that_could_be_guessed_or_not_be_sent_is_refused_without_being_repeated(
    token: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="CONSULTATION_KEY_SERVICE_TOKEN") as refusal:
        Settings.from_environment(keyless(tmp_path) | service(token=token))
    assert "xxx" not in str(refusal.value)
    assert "é" not in str(refusal.value)
