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
class CommentPosted(Event):
    """A comment, or a reply, is public."""

    comment_id: str
    recommendation_id: str
    author_id: uuid.UUID


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
