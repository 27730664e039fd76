"""The report of a consultation: its lines, and the comments that each of them rests on."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultation.domain.deliberation.texts import TEXT_MAXIMUM
from consultation.features.comments.models import Comment
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.database import Model, PublicId, new_public_id


class ReportLine(Model):
    """One statement of the report, about a recommendation or about the whole; public with the report."""

    __tablename__ = "report_line"
    __table_args__ = (
        CheckConstraint(f"length(body) <= {TEXT_MAXIMUM}", name="body_length"),
        CheckConstraint("(withdrawn_on IS NOT NULL) = (body = '')", name="body_kept"),
        CheckConstraint("position > 0 AND version > 0", name="position"),
        Index("ix_report_line_place", "consultation_id", "recommendation_id", "position"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    recommendation_id: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("recommendation.id", ondelete="CASCADE"), doc="none: about the whole consultation"
    )
    position: Mapped[int] = mapped_column(doc="among the lines about the same recommendation")
    body: Mapped[str] = mapped_column(doc="Markdown as written; erased when it is withdrawn")
    html: Mapped[str] = mapped_column(doc="the body, rendered and sanitised")
    written_on: Mapped[date]
    changed_on: Mapped[date | None] = mapped_column(doc="day of the latest change since the report is public")
    withdrawn_on: Mapped[date | None] = mapped_column(doc="taken back since the report is public: its place stays")
    version: Mapped[int] = mapped_column(default=1, doc="raised with every change: what a form shows is compared")

    recommendation: Mapped[Recommendation | None] = relationship(lazy="raise_on_sql", viewonly=True)


class Citation(Model):
    """A comment that a line rests on, as it was then; the quotation follows what becomes of the comment."""

    __tablename__ = "citation"
    __table_args__ = (
        CheckConstraint("revision > 0 AND position > 0", name="revision"),
        Index("ix_citation_comment_id", "comment_id"),
    )

    line_id: Mapped[str] = mapped_column(PublicId, ForeignKey("report_line.id", ondelete="CASCADE"), primary_key=True)
    comment_id: Mapped[str] = mapped_column(PublicId, ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(doc="among those of the line, in the order in which they were cited")
    revision: Mapped[int] = mapped_column(doc="number of the text that was read")
    cited_on: Mapped[date]

    comment: Mapped[Comment] = relationship(lazy="raise_on_sql", viewonly=True)
