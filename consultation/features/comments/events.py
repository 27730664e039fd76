"""What happens to comments."""

import uuid
from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class NameChosen(Event):
    """Somebody chose the name that they are shown by in a consultation."""

    consultation_id: uuid.UUID
    account_id: uuid.UUID


@dataclass(frozen=True)
class InterestsDeclared(Event):
    """Somebody declared, changed or took back the interests that are shown with their comments."""

    consultation_id: uuid.UUID
    account_id: uuid.UUID


@dataclass(frozen=True)
class CommentPosted(Event):
    """A comment, or a reply, is public."""

    comment_id: str
    recommendation_id: str
    author_id: uuid.UUID


@dataclass(frozen=True)
class CommentEdited(Event):
    """Its author changed what a public comment says; `revision` numbers the text that stands now."""

    comment_id: str
    recommendation_id: str
    revision: int


@dataclass(frozen=True)
class CommentWithheld(Event):
    """Moderation replaced a comment by a placeholder; the decision says why."""

    comment_id: str
    decision_id: str


@dataclass(frozen=True)
class CommentRestored(Event):
    """A withheld comment is public again."""

    comment_id: str


@dataclass(frozen=True)
class CommentWithdrawn(Event):
    """Its author took a comment back."""

    comment_id: str


@dataclass(frozen=True)
class OfficialReplyGiven(Event):
    """The organiser answered a comment in public; its author may be told, and the answer searched."""

    comment_id: str
    recommendation_id: str
    actor_id: uuid.UUID | None


@dataclass(frozen=True)
class OfficialReplyChanged(Event):
    """The organiser changed what was answered to a comment: the former words stay readable."""

    comment_id: str
    recommendation_id: str
    actor_id: uuid.UUID | None


@dataclass(frozen=True)
class OfficialReplyWithdrawn(Event):
    """The organiser took an answer back: a dated line stands in its place."""

    comment_id: str
    recommendation_id: str
    actor_id: uuid.UUID | None


@dataclass(frozen=True)
class CommentHeld(Event):
    """Its author asked for a reading before a comment is public."""

    comment_id: str
    recommendation_id: str


@dataclass(frozen=True)
class CommentReturned(Event):
    """A reading gave a comment back to its author with the reason; the comment itself is gone."""

    comment_id: str
    returned_id: str
    moderator_id: uuid.UUID


@dataclass(frozen=True)
class CommentCleared(Event):
    """A moderator read a held comment and made it public before its time."""

    comment_id: str
    moderator_id: uuid.UUID


@dataclass(frozen=True)
class CommentKept(Event):
    """A visitor's comment waits in their browser; never stored, as nothing of a visitor is."""

    waiting_id: str
