"""Nothing tells whether an address is known: not the answer, and not the work that it takes."""

import re
from collections.abc import Callable

import pytest
import structlog

from consultation.features.accounts.models import Account
from consultation.infrastructure import passwords
from consultation.infrastructure.database import session
from consultation.infrastructure.mail import OutgoingMail
from pages import PageClient

KNOWN, UNKNOWN = "camille@example.org", "dominique@example.org"
OTHER = "neuf boutons de nacre verte"


class CountingHasher:
    """The hasher, with a count of what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._hasher = passwords._hasher

    def hash(self, passphrase: str) -> str:
        self.asked.append("hash")
        return self._hasher.hash(passphrase)

    def verify(self, passphrase_hash: str, passphrase: str) -> bool:
        self.asked.append("verify")
        return self._hasher.verify(passphrase_hash, passphrase)


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> CountingHasher:
    counting = CountingHasher()
    monkeypatch.setattr(passwords, "_hasher", counting)
    return counting


def answer(client: PageClient, path: str, fields: dict[str, str], status: int) -> tuple[str, str, str]:
    """Where a POST leads and what is then seen, without what differs by itself."""
    page = client.post(path, fields, status)
    seen = client.follow(page).html if status == 303 else page.html
    seen = re.sub(r'name="csrf_token" value="[^"]+"', "", seen)
    headers = str(sorted((name, value) for name, value in page.headers if name not in ("Set-Cookie", "Content-Length")))
    return page.location, headers, seen.replace(fields["address"], "")


CASES = [("register", 303), ("sign-in", 422), ("forgot", 303)]


@pytest.mark.parametrize(("path", "status"), CASES)
@pytest.mark.parametrize("is_confirmed", [True, False])
def test_a_known_and_an_unknown_address_get_the_same_answer_for_the_same_work(
    browse: Callable[..., PageClient],
    account: Account,
    registration: dict[str, str],
    statements: Callable[[], object],
    hasher: CountingHasher,
    path: str,
    status: int,
    is_confirmed: bool,
) -> None:
    account.confirmed_at = account.confirmed_at if is_confirmed else None
    session.commit()
    answers, asked, counts = [], [], []
    for address in (KNOWN, UNKNOWN):
        hasher.asked.clear()
        with statements() as count:  # type: ignore[attr-defined]
            fields = registration | {"address": address, "passphrase": OTHER}
            answers.append(answer(browse(), f"/account/{path}", fields, status))
        asked.append(list(hasher.asked))
        counts.append(count.total)
    assert answers[0] == answers[1]
    assert asked[0] == asked[1] == {"register": ["hash"], "sign-in": ["verify"], "forgot": []}[path]
    if path != "register":
        assert counts[0] == counts[1]


def test_whoever_registers_an_address_cannot_see_by_signing_in_whether_it_was_known(
    browse: Callable[..., PageClient],
    account: Account,
    registration: dict[str, str],
    statements: Callable[[], object],
) -> None:
    answers, counts = [], []
    for address in (KNOWN, UNKNOWN):
        fields = registration | {"address": address, "passphrase": OTHER}
        browse().post("/account/register", fields)
        with statements() as count:  # type: ignore[attr-defined]
            answers.append(answer(browse(), "/account/sign-in", fields, 422))
        counts.append(count.total)
    assert answers[0] == answers[1]
    assert counts[0] == counts[1]


def test_a_known_address_that_registers_is_told_by_mail_and_keeps_its_passphrase(
    browse: Callable[..., PageClient],
    account: Account,
    registration: dict[str, str],
    mails: Callable[[], list[OutgoingMail]],
) -> None:
    before = account.passphrase_hash
    browse().post("/account/register", registration | {"passphrase": OTHER, "address": " Camille@Example.ORG "})
    (mail,) = mails()
    assert (mail.recipient, account.passphrase_hash) == (KNOWN, before)
    assert "/account/reset/" in mail.body


def test_an_unknown_address_that_forgot_gets_no_mail(
    browse: Callable[..., PageClient], mails: Callable[[], list[OutgoingMail]]
) -> None:
    browse().post("/account/forgot", {"address": UNKNOWN})
    assert mails() == []


def test_an_account_without_passphrase_opens_to_none(
    browse: Callable[..., PageClient], account: Account, credentials: dict[str, str]
) -> None:
    account.passphrase_hash = None
    browse().post("/account/sign-in", credentials, 422)
    browse().post("/account/sign-in", credentials | {"passphrase": "a passphrase that opens nothing"}, 422)


def test_nothing_personal_is_logged(
    browse: Callable[..., PageClient],
    registration: dict[str, str],
    credentials: dict[str, str],
    link: Callable[[str], str],
    capfd: pytest.CaptureFixture[str],
) -> None:
    client, secrets = browse(), [KNOWN, registration["passphrase"], OTHER]
    with structlog.testing.capture_logs() as logs:
        client.post("/account/register", registration)
        secrets.append(link("confirm").rpartition("/")[2])
        client.post(link("confirm"))
        client.post("/account/sign-in", credentials | {"passphrase": "a\r\nINFO admin ok\x1b[2J"}, 422)
        client.post("/account/sign-in", credentials)
        client.get("/account/sessions")
        client.post("/account/forgot", {"address": KNOWN})
        secrets.append(link("reset").rpartition("/")[2])
        client.post(link("reset"), {"passphrase": OTHER})
        client.get(f"/account/reset/{secrets[-1]}", 422)
    output = capfd.readouterr()
    written = f"{logs}{output.out}{output.err}"
    assert [secret for secret in secrets if secret in written] == []
