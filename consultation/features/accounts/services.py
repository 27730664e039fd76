"""What is done to accounts: made, confirmed, given roles, disabled."""

import uuid

from consultation.domain.colleges import College
from consultation.features.accounts.events import AccountCreated, AccountDisabled, RoleGranted, RoleRevoked
from consultation.features.accounts.models import Account, Grant
from consultation.features.accounts.queries import grant_of
from consultation.infrastructure import clock
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
    return account


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
