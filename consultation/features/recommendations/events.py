"""What happens to recommendations."""

import uuid
from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class RecommendationsImported(Event):
    """The recommendations of a draft were imported, in place of those that it had."""

    consultation_id: uuid.UUID
    count: int


@dataclass(frozen=True)
class OutcomeGiven(Event):
    """The organiser said what becomes of a recommendation."""

    recommendation_id: str
    actor_id: uuid.UUID


@dataclass(frozen=True)
class OutcomeChanged(Event):
    """The organiser changed what becomes of a recommendation, or why: the former words stay readable."""

    recommendation_id: str
    actor_id: uuid.UUID


@dataclass(frozen=True)
class AnswersPromised(Event):
    """The organiser promised a day for the answers, for the first time or in place of another."""

    consultation_id: uuid.UUID
    actor_id: uuid.UUID
    number: int
