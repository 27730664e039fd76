"""What the organiser answers to comments, in the name of its institution."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consultation.domain.deliberation.texts import TEXT_MAXIMUM
from consultation.infrastructure.database import Model, PublicId


class OfficialReply(Model):
    """The one answer of the organiser to a comment; who typed it is known to the log alone."""

    __tablename__ = "official_reply"
    __table_args__ = (
        CheckConstraint(f"length(body) <= {TEXT_MAXIMUM}", name="body_length"),
        CheckConstraint("(withdrawn_on IS NOT NULL) = (body = '')", name="body_kept"),
        CheckConstraint("version > 0 AND answers_revision > 0", name="version"),
    )

    comment_id: Mapped[str] = mapped_column(PublicId, ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    body: Mapped[str] = mapped_column(doc="Markdown as written; erased when it is withdrawn")
    html: Mapped[str] = mapped_column(doc="the body, rendered and sanitised")
    given_on: Mapped[date]
    changed_on: Mapped[date | None] = mapped_column(doc="day of the latest change")
    withdrawn_on: Mapped[date | None]
    answers_revision: Mapped[int] = mapped_column(doc="of the comment, as it was when the present words were written")
    version: Mapped[int] = mapped_column(default=1, doc="raised with every change: what a form shows is compared")

    @property
    def is_shown(self) -> bool:
        """Whether there are words to read."""
        return self.withdrawn_on is None


class OfficialReplyRevision(Model):
    """What an official reply said before it was changed; erased when it is withdrawn."""

    __tablename__ = "official_reply_revision"

    comment_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("official_reply.comment_id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    html: Mapped[str]
    written_on: Mapped[date]
    answers_revision: Mapped[int] = mapped_column(doc="of the comment that these words answered")
