"""What is public of the ballots: the counting plan in its versions, and the chain of signed lines."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consultation.infrastructure.database import Model
from consultation.infrastructure.triggers import IMMUTABLE


class PlanVersion(Model):
    """The counting plan of a consultation in one version; the last one is in force."""

    __tablename__ = "plan_version"
    __table_args__ = (CheckConstraint("version > 0", name="version"), IMMUTABLE)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[str] = mapped_column(doc="plan.json")
    decided_on: Mapped[date]
    reason: Mapped[str] = mapped_column(doc="why it was changed; empty for the first version")


class ChainLine(Model):
    """One signed line of the chain; written once, never changed (a trigger refuses)."""

    __tablename__ = "chain_line"
    __table_args__ = (
        CheckConstraint("n > 0", name="n"),
        CheckConstraint("type IN ('open', 'plan', 'texts', 'key', 'day', 'final', 'release')", name="type"),
        CheckConstraint("(type = 'open') = (n = 1)", name="open"),
        IMMUTABLE,
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    content: Mapped[str] = mapped_column(doc="the canonical line")


class DayList(Model):
    """The commitments behind the last line of a day, in their box: from it come proofs, and from it alone."""

    __tablename__ = "day_list"
    __table_args__ = {"sqlite_with_rowid": False}

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    box: Mapped[bytes]
