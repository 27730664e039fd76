"""What happens around signing in."""

import uuid
from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class Registered(Event):
    """Somebody opened an account, whose address is still to be confirmed."""

    account_id: uuid.UUID


@dataclass(frozen=True)
class AddressConfirmed(Event):
    """A person pressed the button behind the link that was sent to their address."""

    account_id: uuid.UUID


@dataclass(frozen=True)
class ResetAsked(Event):
    """A link to choose a passphrase anew was asked for; where the address is unknown the identifier names nobody."""

    account_id: uuid.UUID


@dataclass(frozen=True)
class PassphraseChanged(Event):
    """A passphrase was set anew, and every sign-in ended with it."""

    account_id: uuid.UUID


@dataclass(frozen=True)
class PhysicianDeclared(Event):
    """Somebody who registered says to be a physician; no proof was seen."""

    account_id: uuid.UUID
