"""What happens in public, and who follows it: one row for each happening, never one for each follower of it."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultation.domain.deliberation.paces import Pace
from consultation.features.comments.models import Comment
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.database import Model, PublicId, new_public_id, new_uuid

Target = Consultation | Recommendation | Comment


class Happening(StrEnum):
    """The kinds of news: somebody's words, an answer of the organiser's, or a step of the whole consultation."""

    COMMENT = "comment"
    ANSWER = "answer"
    OPENED = "opened"
    CLOSING = "closing"
    CLOSED = "closed"
    PUBLISHED = "published"


STEPS = (Happening.OPENED, Happening.CLOSING, Happening.CLOSED, Happening.PUBLISHED)


class News(Model):
    """Something that happened in public, under the number that says what followers have seen and what not.

    The number is given after the act by one job at a time, so that it grows in the order in which acts became visible.
    """

    __tablename__ = "news"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("comment_id", "kind"),
        CheckConstraint("kind IN ('comment', 'answer', 'opened', 'closing', 'closed', 'published')", name="kind"),
        CheckConstraint("(comment_id IS NULL) = (kind NOT IN ('comment', 'answer'))", name="comment"),
        CheckConstraint("(comment_id IS NULL) = (thread_id IS NULL)", name="thread"),
        CheckConstraint("(comment_id IS NULL) = (recommendation_id IS NULL)", name="recommendation"),
        Index("ix_news_of_consultation", "consultation_id", "kind", "number"),
        Index("ix_news_of_recommendation", "recommendation_id", "kind", "number"),
        Index("ix_news_of_thread", "thread_id", "kind", "number"),
        Index("ix_news_feed_of_consultation", "consultation_id", "kind", "changed_on", "comment_id"),
        Index("ix_news_feed_of_recommendation", "recommendation_id", "kind", "changed_on", "comment_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_uuid)
    number: Mapped[int | None]
    kind: Mapped[str]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    recommendation_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("recommendation.id", ondelete="CASCADE"))
    thread_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("comment.id", ondelete="CASCADE"))
    comment_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("comment.id", ondelete="CASCADE"))
    happened_at: Mapped[datetime]
    changed_on: Mapped[date] = mapped_column(doc="day of the last change to what it tells of: feeds issue it anew")


class Subscription(Model):
    """What one account follows, exactly one thing, and how it wants to be told; two numbers say what it has seen."""

    __tablename__ = "subscription"
    __table_args__ = (
        UniqueConstraint("account_id", "consultation_id"),
        UniqueConstraint("account_id", "recommendation_id"),
        UniqueConstraint("account_id", "thread_id"),
        CheckConstraint("pace IN ('product', 'at_once', 'daily', 'weekly', 'results')", name="pace"),
        CheckConstraint("pace <> 'results' OR consultation_id IS NOT NULL", name="results"),
        CheckConstraint(
            "(consultation_id IS NOT NULL AND recommendation_id IS NULL AND thread_id IS NULL)"
            " OR (consultation_id IS NULL AND recommendation_id IS NOT NULL AND thread_id IS NULL)"
            " OR (consultation_id IS NULL AND recommendation_id IS NULL AND thread_id IS NOT NULL)",
            name="one_thing",
        ),
        CheckConstraint("due_at IS NULL OR pace <> 'product'", name="due"),
        Index("ix_subscription_consultation_id", "consultation_id", "pace"),
        Index("ix_subscription_recommendation_id", "recommendation_id", "pace"),
        Index("ix_subscription_thread_id", "thread_id", "pace"),
        Index("ix_subscription_due_at", "due_at", "account_id"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    consultation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    recommendation_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("recommendation.id", ondelete="CASCADE"))
    thread_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("comment.id", ondelete="CASCADE"))
    pace: Mapped[str]
    begun_at: Mapped[datetime]
    read_until: Mapped[int] = mapped_column(doc="number of the last news that was read in the product")
    mailed_until: Mapped[int] = mapped_column(doc="number of the last news that a mail told of")
    mailed_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None] = mapped_column(doc="when the next mail is to be written; NULL for none")

    @property
    def is_by_mail(self) -> bool:
        """Whether anything is sent by mail."""
        return Pace(self.pace).is_by_mail


class Mailbox(Model):
    """Whether what is sent to an account arrives, and the random key by which a mail's link knows it."""

    __tablename__ = "mailbox"
    __table_args__ = (UniqueConstraint("key"),)

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(PublicId, default=new_public_id)
    refused_on: Mapped[date | None] = mapped_column(doc="day on which the mail server refused the address for good")
