"""What happens to consultations."""

import uuid
from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class ConsultationCreated(Event):
    """A consultation was written, not yet public."""

    consultation_id: uuid.UUID


@dataclass(frozen=True)
class ConsultationOpened(Event):
    """Comments and ballots are taken from now on; the recommendations no longer change."""

    consultation_id: uuid.UUID
    actor_id: uuid.UUID | None


@dataclass(frozen=True)
class ConsultationFenced(Event):
    """The closing ceremony has begun: no comment and no ballot is taken any more."""

    consultation_id: uuid.UUID
    actor_id: uuid.UUID | None


@dataclass(frozen=True)
class ConsultationClosed(Event):
    """The closing ceremony is over: ballots are sealed and nothing links them to anybody."""

    consultation_id: uuid.UUID


@dataclass(frozen=True)
class ConsultationPublished(Event):
    """The results are public."""

    consultation_id: uuid.UUID
    actor_id: uuid.UUID | None
