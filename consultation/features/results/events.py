"""What happens to results."""

import uuid
from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class CountBegun(Event):
    """An organiser asked for the count and its publication, which a job does."""

    consultation_id: uuid.UUID
    actor_id: uuid.UUID


@dataclass(frozen=True)
class ReleasePublished(Event):
    """A release, the first or a corrected one, is public and cited in the chain."""

    consultation_id: uuid.UUID
    n: int
