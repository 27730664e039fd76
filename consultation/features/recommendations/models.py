"""Recommendations, frozen when their consultation opens; what becomes of each, and by when that was promised."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultation.domain.colleges import College
from consultation.domain.deliberation.texts import TEXT_MAXIMUM
from consultation.infrastructure.database import RAISED, Model, PublicId, new_public_id

ALIGNMENTS = ("for", "nuanced", "against")
LARGEST_NUMBER = 9999


_KINDS = "kind IN ('adopted', 'adapted', 'not_followed', 'under_study')"


class Outcome(Model):
    """What the organiser does with a recommendation, and why; who typed it is known to the log alone."""

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint(_KINDS, name="kind"),
        CheckConstraint(f"length(body) BETWEEN 1 AND {TEXT_MAXIMUM}", name="body_length"),
        CheckConstraint("version > 0", name="version"),
    )

    recommendation_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("recommendation.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str]
    body: Mapped[str] = mapped_column(doc="why, as Markdown")
    html: Mapped[str] = mapped_column(doc="the body, rendered and sanitised")
    given_on: Mapped[date]
    changed_on: Mapped[date | None] = mapped_column(doc="day of the latest change")
    version: Mapped[int] = mapped_column(default=1, doc="raised with every change: what a form shows is compared")


class OutcomeRevision(Model):
    """What an outcome said before it was changed."""

    __tablename__ = "outcome_revision"
    __table_args__ = (CheckConstraint(_KINDS, name="kind"),)

    recommendation_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("outcome.recommendation_id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    html: Mapped[str]
    written_on: Mapped[date]


class Promise(Model):
    """A day by which the organiser promised to answer; a later one says why it changes."""

    __tablename__ = "answer_promise"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("(number = 1) = (reason = '')", name="reason"),
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    answers_on: Mapped[date]
    reason: Mapped[str] = mapped_column(doc="why the day changes; empty for the first")
    made_on: Mapped[date]


class Recommendation(Model):
    """One recommendation, with kept counts of its public comments by college and alignment."""

    __tablename__ = "recommendation"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint(
            "citizens_for >= 0 AND citizens_nuanced >= 0 AND citizens_against >= 0"
            " AND physicians_for >= 0 AND physicians_nuanced >= 0 AND physicians_against >= 0",
            name="counts",
        ),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(doc="the official number, not a position")
    title: Mapped[str]
    theme: Mapped[str]
    introduction: Mapped[str] = mapped_column(doc="words that lead to the quotation; may be empty")
    text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1, doc="raised by each correction; a ballot names the one it saw")

    stamp: Mapped[int] = mapped_column(
        default=1, onupdate=RAISED, doc="raised with every change of what its page shows: keys of caches"
    )

    citizens_for: Mapped[int] = mapped_column(default=0)
    citizens_nuanced: Mapped[int] = mapped_column(default=0)
    citizens_against: Mapped[int] = mapped_column(default=0)
    physicians_for: Mapped[int] = mapped_column(default=0)
    physicians_nuanced: Mapped[int] = mapped_column(default=0)
    physicians_against: Mapped[int] = mapped_column(default=0)

    outcome: Mapped[Outcome | None] = relationship(lazy="raise_on_sql", viewonly=True)

    def count(self, alignment: str, college: College | None = None) -> int:
        """Public comments with this alignment, in one college or in both."""
        colleges = (college,) if college else tuple(College)
        return sum(int(getattr(self, f"{one.value}_{alignment}")) for one in colleges)

    def comments(self, college: College | None = None) -> int:
        """Public comments, replies included, in one college or in both."""
        return sum(self.count(alignment, college) for alignment in ALIGNMENTS)
