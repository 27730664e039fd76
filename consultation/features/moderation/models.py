"""Notices, the cases that they make, and the decisions that close them."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultation.features.comments.models import Comment
from consultation.infrastructure.database import Model, PublicId, new_public_id

OPEN = "open"
DECIDED = "decided"
LAPSED = "lapsed"


class Case(Model):
    """One comment to be judged; a comment has one open case at most, whatever the number of notices."""

    __tablename__ = "moderation_case"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'decided', 'lapsed')", name="state"),
        Index(
            "uq_moderation_case_open_comment",
            "comment_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_moderation_case_queue", "consultation_id", "state", "is_urgent", "opened_at"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    comment_id: Mapped[str] = mapped_column(PublicId, ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(default=OPEN, doc="lapsed: withdrawn by its author before a decision")
    is_urgent: Mapped[bool] = mapped_column(default=False, doc="a notice speaks of a danger to life")
    opened_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, doc="raised by each change: a decision names the one it saw")

    comment: Mapped[Comment] = relationship(lazy="raise_on_sql")


class Notice(Model):
    """What a reader says against a comment; who said it is shown to nobody."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("submission"),
        UniqueConstraint("account_id", "case_id"),
        CheckConstraint("length(explanation) >= 20", name="explanation"),
        CheckConstraint("language IN ('fr', 'en')", name="language"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id, doc="the reader's reference")
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("moderation_case.id", ondelete="CASCADE"), index=True)
    ground: Mapped[str]
    explanation: Mapped[str]
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    contact: Mapped[str | None] = mapped_column(doc="where to tell the outcome to a visitor; blanked once told")
    language: Mapped[str]
    submission: Mapped[str] = mapped_column(doc="drawn with the form: the same form sent twice makes one notice")
    created_at: Mapped[datetime]


class Decision(Model):
    """What was decided of a case, with its statement of reasons and the text as it was judged."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("case_id"),
        CheckConstraint("outcome IN ('keep', 'withhold')", name="outcome"),
        # Regulation (EU) 2022/2065, article 17(3): no measure without its reasons, whatever the code above does.
        CheckConstraint(
            "outcome = 'keep' OR (ground <> '' AND ground <> 'other'"
            " AND length(trim(facts)) >= 20 AND length(trim(statement)) >= 20)",
            name="statement_of_reasons",
        ),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    case_id: Mapped[str] = mapped_column(PublicId, ForeignKey("moderation_case.id", ondelete="CASCADE"))
    comment_id: Mapped[str] = mapped_column(PublicId, ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    moderator_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), doc="shown to nobody outside the team"
    )
    outcome: Mapped[str]
    ground: Mapped[str] = mapped_column(doc="empty where a comment is kept without one")
    facts: Mapped[str]
    statement: Mapped[str]
    body_judged: Mapped[str] = mapped_column(doc="the text of the comment, frozen when it was judged")
    revision_judged: Mapped[int] = mapped_column(default=1, doc="number of the text that was judged")
    decided_at: Mapped[datetime]

    comment: Mapped[Comment] = relationship(lazy="raise_on_sql")
    case: Mapped[Case] = relationship(lazy="raise_on_sql")
