"""Comments, the names that their authors are shown by, the sources they cite, and reactions to them."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Double, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultation.domain.deliberation.texts import INTERESTS_MAXIMUM, SOURCES_MAXIMUM, TEXT_MAXIMUM
from consultation.features.comments.models.answers import OfficialReply
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.database import Model, PublicId, new_public_id


class State(StrEnum):
    """What the public sees of a comment: itself, nothing yet (held), or a placeholder that says who took it away."""

    PUBLISHED = "published"
    HELD = "held"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"


class PenName(Model):
    """The name that an account is shown by in one consultation, and in no other."""

    __tablename__ = "pen_name"
    __table_args__ = (
        UniqueConstraint("consultation_id", "key"),
        CheckConstraint(f"length(interests) <= {INTERESTS_MAXIMUM}", name="interests"),
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    name: Mapped[str] = mapped_column(doc="empty once the account is erased")
    key: Mapped[str] = mapped_column(doc="names.key_of(name): two names that look the same share it")
    interests: Mapped[str] = mapped_column(
        default="", doc="declared by the person, shown with the comments; may be empty"
    )

    @property
    def is_forgotten(self) -> bool:
        """Whether whoever chose the name has erased their account."""
        return not self.name


def _facet(key: str) -> Index:
    """One order of one college and alignment: however rare they are in a thread, a page of them is read by itself."""
    return Index(f"ix_comment_facet_{key}", "recommendation_id", "parent_id", "college", "alignment", key, "id")


class Comment(Model):
    """An argument about a recommendation, or a reply to one; its HTML is rendered once, at writing."""

    __tablename__ = "comment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["consultation_id", "author_id"],
            ["pen_name.consultation_id", "pen_name.account_id"],
            name="fk_comment_pen_name",
            ondelete="CASCADE",
        ),
        UniqueConstraint("author_id", "submission"),
        CheckConstraint("college IN ('citizens', 'physicians')", name="college"),
        CheckConstraint("alignment IN ('for', 'nuanced', 'against')", name="alignment"),
        CheckConstraint("state IN ('published', 'held', 'withheld', 'withdrawn')", name="state"),
        CheckConstraint(f"length(body) <= {TEXT_MAXIMUM}", name="body_length"),
        CheckConstraint("(state = 'withdrawn') = (body = '')", name="body_kept"),
        CheckConstraint("answered_id IS NULL OR parent_id IS NOT NULL", name="answered"),
        CheckConstraint(
            "state <> 'withheld' OR "
            "(withheld_on IS NOT NULL AND withheld_ground IS NOT NULL AND decision_id IS NOT NULL)",
            name="withheld",
        ),
        CheckConstraint("(state = 'held') = (held_until IS NOT NULL)", name="held"),
        CheckConstraint("agrees >= 0 AND disagrees >= 0 AND passes >= 0 AND replies >= 0", name="counters"),
        CheckConstraint("earlier BETWEEN 0 AND agrees + disagrees + passes", name="earlier"),
        CheckConstraint("revision > 0 AND closed_through BETWEEN 0 AND revision AND cited >= 0", name="revisions"),
        CheckConstraint("closed_before BETWEEN 0 AND closed_through", name="closed_before"),
        Index("ix_comment_by_score", "recommendation_id", "parent_id", "score", "id"),
        Index("ix_comment_by_day", "recommendation_id", "parent_id", "posted_on", "id"),
        Index("ix_comment_by_parent", "parent_id", "posted_on", "id"),
        Index("ix_comment_answered_id", "answered_id"),
        *(_facet(key) for key in ("score", "divided", "replies", "posted_on")),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    consultation_id: Mapped[uuid.UUID]
    recommendation_id: Mapped[str] = mapped_column(PublicId, ForeignKey("recommendation.id", ondelete="CASCADE"))
    author_id: Mapped[uuid.UUID]
    college: Mapped[str] = mapped_column(doc="of the author, at writing")
    alignment: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("comment.id"), doc="the root it replies under")
    answered_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("comment.id"), doc="the reply it answers")
    body: Mapped[str] = mapped_column(doc="Markdown as written; erased when its author withdraws it")
    html: Mapped[str] = mapped_column(doc="the body, rendered and sanitised")
    posted_at: Mapped[datetime]
    posted_on: Mapped[date] = mapped_column(doc="day in Paris: all that is ever shown of the moment")
    state: Mapped[str] = mapped_column(default=State.PUBLISHED.value)
    withheld_on: Mapped[date | None]
    withheld_ground: Mapped[str | None] = mapped_column(doc="code of a ground of the charter")
    decision_id: Mapped[str | None] = mapped_column(PublicId, doc="the moderation decision that withholds it")
    agrees: Mapped[int] = mapped_column(default=0)
    disagrees: Mapped[int] = mapped_column(default=0)
    passes: Mapped[int] = mapped_column(default=0)
    replies: Mapped[int] = mapped_column(default=0, doc="replies that stand under it, in whatever state")
    score: Mapped[float] = mapped_column(Double, default=0.0, doc="reactions.shared_score of its counters")
    divided: Mapped[float] = mapped_column(Double, default=0.0, doc="reactions.divided_score of its counters")
    earlier: Mapped[int] = mapped_column(default=0, doc="reactions among these that were given to an earlier text")
    cited: Mapped[int] = mapped_column(default=0, doc="lines of the report that rest on it")
    revision: Mapped[int] = mapped_column(default=1, doc="number of the text shown; the earlier ones are its history")
    closed_through: Mapped[int] = mapped_column(
        default=0, doc="a decision judged this revision: it and all before it are shown nowhere"
    )
    closed_before: Mapped[int] = mapped_column(default=0, doc="what was closed before the decision that withholds it")
    edited_on: Mapped[date | None] = mapped_column(doc="day of the latest change that readers are told of")
    held_until: Mapped[datetime | None] = mapped_column(doc="a reading was asked for: public by itself from then on")
    submission: Mapped[str] = mapped_column(doc="random per form shown: a form sent twice makes one comment")

    pen_name: Mapped[PenName] = relationship(lazy="raise_on_sql")
    recommendation: Mapped[Recommendation] = relationship(lazy="raise_on_sql")
    answered: Mapped["Comment | None"] = relationship(lazy="raise_on_sql", foreign_keys=[answered_id], remote_side=[id])
    official_reply: Mapped[OfficialReply | None] = relationship(lazy="raise_on_sql", viewonly=True)
    sources: Mapped[list["CommentSource"]] = relationship(
        lazy="raise_on_sql", order_by="CommentSource.position", cascade="all, delete-orphan"
    )

    @property
    def is_public(self) -> bool:
        """Whether all may read the comment itself."""
        return self.state == State.PUBLISHED


class CommentRevision(Model):
    """What a comment said before it was changed in sight of all; erased when its author withdraws it."""

    __tablename__ = "comment_revision"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("alignment IN ('for', 'nuanced', 'against')", name="alignment"),
    )

    comment_id: Mapped[str] = mapped_column(PublicId, ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    alignment: Mapped[str]
    body: Mapped[str]
    html: Mapped[str]
    sources: Mapped[str] = mapped_column(doc="JSON: a list of pairs, title and address")
    written_on: Mapped[date] = mapped_column(doc="day in Paris from which this text stood")


class CommentSource(Model):
    """A link that a comment rests on."""

    __tablename__ = "comment_source"
    __table_args__ = (CheckConstraint(f"position BETWEEN 1 AND {SOURCES_MAXIMUM}", name="position"),)

    comment_id: Mapped[str] = mapped_column(PublicId, ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    url: Mapped[str]
