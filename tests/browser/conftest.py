"""A real server with the whole demonstration, and real Chromium in front of it."""

import hashlib
import itertools
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from browser.looks import WIDE
from browser.newcomers import Newcomer
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from benchmarks import weight
from consultation.app import create_app
from consultation.demonstration import loading
from consultation.demonstration.accounts import ADDRESSES
from consultation.features.accounts import queries as accounts
from consultation.features.accounts import services as account_services
from consultation.features.accounts.models import MODERATOR, ORGANISER
from consultation.features.ballots.services import publish_plan
from consultation.features.consultations import services as consultations
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import MODERATORS_NEEDED
from consultation.features.recommendations.services import import_recommendations
from consultation.infrastructure import clock, jobs
from consultation.infrastructure.database import db, session
from consultation.settings import Settings
from databases import fresh_database

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def demonstration(settings: Settings, worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application with the demonstration loaded, on a database of its own."""
    folder = tmp_path_factory.mktemp("demonstration")
    url = fresh_database(folder, f"demonstration_{worker_id}")
    application = create_app(replace(settings, database_url=url, key_directory=folder / "keys"))
    with application.app_context():
        db.create_all()
        loading.load_once()
        jobs.run_all()
    yield application
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def address(demonstration: Flask) -> Iterator[str]:
    """Where the demonstration is served, by threads of this process."""
    with weight.served(demonstration) as url:
        demonstration.config["PUBLIC_URL"] = url
        yield url


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    """Playwright, started once."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright_driver: Playwright) -> Iterator[Browser]:
    """The system's Chromium, or Playwright's own; without either the test is skipped, or fails where CI is set."""
    try:
        browser = playwright_driver.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
    except PlaywrightError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"NO BROWSER TEST WAS RUN: Chromium cannot be started ({str(error).splitlines()[0]})")
    yield browser
    browser.close()


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open windows: `visit(java_script_enabled=False, color_scheme="dark", viewport={…})`."""
    contexts: list[BrowserContext] = []

    def window(**options: Any) -> Page:
        options.setdefault("viewport", WIDE)
        options.setdefault("locale", "fr-FR")
        contexts.append(chromium.new_context(base_url=address, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        return page

    yield window
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(demonstration: Flask) -> Callable[[Page, str], None]:
    """Sign in as one of the demonstration's people: `sign_in(page, "moderator")`."""
    passphrases = weight.passphrases_of(demonstration)
    return lambda page, role: weight.sign_in(page, ADDRESSES[role], passphrases[role])


@pytest.fixture
def work(demonstration: Flask) -> Callable[[], None]:
    """Let the worker do every job that waits, as it does beside a server."""

    def act() -> None:
        with demonstration.app_context():
            jobs.run_all()

    return act


@pytest.fixture
def newcomer(request: pytest.FixtureRequest, work: Callable[[], None]) -> Newcomer:
    """Somebody whom no other test knows."""
    digest = hashlib.sha256(request.node.nodeid.encode()).hexdigest()
    return Newcomer(f"Campanule {digest[:8]}", work)


@pytest.fixture(scope="session")
def small_consultation(demonstration: Flask) -> Callable[..., str]:
    """Write a consultation of one's own and say its slug: `small_consultation(titles, is_open=False)`."""
    made = itertools.count(1)

    def write(titles: Sequence[str], *, is_open: bool = True) -> str:
        slug = f"petite-{next(made)}"
        with demonstration.app_context():
            consultation = _drafted(slug, titles)
            _give_team(consultation)
            if is_open:
                consultations.open_consultation(None, consultation, len(titles), MODERATORS_NEEDED)
            session.commit()
        return slug

    return write


def _drafted(slug: str, titles: Sequence[str]) -> Consultation:
    consultation = consultations.create_consultation(
        None,
        slug=slug,
        title="Une petite consultation",
        organiser_name="Équipe d’essai",
        summary="Quelques recommandations à lire, à commenter et à classer.",
        source_title="Un communiqué",
        opens_at=clock.now() - timedelta(days=3),
        closes_at=clock.now() + timedelta(days=10),
        results_on=clock.today() + timedelta(days=15),
        is_demonstration=True,
    )
    entries = [{"number": number, "title": title, "text": title} for number, title in enumerate(titles, 1)]
    import_recommendations(consultation, entries)
    publish_plan(None, consultation)
    return consultation


def _give_team(consultation: Consultation) -> None:
    """The demonstration's moderator and organiser, and an invented second moderator."""
    for role, holder in ((MODERATOR, "moderator"), (ORGANISER, "organiser")):
        account = accounts.account_by_address(ADDRESSES[holder])
        assert account is not None
        account_services.grant_role(account, consultation.id, role)
    account_services.grant_role(account_services.create_synthetic_participant(), consultation.id, MODERATOR)
