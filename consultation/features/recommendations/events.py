"""What happens to recommendations."""

import uuid
from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class RecommendationsImported(Event):
    """The recommendations of a draft were imported, in place of those that it had."""

    consultation_id: uuid.UUID
    count: int
