"""What happens to accounts."""

import uuid
from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class AccountCreated(Event):
    """Somebody registered, or the team or the demonstration made an account."""

    account_id: uuid.UUID


@dataclass(frozen=True)
class CharterAccepted(Event):
    """Somebody accepted an edition of the charter."""

    account_id: uuid.UUID
    edition: int


@dataclass(frozen=True)
class RoleGranted(Event):
    """An account was given a role in a consultation."""

    account_id: uuid.UUID
    consultation_id: uuid.UUID
    role: str


@dataclass(frozen=True)
class RoleRevoked(Event):
    """An account lost a role in a consultation."""

    account_id: uuid.UUID
    consultation_id: uuid.UUID
    role: str


@dataclass(frozen=True)
class AccountDisabled(Event):
    """An account may no longer act."""

    account_id: uuid.UUID


@dataclass(frozen=True)
class CommentsGivenUp(Event):
    """Somebody who leaves takes all their comments back."""

    account_id: uuid.UUID


@dataclass(frozen=True)
class AccountErased(Event):
    """Somebody left: address, passphrase and roles are gone, and each feature lets go of what it holds of them."""

    account_id: uuid.UUID
