"""What is done to accounts: made, confirmed, given roles, disabled, erased."""

import uuid
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from consultation.domain.colleges import College
from consultation.domain.verdicts import enforce
from consultation.features.accounts.events import (
    AccountCreated,
    AccountDisabled,
    AccountErased,
    CharterAccepted,
    CommentsGivenUp,
    RoleGranted,
    RoleRevoked,
)
from consultation.features.accounts.models import Account, Grant
from consultation.features.accounts.policies import may_accept_charter, may_erase
from consultation.features.accounts.queries import grant_of
from consultation.infrastructure import charter, clock, mail
from consultation.infrastructure.database import new_public_id, new_uuid, session
from consultation.infrastructure.events import record


def create_account(address: str | None, passphrase_hash: str | None, language: str) -> Account:
    """Make an account whose address, if any, is not confirmed yet."""
    account = Account(
        id=new_uuid(),
        address=address,
        passphrase_hash=passphrase_hash,
        language=language,
        college=College.CITIZENS.value,
        created_at=clock.now(),
        is_synthetic=False,
        grants=[],
    )
    session.add(account)
    session.flush()
    record(AccountCreated(account.id))
    return account


def create_synthetic_participant(language: str = "fr") -> Account:
    """Make an invented participant of the demonstration: no address, no passphrase, marked as such."""
    account = create_account(None, None, language)
    account.is_synthetic = True
    accept_charter(account, charter.in_force())
    return account


def accept_charter(account: Account, edition: int) -> None:
    """Note that the account accepts this edition; CharterNotAccepted when another is in force meanwhile.

    Accepting the same edition again changes nothing.
    """
    enforce(may_accept_charter(account, edition))
    if account.charter_edition == edition:
        return
    account.charter_edition, account.charter_accepted_at = edition, clock.now()
    record(CharterAccepted(account.id, edition))


def confirm_address(account: Account) -> None:
    """Note that the address answers; the first time counts."""
    account.confirmed_at = account.confirmed_at or clock.now()


def set_passphrase_hash(account: Account, passphrase_hash: str) -> None:
    """Give the account another passphrase; called by the authentication feature alone."""
    account.passphrase_hash = passphrase_hash


def set_college(account: Account, college: College) -> None:
    """Place the account in a college; called by the colleges feature alone."""
    account.college = college.value


def grant_role(account: Account, consultation_id: uuid.UUID, role: str) -> Grant:
    """Give a role in a consultation; giving it twice changes nothing."""
    if existing := grant_of(account.id, consultation_id, role):
        return existing
    grant = Grant(
        id=new_public_id(),
        account_id=account.id,
        consultation_id=consultation_id,
        role=role,
        granted_at=clock.now(),
    )
    session.add(grant)
    session.flush()
    session.expire(account, ["grants"])
    record(RoleGranted(account.id, consultation_id, role))
    return grant


def revoke_role(account: Account, consultation_id: uuid.UUID, role: str) -> None:
    """Take a role away; nothing happens where it was not held."""
    if existing := grant_of(account.id, consultation_id, role):
        session.delete(existing)
        session.flush()
        session.expire(account, ["grants"])
        record(RoleRevoked(account.id, consultation_id, role))


def disable_account(account: Account) -> None:
    """Let the account act no longer; its contributions stay."""
    account.disabled_at = account.disabled_at or clock.now()
    record(AccountDisabled(account.id))


def erase_account(account: Account, *, gives_up_comments: bool = False) -> None:
    """Erase what is known of a person, at once; LastOrganiser when a consultation would be left without one.

    The row stays, without a name, until ballot and draft are gone: jobs of the ballots feature see to it, in
    transactions that touch nothing else, and then call `forget_account`.
    """
    enforce(may_erase(account))
    for grant in list(account.grants):
        revoke_role(account, grant.consultation_id, grant.role)
    if gives_up_comments:
        record(CommentsGivenUp(account.id))
    if account.address:
        mail.forget_recipient(account.address)
    account.address = account.passphrase_hash = None
    account.disabled_at = account.disabled_at or clock.now()
    session.flush()
    record(AccountErased(account.id))


def forget_account(account: Account) -> None:
    """Delete the row of an erased account; where comments or attestations stay it stays under them, nameless.

    What stays says nothing but that they are of one person: neither when that person came nor their college.
    """
    try:
        with session.begin_nested():
            session.execute(delete(Account).where(Account.id == account.id))
    except IntegrityError:
        account.created_at = account.disabled_at or clock.now()
        account.confirmed_at = account.charter_edition = account.charter_accepted_at = None
        account.college = College.CITIZENS.value
        session.flush()


def remove_unconfirmed(before: datetime) -> int:
    """Delete the accounts that registered before a moment and never confirmed their address; how many there were.

    Whoever was given a role meanwhile stays: no team loses a member by a timer.
    """
    registered = (Account.address.is_not(None), Account.confirmed_at.is_(None), Account.created_at < before)
    removed = session.execute(delete(Account).where(*registered, ~Account.grants.any()).returning(Account.id))
    return len(removed.all())
