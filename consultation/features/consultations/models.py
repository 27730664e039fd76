"""Consultations: what is asked, by whom, and when."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultation.domain.phases import Phase
from consultation.infrastructure.database import RAISED, Model, new_uuid


class Consultation(Model):
    """A public consultation; the date alone refuses what is late, whatever the phase says."""

    __tablename__ = "consultation"
    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("phase IN ('draft', 'open', 'closing', 'closed', 'published')", name="phase"),
        CheckConstraint("opens_at < closes_at", name="dates"),
        CheckConstraint("recommendation_count >= 0", name="recommendation_count"),
        CheckConstraint("plan_version >= 0", name="plan_version"),
        CheckConstraint("outcome_count >= 0", name="outcome_count"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_uuid)
    slug: Mapped[str]
    title: Mapped[str]
    organiser_name: Mapped[str]
    summary: Mapped[str]
    source_title: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr", doc="language of the texts that are put to debate")
    phase: Mapped[str] = mapped_column(default=Phase.DRAFT.value)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    results_on: Mapped[date] = mapped_column(doc="day promised for the results")
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None] = mapped_column(doc="when the fence was set: no ballot is taken after it")
    published_at: Mapped[datetime | None]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    recommendation_count: Mapped[int] = mapped_column(default=0, doc="kept by the recommendations feature")
    plan_version: Mapped[int] = mapped_column(
        default=0, doc="version of the public counting plan, 0 for none; kept by the ballots feature"
    )

    answers_on: Mapped[date | None] = mapped_column(
        doc="day promised for the organiser's answers; kept by the recommendations feature"
    )
    outcome_count: Mapped[int] = mapped_column(
        default=0, doc="recommendations that have an outcome; kept by the recommendations feature"
    )
    report_published_on: Mapped[date | None] = mapped_column(
        doc="day from which the report is public; kept by the reports feature"
    )

    stamp: Mapped[int] = mapped_column(
        default=1,
        onupdate=RAISED,
        doc="raised with every change of what its pages show, its recommendations' apart: keys of caches",
    )

    def takes_part_at(self, moment: datetime) -> bool:
        """Whether comments and ballots are taken at this moment: open, and not a second late."""
        return self.phase == Phase.OPEN and moment < self.closes_at
