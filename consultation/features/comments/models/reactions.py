"""Reactions to comments: whose they are, for as long as they are anybody's, and how many they were."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consultation.infrastructure.database import Model, PublicId


class CommentReaction(Model):
    """What one person says of a comment; who reacted is never shown."""

    __tablename__ = "comment_reaction"
    __table_args__ = (
        CheckConstraint("kind IN ('agree', 'disagree', 'pass')", name="kind"),
        Index("ix_comment_reaction_account_id", "account_id"),
    )

    comment_id: Mapped[str] = mapped_column(PublicId, ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1, doc="of the text that was read")


class CutReactions(Model):
    """Reactions to a comment that belong to nobody any more: counted still, and no row tells whose they were."""

    __tablename__ = "cut_reactions"
    __table_args__ = (
        CheckConstraint("kind IN ('agree', 'disagree', 'pass')", name="kind"),
        CheckConstraint("number > 0", name="number"),
    )

    comment_id: Mapped[str] = mapped_column(PublicId, ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, doc="of the text that was read")
    number: Mapped[int]
