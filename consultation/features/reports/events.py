"""What happens to reports."""

import uuid
from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class ReportLineWritten(Event):
    """A line was added to a report, or its words were changed."""

    line_id: str
    consultation_id: uuid.UUID
    actor_id: uuid.UUID


@dataclass(frozen=True)
class ReportLineTakenOut(Event):
    """A line was deleted from a draft, or withdrawn from a report that is public."""

    line_id: str
    consultation_id: uuid.UUID
    actor_id: uuid.UUID


@dataclass(frozen=True)
class ReportLineMoved(Event):
    """A line of a report changed places with its neighbour."""

    line_id: str
    consultation_id: uuid.UUID
    actor_id: uuid.UUID


@dataclass(frozen=True)
class CommentCited(Event):
    """A line of a report rests on a comment: readers see it once the report is public."""

    line_id: str
    comment_id: str
    actor_id: uuid.UUID


@dataclass(frozen=True)
class CommentUncited(Event):
    """A line of a report rests on a comment no more."""

    line_id: str
    comment_id: str
    actor_id: uuid.UUID


@dataclass(frozen=True)
class ReportPublished(Event):
    """The report of a consultation is public, with the comments that it cites."""

    consultation_id: uuid.UUID
    actor_id: uuid.UUID
