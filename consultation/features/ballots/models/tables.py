"""The tables of ballots: neither a name, nor a moment, nor an order in which they came (BALLOT.md, Keys and rows)."""

import uuid
from datetime import date, datetime
from enum import IntEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultation.infrastructure.database import Model
from consultation.infrastructure.triggers import UNCHANGING


class Step(IntEnum):
    """The steps of a closing ceremony, in order."""

    FENCE = 1
    CHECK = 2
    SEAL = 3
    PUBLISH = 4
    FORGET = 5
    SCRUB = 6


class Urn(Model):
    """What a consultation remembers of its key, the fingerprint, and of its ballots once sealed, the root."""

    __tablename__ = "urn"
    __table_args__ = (
        CheckConstraint("length(root) = 64", name="root"),
        UniqueConstraint("consultation_id", "root"),  # what every release of the consultation refers to
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    key_fingerprint: Mapped[bytes]
    root: Mapped[str | None] = mapped_column(doc="final root, hexadecimal; none until the ballots are sealed")
    openings_deleted_on: Mapped[date | None] = mapped_column(doc="day on which no file held the rankings any more")


class Ballot(Model):
    """A ballot in its box; whose it is cannot be told without the key, and not at all after the close."""

    __tablename__ = "ballot"
    __table_args__ = {"sqlite_with_rowid": False}  # a row number would tell the order of casting

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    slot: Mapped[bytes] = mapped_column(primary_key=True)
    box: Mapped[bytes]


class Draft(Model):
    """A ranking that is being made, in its box: as secret as a ballot, and destroyed with them."""

    __tablename__ = "draft"
    __table_args__ = {"sqlite_with_rowid": False}

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    slot: Mapped[bytes] = mapped_column(primary_key=True)
    box: Mapped[bytes]


class CeremonyRecord(Model):
    """One step of a closing ceremony: what it established, or why it stopped."""

    __tablename__ = "ceremony"
    __table_args__ = (CheckConstraint("step BETWEEN 1 AND 6", name="step"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(doc="canonical JSON")
    noted_at: Mapped[datetime | None] = mapped_column(doc="when; unknown of steps noted before moments were kept")


class SealedBallot(Model):
    """A ballot after the close, that nothing links to anybody; sorted by commitment, which shuffles.

    Its opening, all but the commitment, is deleted after the counting plan's delay.
    """

    __tablename__ = "sealed_ballot"
    __table_args__ = (
        CheckConstraint("college IN ('citizens', 'physicians')", name="college"),
        CheckConstraint(
            "(college IS NULL) = (salt IS NULL) AND (salt IS NULL) = (bytes IS NULL)"
            " AND (bytes IS NULL) = (ranks IS NULL)",
            name="opening",
        ),
        {"sqlite_with_rowid": False, **UNCHANGING},
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    commitment: Mapped[bytes] = mapped_column(primary_key=True)
    college: Mapped[str | None]
    salt: Mapped[bytes | None]
    content: Mapped[bytes | None] = mapped_column("bytes", doc="canonical bytes that were committed to")
    ranks: Mapped[bytes | None] = mapped_column(doc="one rank a recommendation, by their numbers, for the count")
