"""What happens in moderation."""

import uuid
from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class CaseOpened(Event):
    """A comment was given notice of for the first time, or again after a decision."""

    case_id: str
    comment_id: str


@dataclass(frozen=True)
class NoticeGiven(Event):
    """Somebody gave notice of a comment; who did is in no event."""

    notice_id: str
    case_id: str


@dataclass(frozen=True)
class CaseDecided(Event):
    """A moderator decided a case; the outcome is keep or withhold."""

    decision_id: str
    case_id: str
    comment_id: str
    outcome: str
    actor_id: uuid.UUID | None = None


@dataclass(frozen=True)
class CaseLapsed(Event):
    """The author withdrew the comment before anybody decided."""

    case_id: str
    comment_id: str
