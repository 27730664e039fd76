"""Releases: what was published of a count, once and for all."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultation.infrastructure.database import Model
from consultation.infrastructure.triggers import IMMUTABLE


class Counting(Model):
    """A count that an organiser asked for: how far it has come, or why it stopped; gone once its release is public."""

    __tablename__ = "counting"
    __table_args__ = (CheckConstraint("done >= 0", name="done"),)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    done: Mapped[int] = mapped_column(default=0, doc="resamples and divisions that are counted, of `queries.STEPS`")
    refusal: Mapped[str] = mapped_column(default="", doc="the reason for which it stopped; empty while it goes on")


class Release(Model):
    """The published tally of a consultation, in its n-th edition: written by a service and never changed.

    The foreign key leads to the root of the sealed ballots: a correction changes code or words, never ballots.
    """

    __tablename__ = "release"
    __table_args__ = (
        ForeignKeyConstraint(["consultation_id", "root"], ["urn.consultation_id", "urn.root"]),
        CheckConstraint("n >= 1", name="n"),
        CheckConstraint("length(root) = 64", name="root"),
        CheckConstraint("length(hash) = 64", name="hash"),
        CheckConstraint("(n = 1) = (reason = '')", name="reason"),
        IMMUTABLE,
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, doc="1 for the first, then each correction")
    root: Mapped[str] = mapped_column(doc="final root of the sealed ballots, hexadecimal")
    content: Mapped[str] = mapped_column(doc="release.json: the canonical JSON of domain.social_choice.release")
    hash: Mapped[str] = mapped_column(doc="SHA-256 of the content's UTF-8 bytes, hexadecimal")
    published_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="", server_default="", doc="why it was corrected; empty for the first")
