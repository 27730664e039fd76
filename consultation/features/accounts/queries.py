"""Accounts as they are read."""

import uuid

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from consultation.features.accounts.models import ORGANISER, Account, Grant
from consultation.infrastructure.database import session

_BY_ID = select(Account).where(Account.id == bindparam("account")).options(joinedload(Account.grants))


def account_by_id(account_id: uuid.UUID) -> Account | None:
    """The account with its roles, or None: one statement."""
    return session.scalars(_BY_ID, {"account": account_id}).unique().one_or_none()


def account_by_address(address: str) -> Account | None:
    """The account that has this e-mail address (compared in lower case), with its roles, or None: one statement."""
    sought = address.strip().lower().replace("\0", "\ufffd")  # PostgreSQL refuses to look for a NUL
    rows = session.scalars(select(Account).where(Account.address == sought).options(joinedload(Account.grants)))
    return rows.unique().one_or_none()


def grant_of(account_id: uuid.UUID, consultation_id: uuid.UUID, role: str) -> Grant | None:
    """The row by which this account holds this role in this consultation, or None."""
    return session.scalar(select(Grant).filter_by(account_id=account_id, consultation_id=consultation_id, role=role))


def holders_of(role: str, consultation_id: uuid.UUID) -> list[Account]:
    """The accounts in force that hold this role in this consultation."""
    return list(
        session.scalars(
            select(Account)
            .join(Grant, Grant.account_id == Account.id)
            .where(Grant.role == role, Grant.consultation_id == consultation_id, Account.disabled_at.is_(None))
            .order_by(Account.created_at)
        )
    )


def is_last_organiser(account_id: uuid.UUID) -> bool:
    """Whether any consultation would be left without an organiser in force if this account went."""
    mine, theirs = aliased(Grant), aliased(Grant)
    others = (
        select(theirs.id)
        .join(Account, Account.id == theirs.account_id)
        .where(
            theirs.consultation_id == mine.consultation_id,
            theirs.role == ORGANISER,
            theirs.account_id != account_id,
            Account.disabled_at.is_(None),
        )
    )
    led_alone = select(mine.id).where(mine.account_id == account_id, mine.role == ORGANISER, ~exists(others))
    return session.scalar(led_alone.limit(1)) is not None


def unconfirmed_count() -> int:
    """How many people registered and have not confirmed their address yet."""
    waiting = select(func.count()).select_from(Account)
    return session.scalar(waiting.where(Account.confirmed_at.is_(None), Account.address.is_not(None))) or 0
