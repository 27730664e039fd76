"""Comments that are not public yet: of a visitor, kept for their browser, and those returned to their authors."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultation.domain.deliberation.texts import TEXT_MAXIMUM
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.database import Model, PublicId, new_public_id


class WaitingComment(Model):
    """What a visitor wrote, in a box that their browser alone can open, until they sign in or it is let go."""

    __tablename__ = "waiting_comment"
    __table_args__ = (
        CheckConstraint("length(slot) = 32", name="slot"),
        Index("ix_waiting_comment_slot", "slot"),
        Index("ix_waiting_comment_kept_until", "consultation_id", "kept_until"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    slot: Mapped[bytes] = mapped_column(doc="drawn from the random identifier of the visit, which is kept nowhere here")
    box: Mapped[bytes] = mapped_column(doc="the comment as its form held it, sealed with the same identifier")
    kept_until: Mapped[datetime]


class WaitingCount(Model):
    """How many comments visitors have kept in a consultation, and what became of them; no more is known of anybody."""

    __tablename__ = "waiting_count"
    __table_args__ = (
        CheckConstraint("published >= 0 AND dropped >= 0 AND published + dropped <= kept", name="counts"),
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    kept: Mapped[int] = mapped_column(default=0, doc="comments that began to wait in a browser")
    published: Mapped[int] = mapped_column(default=0, doc="of these, published or given to read by their authors")
    dropped: Mapped[int] = mapped_column(default=0, doc="of these, dropped by their authors")


class ReturnedComment(Model):
    """A comment that a reading did not make public, back with its author and with the reason."""

    __tablename__ = "returned_comment"
    __table_args__ = (
        CheckConstraint("alignment IN ('for', 'nuanced', 'against')", name="alignment"),
        CheckConstraint(f"length(body) BETWEEN 1 AND {TEXT_MAXIMUM}", name="body_length"),
        CheckConstraint("length(advice) > 0", name="advice"),
        Index("ix_returned_comment_account_id", "account_id", "consultation_id"),
        Index("ix_returned_comment_kept_until", "kept_until"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    recommendation_id: Mapped[str] = mapped_column(PublicId, ForeignKey("recommendation.id", ondelete="CASCADE"))
    replies_to: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("comment.id", ondelete="CASCADE"), doc="the comment that it answers"
    )
    alignment: Mapped[str]
    body: Mapped[str]
    sources: Mapped[str] = mapped_column(doc="JSON: a list of pairs, title and address")
    advice: Mapped[str] = mapped_column(doc="why it was not made public, as the moderator wrote it")
    returned_on: Mapped[date]
    kept_until: Mapped[datetime]

    recommendation: Mapped[Recommendation] = relationship(lazy="raise_on_sql")
