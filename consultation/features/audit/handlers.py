"""The log keeps every event that the wiring sends to it."""

import uuid
from dataclasses import asdict

from consultation.domain.verifiability.canonical import canonical
from consultation.features.audit.models import AuditEntry
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.events import Event


def log(event: Event) -> None:
    """Keep an event by its name and identifiers; NotCanonical when it carries anything but identifiers and numbers."""
    identifiers = {name: _plain(value) for name, value in asdict(event).items() if value is not None}
    session.add(AuditEntry(at=clock.now(), event=type(event).__name__, identifiers=canonical(identifiers).decode()))


def _plain(value: object) -> object:
    return str(value) if isinstance(value, uuid.UUID) else value
