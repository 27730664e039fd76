"""What the benchmarks of ballots share: databases to measure on, and an open consultation with people in it."""

import os
import secrets
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import sqlalchemy
from flask import Flask

from consultation.app import create_app
from consultation.features.accounts.services import create_synthetic_participant
from consultation.features.ballots.services import publish_plan
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import create_consultation, open_consultation
from consultation.features.recommendations.services import import_recommendations
from consultation.infrastructure import clock
from consultation.infrastructure.database import db, engine_options, session
from consultation.settings import Settings

SLUG = "benchmark"
NUMBERS = range(1, 34)


@contextmanager
def installations() -> Iterator[list[Settings]]:
    """One installation on a new file of SQLite and, where TEST_DATABASE_URL is given, one on a new database there."""
    with tempfile.TemporaryDirectory() as folder:
        made = [_settings(Path(folder) / "sqlite", f"sqlite:///{folder}/benchmark.sqlite")]
        server = os.environ.get("TEST_DATABASE_URL")
        if not server:
            yield made
            return
        with _database_on(server) as url:
            yield [*made, _settings(Path(folder) / "postgresql", url)]


def kind_of(settings: Settings) -> str:
    """The kind of database that an installation has."""
    return sqlalchemy.make_url(settings.database_url).get_backend_name()


def opened(settings: Settings) -> Flask:
    """The application, with an open consultation of 33 recommendations."""
    app = create_app(settings)
    with app.app_context():
        db.create_all()
        consultation = _draft()
        entries = [{"number": number, "title": f"Recommendation {number}", "text": "A text."} for number in NUMBERS]
        import_recommendations(consultation, entries)
        publish_plan(None, consultation)
        open_consultation(None, consultation, recommendation_count=len(NUMBERS), moderator_count=2)
        session.commit()
    return app


def participants(count: int) -> list[uuid.UUID]:
    """The identifiers of as many new participants, committed."""
    made = [create_synthetic_participant().id for _ in range(count)]
    session.commit()
    return made


def _draft() -> Consultation:
    return create_consultation(
        None,
        slug=SLUG,
        title="A benchmark",
        organiser_name="Nobody",
        summary="Thirty-three recommendations.",
        source_title="",
        opens_at=clock.now(),
        closes_at=clock.now() + timedelta(days=1),
        results_on=clock.today() + timedelta(days=9),
    )


def _settings(folder: Path, url: str) -> Settings:
    return Settings(
        environment="demo",
        secret_key="a secret of the benchmark, drawn for nobody",
        database_url=url,
        key_directory=folder / "keys",
        audit_directory=folder / "audit",
        public_url="http://127.0.0.1:8000",
        testing=True,
    )


@contextmanager
def _database_on(server: str) -> Iterator[str]:
    url = sqlalchemy.make_url(server)
    name = f"{url.database}_benchmark_{os.getpid()}_{secrets.token_hex(2)}"
    maintenance = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT", **engine_options(server))
    with maintenance.connect() as connection:
        connection.execute(sqlalchemy.text(f'CREATE DATABASE "{name}"'))
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sqlalchemy.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    maintenance.dispose()
