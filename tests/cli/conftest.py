"""An operator at a terminal, with a database of SQLite that `db upgrade` has made."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from consultation.app import create_app
from consultation.cli import main
from consultation.features.ballots.services import publish_plan
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.services import create_consultation, open_consultation
from consultation.features.recommendations.services import import_recommendations
from consultation.infrastructure import clock, keys
from consultation.infrastructure.database import db, session
from consultation.settings import PREFIX, Settings

SECRET = "a secret of the tests, long enough to be one"


@dataclass(frozen=True)
class Operator:
    """Somebody who types commands, with the files of one folder."""

    folder: Path
    language: str = "en_GB.UTF-8"

    def types(self, command: str, status: int = 0, **environment: str) -> Result:
        """Run a command; it ends with this status, without a traceback, and says one line when it is refused."""
        variables = {
            f"{PREFIX}ENVIRONMENT": "demo",
            f"{PREFIX}SECRET_KEY": SECRET,
            f"{PREFIX}DATABASE_URL": f"sqlite:///{self.folder / 'consultation.sqlite'}",
            f"{PREFIX}KEY_DIRECTORY": str(self.folder / "keys"),
            "LANG": self.language,
            **environment,
        }
        result = CliRunner(env=variables).invoke(main, command.split(" "), prog_name="consultation")
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
        assert result.exit_code == status, result.output
        if status:
            assert len(result.stderr.splitlines()) == 1, result.stderr
            assert result.stderr.startswith("consultation: ")
        return result

    def application(self) -> Flask:
        """The application on the same files, for what no command does."""
        return create_app(
            Settings(
                environment="demo",
                secret_key=SECRET,
                database_url=f"sqlite:///{self.folder / 'consultation.sqlite'}",
                key_directory=self.folder / "keys",
                public_url="http://127.0.0.1:8000",
                testing=True,
            )
        )


@pytest.fixture(autouse=True)
def _keys_given_back(app: Flask) -> Iterator[None]:
    """Each command has keys of its own: give the other tests theirs back."""
    kept = keys.store()
    yield
    keys.use(kept)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database that was made by the command."""
    folder = tmp_path_factory.mktemp("migrated")
    Operator(folder).types("db upgrade")
    return folder


@pytest.fixture
def operator(migrated: Path, tmp_path: Path) -> Operator:
    """An operator with a fresh copy of that database."""
    shutil.copytree(migrated, tmp_path / "instance")
    return Operator(tmp_path / "instance")


@pytest.fixture
def draft(operator: Operator) -> str:
    """The slug of a draft without recommendations or team."""
    app = operator.application()
    with app.app_context():
        create_consultation(
            None,
            slug="essai",
            title="Un essai",
            organiser_name="Équipe d’essai",
            summary="Un essai.",
            source_title="",
            opens_at=clock.now(),
            closes_at=clock.now() + timedelta(days=10),
            results_on=clock.today() + timedelta(days=15),
        )
        session.commit()
        db.engine.dispose()
    return "essai"


@pytest.fixture
def recommendations(tmp_path: Path) -> Path:
    """A file of two recommendations."""
    path = tmp_path / "recommendations.yaml"
    path.write_text(
        "recommendations:\n- {number: 3, title: Un, text: Un texte.}\n- {number: 6, title: Deux, text: Un autre.}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def opened(operator: Operator, draft: str) -> str:
    """The slug of an open consultation with one recommendation."""
    app = operator.application()
    with app.app_context():
        consultation = consultation_by_slug(draft)
        import_recommendations(consultation, [{"number": 3, "title": "Un", "text": "Un texte."}])
        publish_plan(None, consultation)
        open_consultation(None, consultation, recommendation_count=1, moderator_count=2)
        session.commit()
        db.engine.dispose()
    return draft
