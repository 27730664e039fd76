"""Somebody with an address and a passphrase, and the mails that they receive."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import Account
from consultation.infrastructure import jobs, passwords
from consultation.infrastructure.database import session
from consultation.infrastructure.mail import OutgoingMail

ADDRESS = "camille@example.org"
PASSPHRASE = "la girafe mange huit nuages"

REGISTRATION = {
    "address": ADDRESS,
    "passphrase": PASSPHRASE,
    "standing": "citizen",
    "is_of_age": "y",
    "accepts_charter": "y",
}
SIGN_IN = {"address": ADDRESS, "passphrase": PASSPHRASE}


@pytest.fixture
def registration() -> dict[str, str]:
    """What is typed to open an account."""
    return dict(REGISTRATION)


@pytest.fixture
def credentials() -> dict[str, str]:
    """What is typed to sign in."""
    return dict(SIGN_IN)


@pytest.fixture
def account(context: None) -> Account:
    """Somebody who has registered and confirmed."""
    account = accounts.create_account(ADDRESS, passwords.hash_of(PASSPHRASE), "fr")
    accounts.confirm_address(account)
    session.commit()
    return account


@pytest.fixture
def unconfirmed(context: None) -> Account:
    """Somebody who has registered, no more."""
    account = accounts.create_account(ADDRESS, passwords.hash_of(PASSPHRASE), "fr")
    session.commit()
    return account


@pytest.fixture
def mails(context: None) -> Callable[[], list[OutgoingMail]]:
    """All mails written so far, the oldest first, once every job is done."""

    def read() -> list[OutgoingMail]:
        session.commit()
        jobs.run_all()
        return list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.written_at)))

    return read


@pytest.fixture
def link(mails: Callable[[], list[OutgoingMail]]) -> Callable[[str], str]:
    """The path of the link of this kind (confirm, reset) in the latest mail."""

    def read(kind: str) -> str:
        body = mails()[-1].body
        found = re.search(rf"http://127\.0\.0\.1:8000((?:/en)?/account/{kind}/\S+)", body)
        assert found, body
        return found[1]

    return read
