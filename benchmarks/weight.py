"""What a first visit to each kind of page transfers, and a second one, as a browser counts it (INTERFACE, Weight)."""

import json
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from consultation.app import create_app
from consultation.demonstration import loading
from consultation.demonstration.accounts import ADDRESSES
from consultation.infrastructure.database import db
from consultation.settings import Settings

KINDS = {
    "home": "/",
    "consultation": "/consultations/ia-sante-2018/",
    "thread": "/consultations/ia-sante-2018/recommendations/10/",
    "ballot (signed in)": "/consultations/ia-sante-2018/ballot/",
    "results": "/consultations/demonstration-close/results/",
    "charter": "/charter",
    "sign in": "/account/sign-in",
}
SIGNED_IN = {"ballot (signed in)"}


@dataclass
class Transfer:
    """What one visit carried: bytes by address, headers included."""

    bytes_by_url: dict[str, int]

    @property
    def total(self) -> int:
        """All bytes of the visit."""
        return sum(self.bytes_by_url.values())

    @property
    def requests(self) -> int:
        """Requests that carried something."""
        return len(self.bytes_by_url)


def visit(page: Page, url: str) -> Transfer:
    """Go to an address and count what its answer and all that it loads transfer."""
    addresses: dict[str, str] = {}
    received: dict[str, int] = {}
    protocol = page.context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.on(
        "Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]})
    )
    protocol.on(
        "Network.loadingFinished",
        lambda event: received.update({addresses[event["requestId"]]: int(event["encodedDataLength"])}),
    )
    page.goto(url, wait_until="networkidle")
    protocol.detach()
    return Transfer({address: size for address, size in received.items() if size and not address.startswith("data:")})


def passphrases_of(app: Flask) -> dict[str, str]:
    """The passphrases of the demonstration by role."""
    card = Path(app.config["INSTANCE"]) / "demonstration-accounts.json"
    return dict(json.loads(card.read_text(encoding="utf-8")))


def sign_in(page: Page, address: str, passphrase: str) -> None:
    """Sign this window in, through the page for it; ends on the page of the account."""
    page.goto("/account/sign-in")
    page.fill("input[name=address]", address)
    page.fill("input[name=passphrase]", passphrase)
    page.click("main form button")
    page.wait_for_url("**/account/")


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application behind an address of this machine, served by threads."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def measure() -> list[dict[str, object]]:
    """One row a kind of page, on the demonstration."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        app = _demonstration(Path(folder))
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served(app) as address:
            pages = {kind: _window(browser, app, address, kind) for kind in KINDS}
            rows = [_row(kind, pages[kind], address + path) for kind, path in KINDS.items()]
        browser.close()
    return rows


def _window(browser: Browser, app: Flask, address: str, kind: str) -> Page:
    """A window that has loaded nothing yet: that of a citizen where the page asks for one, otherwise a visitor's."""
    if kind not in SIGNED_IN:
        return browser.new_context().new_page()
    elsewhere = browser.new_context(base_url=address)
    sign_in(elsewhere.new_page(), ADDRESSES["citizen"], passphrases_of(app)["citizen"])
    return browser.new_context(storage_state=elsewhere.storage_state()).new_page()


def _row(kind: str, page: Page, url: str) -> dict[str, object]:
    first = visit(page, url)
    again = visit(page, url)
    return {
        "page": kind,
        "first visit, bytes": first.total,
        "requests": first.requests,
        "its HTML, bytes": first.bytes_by_url[url],
        "second visit, bytes": again.total,
        "its requests": again.requests,
    }


def _demonstration(folder: Path) -> Flask:
    app = create_app(
        Settings(
            environment="demo",
            secret_key="a secret of the benchmark, drawn for nobody",
            database_url=f"sqlite:///{folder / 'benchmark.sqlite'}",
            key_directory=folder / "keys",
            public_url="http://127.0.0.1:8000",
            testing=True,
        )
    )
    with app.app_context():
        db.create_all()
        loading.load_once()
    return app
