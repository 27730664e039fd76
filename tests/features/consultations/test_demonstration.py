"""The demonstration never serves the public."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from consultation.app import from_environment
from consultation.features.accounts.services import create_synthetic_participant
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import keys
from consultation.infrastructure.database import db, session
from consultation.settings import PREFIX, Settings, SettingsError
from databases import fresh_database


@pytest.fixture
def _in_production(
    settings: Settings, context: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The environment of a production on the database of the tests."""
    kept = keys.store()
    legal_notice = tmp_path / "legal.txt"
    legal_notice.write_text("Éditeur : l’association", encoding="utf-8")
    for name, value in {
        "ENVIRONMENT": "production",
        "SECRET_KEY": settings.secret_key,
        "DATABASE_URL": settings.database_url,
        "KEY_DIRECTORY": str(settings.key_directory),
        "PUBLIC_URL": "https://consultation.example",
        "MAIL_URL": "smtp://localhost",
        "LEGAL_NOTICE": str(legal_notice),
    }.items():
        monkeypatch.setenv(PREFIX + name, value)
    yield
    keys.use(kept)


@pytest.mark.usefixtures("_in_production")
def test_production_refuses_a_database_with_a_demonstration(draft_consultation: Consultation) -> None:
    from_environment()
    draft_consultation.is_demonstration = True
    session.commit()
    with pytest.raises(SettingsError, match="holds the demonstration"):
        from_environment()


@pytest.mark.usefixtures("_in_production")
def test_production_refuses_a_database_with_invented_participants() -> None:
    create_synthetic_participant()
    session.commit()
    with pytest.raises(SettingsError, match="holds the demonstration"):
        from_environment()


@pytest.mark.usefixtures("_in_production")
def test_production_starts_on_a_database_without_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", fresh_database(tmp_path, "without_tables"))
    app = from_environment()
    assert not app.config["DEMONSTRATION"]
    with app.app_context():
        db.engine.dispose()
