"""What happens to ballots."""

import uuid
from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class BallotCast(Event):
    """Somebody cast a ballot, nobody is told who; never stored, for its moment would tell."""

    consultation_id: uuid.UUID


@dataclass(frozen=True)
class AuditorProposed(Event):
    """An organiser named an auditor; nobody is handed anything before another organiser confirms."""

    consultation_id: uuid.UUID
    auditor_id: str
    actor_id: uuid.UUID


@dataclass(frozen=True)
class AuditorConfirmed(Event):
    """A second organiser confirmed an auditor, who may be handed the sealed ballots from now on."""

    consultation_id: uuid.UUID
    auditor_id: str
    actor_id: uuid.UUID


@dataclass(frozen=True)
class AuditorDismissed(Event):
    """A proposal was taken back, or an auditor is handed no copy any more."""

    consultation_id: uuid.UUID
    auditor_id: str
    actor_id: uuid.UUID


@dataclass(frozen=True)
class BundleHandedOver(Event):
    """An encrypted bundle was made for an auditor, by whoever administers the machine."""

    consultation_id: uuid.UUID
    auditor_id: str


@dataclass(frozen=True)
class AuditStatementRecorded(Event):
    """What an auditor found was put on record by an organiser."""

    consultation_id: uuid.UUID
    auditor_id: str
    actor_id: uuid.UUID


@dataclass(frozen=True)
class OpeningsDeleted(Event):
    """After the counting plan's delay the rankings left every file of the platform: nobody can count them again."""

    consultation_id: uuid.UUID
