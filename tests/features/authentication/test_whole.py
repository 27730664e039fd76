"""One request, one transaction: what fails at the end leaves nothing behind, and sends nothing."""

from collections.abc import Callable, Iterator
from contextvars import copy_context

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from consultation.features.accounts.models import Account
from consultation.features.authentication import services
from consultation.features.authentication.models import SignIn
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import QueuedJob
from consultation.infrastructure.mail import OutgoingMail
from pages import PageClient

OTHER = "neuf boutons de nacre verte"


class CommitFailed(Exception):
    """The disk is full, the server gone."""


@pytest.fixture
def full_disk(context: None) -> Iterator[Callable[[], None]]:
    """Let every commit that would write fail from now on."""

    def refuse(committing: Session) -> None:
        if not committing.in_nested_transaction():
            raise CommitFailed

    def from_now_on() -> None:
        session.commit()
        event.listen(session, "before_commit", refuse)

    yield from_now_on
    event.remove(session, "before_commit", refuse)


def failing(client: PageClient, path: str, fields: dict[str, str]) -> None:
    """Send a form whose transaction cannot be committed."""
    options = {"method": "POST", "data": fields | {"csrf_token": client._csrf_token()}}
    with pytest.raises(CommitFailed):
        copy_context().run(client._apart, path, options)


def counts() -> list[int]:
    session.rollback()
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in (SignIn, OutgoingMail, QueuedJob)]


@pytest.mark.parametrize("standing", ["citizen", "physician"])
def test_a_registration_that_is_not_stored_sends_no_mail(
    browse: Callable[..., PageClient], registration: dict[str, str], full_disk: Callable[[], None], standing: str
) -> None:
    client = browse()
    full_disk()
    failing(client, "/account/register", registration | {"standing": standing})
    assert session.scalar(select(func.count()).select_from(Account)) == 0
    assert counts() == [0, 0, 0]


def test_a_confirmation_that_is_not_stored_confirms_nothing(
    browse: Callable[..., PageClient], unconfirmed: Account, link: Callable[[str], str], full_disk: Callable[[], None]
) -> None:
    services.send_confirmation(unconfirmed)
    client, address = browse(), link("confirm")
    full_disk()
    failing(client, address, {})
    session.rollback()
    assert not unconfirmed.is_confirmed


def test_a_passphrase_that_is_not_stored_leaves_the_old_one_and_its_sign_ins(
    browse: Callable[..., PageClient], account: Account, link: Callable[[str], str], full_disk: Callable[[], None]
) -> None:
    services.start_session(account)
    services.send_reset_link(account)
    client, address, before = browse(), link("reset"), account.passphrase_hash
    full_disk()
    failing(client, address, {"passphrase": OTHER})
    assert counts() == [1, 1, 0]
    assert account.passphrase_hash == before


def test_a_sign_in_that_is_not_stored_signs_nobody_in(
    browse: Callable[..., PageClient], account: Account, credentials: dict[str, str], full_disk: Callable[[], None]
) -> None:
    client = browse()
    full_disk()
    failing(client, "/account/sign-in", credentials)
    assert counts()[0] == 0


def test_two_registrations_of_one_address_make_one_account(context: None, registration: dict[str, str]) -> None:
    for _ in range(2):
        services.register(registration["address"], registration["passphrase"], "fr")
    session.commit()
    assert session.scalar(select(func.count()).select_from(Account)) == 1
