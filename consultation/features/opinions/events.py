"""What happens to opinion groups."""

import uuid
from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class OpinionsPublished(Event):
    """The opinion groups of a consultation, or the reason why there are none, are public."""

    consultation_id: uuid.UUID


@dataclass(frozen=True)
class ReactionsCut(Event):
    """The reactions of a consultation belong to nobody any more: only their counts are left."""

    consultation_id: uuid.UUID
