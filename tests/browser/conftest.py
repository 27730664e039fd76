"""A real server with the whole demonstration, and real Chromium in front of it."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from databases import fresh_database
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from benchmarks.weight import served
from consultation.app import create_app
from consultation.demonstration import loading
from consultation.infrastructure import jobs
from consultation.infrastructure.database import db
from consultation.settings import Settings

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
def passphrases(demonstration: Flask) -> dict[str, str]:
    """The demonstration's passphrases by role."""
    card = Path(demonstration.config["INSTANCE"]) / "demonstration-accounts.json"
    return dict(json.loads(card.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def address(demonstration: Flask) -> Iterator[str]:
    """Where the demonstration is served, by threads of this process."""
    with served(demonstration) as url:
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
        options.setdefault("viewport", {"width": 1280, "height": 900})
        options.setdefault("locale", "fr-FR")
        contexts.append(chromium.new_context(base_url=address, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        return page

    yield window
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(passphrases: dict[str, str]) -> Callable[[Page, str], None]:
    """Sign in as one of the demonstration's people: `sign_in(page, "moderator")`."""
    addresses = {
        "citizen": "citoyen@demo.example",
        "physician": "medecin@demo.example",
        "moderator": "moderation@demo.example",
        "organiser": "organisation@demo.example",
    }

    def act(page: Page, role: str) -> None:
        page.goto("/account/sign-in")
        page.fill("input[name=address]", addresses[role])
        page.fill("input[name=passphrase]", passphrases[role])
        page.click("main form button")
        page.wait_for_load_state()

    return act
