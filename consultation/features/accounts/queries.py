"""Accounts as they are read."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from consultation.features.accounts.models import Account, Grant
from consultation.infrastructure.database import session


def account_by_id(account_id: uuid.UUID) -> Account | None:
    """The account with its roles, or None."""
    return session.scalar(select(Account).where(Account.id == account_id).options(selectinload(Account.grants)))


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
