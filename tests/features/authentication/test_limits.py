"""Guessing is slow: by network, and by address wherever it comes from."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from consultation.app import create_app
from consultation.features.accounts.models import Account
from consultation.infrastructure.database import db
from consultation.infrastructure.web.limits import limiter, network_of
from consultation.settings import Settings
from pages import PageClient

WRONG = "neuf boutons de nacre verte"


@pytest.fixture
def browse_limited(settings: Settings, context: None) -> Iterator[Callable[[], PageClient]]:
    """Clients of an application like the tests' own, with rate limits, counting from nothing."""
    application = create_app(replace(settings, testing=False))
    limiter.reset()
    yield lambda: PageClient(application)
    limiter.enabled = False
    with application.app_context():
        db.engine.dispose()


def attempts(client: PageClient, path: str, fields: dict[str, str], times: int) -> list[int]:
    token = {"csrf_token": client._csrf_token()}
    return [client._open(path, method="POST", data=fields | token).status_code for _ in range(times)]


def test_an_address_is_tried_ten_times_from_wherever(
    browse_limited: Callable[[], PageClient], account: Account, credentials: dict[str, str]
) -> None:
    for network in range(5):
        client = browse_limited()
        client._client.environ_base["REMOTE_ADDR"] = f"192.0.2.{network}"
        assert attempts(client, "/account/sign-in", credentials | {"passphrase": WRONG}, 2) == [422, 422]
    page = browse_limited().post("/account/sign-in", credentials | {"address": " Camille@example.org"}, 429)
    assert page.find("h1")


def test_a_network_asks_for_six_mails(browse_limited: Callable[[], PageClient]) -> None:
    client = browse_limited()
    statuses = [attempts(client, "/account/forgot", {"address": f"p{n}@example.org"}, 1)[0] for n in range(7)]
    assert statuses == [303] * 6 + [429]


def test_reading_a_page_is_not_counted(browse_limited: Callable[[], PageClient]) -> None:
    client = browse_limited()
    for _ in range(25):
        client.get("/account/sign-in")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("192.0.2.7:4711", "unknown"),
        ("garbage", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_limit_counts_by_network_whatever_a_proxy_passes_on(address: str, network: str) -> None:
    assert network_of(address) == network


def test_an_address_with_a_nul_opens_nothing(
    browse_limited: Callable[[], PageClient], account: Account, credentials: dict[str, str]
) -> None:
    fields = credentials | {"address": "camille\0@example.org"}
    assert attempts(browse_limited(), "/account/sign-in", fields, 1) == [422]
