"""The index changes in the transaction of what it follows: nothing is found a moment longer than it is public."""

import uuid
from typing import Protocol

from consultation.features.search.services import index_comment, index_consultation, index_outcome, index_report


class OfConsultation(Protocol):
    """An event about a consultation."""

    @property
    def consultation_id(self) -> uuid.UUID:
        """Which consultation."""


class OfRecommendation(Protocol):
    """An event about a recommendation."""

    @property
    def recommendation_id(self) -> str:
        """Which recommendation."""


class OfComment(Protocol):
    """An event about a comment."""

    @property
    def comment_id(self) -> str:
        """Which comment."""


def let_texts_be_found(event: OfConsultation) -> None:
    """Let what is put to debate be found as it now is."""
    index_consultation(event.consultation_id)


def let_outcome_be_found(event: OfRecommendation) -> None:
    """Let what became of a recommendation be found as it is now said."""
    index_outcome(event.recommendation_id)


def let_report_be_found(event: OfConsultation) -> None:
    """Let the lines of a report be found as they now are, once it is public."""
    index_report(event.consultation_id)


def let_comment_be_found(event: OfComment) -> None:
    """Let a comment be found as it now is, and not at all where it is no longer public."""
    index_comment(event.comment_id)
