"""Fixtures: a real application on a real database, people, consultations, and a client that checks every page."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from flask import Flask

from consultation.app import create_app
from consultation.domain.colleges import College
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import MODERATOR, ORGANISER, Account
from consultation.features.authentication import services as authentication
from consultation.features.ballots.services import publish_plan
from consultation.features.colleges import services as colleges
from consultation.features.consultations import services as consultations
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations import services as recommendations
from consultation.infrastructure import charter, clock, deposit, keys
from consultation.infrastructure.database import Model, db, session, use_replica
from consultation.infrastructure.web.limits import limiter
from consultation.settings import Settings
from databases import emptying, fresh_database
from pages import PageClient

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Real elections and conversations; tests that need them skip with a message where they are absent."""
    folder = Path(os.environ.get("CONSULTATION_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no test data at {folder}: set CONSULTATION_TEST_DATA")
    return folder


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Settings:
    """Settings of the demonstration, on a database of this process's own."""
    folder = tmp_path_factory.mktemp("instance")
    return Settings(
        environment="demo",
        secret_key="a secret of the tests, long enough to be one",
        database_url=fresh_database(folder, worker_id),
        key_directory=folder / "keys",
        audit_directory=folder / "audit",
        public_url="http://127.0.0.1:8000",
        testing=True,
    )


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The whole application, with an empty database."""
    application = create_app(settings)
    with application.app_context():
        db.drop_all()
        db.create_all()
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def _push_request_context() -> None:
    """Replace pytest-flask's pushed request, in which a second client would be signed in as the first."""


@pytest.fixture(autouse=True)
def _emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty every table after a test that had a database; rate limits, which all applications share, are off."""
    limiter.enabled = False
    if "app" in request.fixturenames:
        # An application that another test made in this process has put its own in their place.
        settings = request.getfixturevalue("settings")
        keys.use(keys.store_for(settings))
        deposit.use(settings.audit_directory)
        use_replica(settings.database_replica_url)
    yield
    if "app" in request.fixturenames:
        app = request.getfixturevalue("app")
        with app.app_context(), db.engine.begin() as connection, emptying(connection):
            for table in reversed(Model.metadata.sorted_tables):
                connection.execute(table.delete())


@pytest.fixture
def context(app: Flask, _emptied: None) -> Iterator[None]:
    """A pushed application context, whose session services write to; requests have their own."""
    with app.app_context():
        yield
        session.rollback()


@pytest.fixture
def browse(app: Flask, context: None) -> Callable[..., PageClient]:
    """Make clients: `browse()` for a visitor, `browse(account)` for somebody signed in, `language="en"` for English."""

    def client(account: Account | None = None, language: str = "fr") -> PageClient:
        page_client = PageClient(app, language)
        if account is not None:
            page_client.sign_in(authentication.start_session(account))
            session.commit()
        return page_client

    return client


class People:
    """Makes accounts, confirmed and committed."""

    def __init__(self) -> None:
        self._made = 0

    def citizen(self) -> Account:
        """A citizen."""
        self._made += 1
        account = accounts.create_account(f"person{self._made}@example.org", None, "fr")
        accounts.confirm_address(account)
        accounts.accept_charter(account, charter.in_force())
        session.commit()
        return account

    def physician(self) -> Account:
        """A physician whose proof was seen."""
        account = self.citizen()
        accounts.set_college(account, College.PHYSICIANS)
        session.commit()
        return account

    def pending_physician(self) -> Account:
        """Somebody who says to be a physician, not verified yet."""
        account = self.citizen()
        colleges.claim_physician(account)
        session.commit()
        return account

    def moderator(self, consultation: Consultation) -> Account:
        """A moderator of this consultation."""
        return self._with_role(consultation, MODERATOR)

    def organiser(self, consultation: Consultation) -> Account:
        """An organiser of this consultation."""
        return self._with_role(consultation, ORGANISER)

    def _with_role(self, consultation: Consultation, role: str) -> Account:
        account = self.citizen()
        accounts.grant_role(account, consultation.id, role)
        session.commit()
        return account


@pytest.fixture
def people(context: None) -> People:
    """A factory of accounts."""
    return People()


NUMBERS = (1, 3, 6, 7)


@pytest.fixture
def draft_consultation(context: None, people: People) -> Consultation:
    """A consultation that is ready to open: four recommendations, two moderators."""
    consultation = consultations.create_consultation(
        None,
        slug="test",
        title="Une consultation d’essai",
        organiser_name="Équipe d’essai",
        summary="Quatre recommandations à lire, à commenter et à classer.",
        source_title="Un communiqué",
        opens_at=clock.now() - timedelta(days=3),
        closes_at=clock.now() + timedelta(days=10),
        results_on=clock.today() + timedelta(days=15),
    )
    recommendations.import_recommendations(consultation, [_entry(number) for number in NUMBERS])
    publish_plan(None, consultation)
    people.moderator(consultation)
    people.moderator(consultation)
    session.commit()
    return consultation


@pytest.fixture
def open_consultation(draft_consultation: Consultation) -> Consultation:
    """The same consultation, open."""
    consultations.open_consultation(None, draft_consultation, recommendation_count=len(NUMBERS), moderator_count=2)
    session.commit()
    return draft_consultation


@dataclass
class Statements:
    """The SQL statements of a block, transaction control apart."""

    all: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many there were."""
        return len(self.all)


@pytest.fixture
def statements(app: Flask) -> Callable[[], Any]:
    """Count the SQL statements of a block: `with statements() as count: …; count.total`."""

    @contextmanager
    def counting() -> Iterator[Statements]:
        seen = Statements()

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")):
                seen.all.append(statement)

        with app.app_context():
            engine = db.engine
        sqlalchemy.event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            sqlalchemy.event.remove(engine, "before_cursor_execute", note)

    return counting


def _entry(number: int) -> dict[str, object]:
    return {
        "number": number,
        "title": f"Titre de la recommandation {number}",
        "theme": "Essai",
        "introduction": "Le conseil recommande",
        "text": f"« Texte de la recommandation {number}. »",
        "attribution": "single",
    }
