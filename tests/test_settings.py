"""Settings: what production refuses, all of it at once, each variable by its name."""

from pathlib import Path

import pytest

from consultation.settings import Settings, SettingsError

SECRET = "a secret that is long enough to be one"


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
