"""Releases: what was published of a count, once and for all."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consultation.infrastructure.database import Model


class Release(Model):
    """The published tally of a consultation: one row each, written by `publish` and never changed."""

    __tablename__ = "release"
    __table_args__ = (
        CheckConstraint("length(root) = 64", name="root"),
        CheckConstraint("length(hash) = 64", name="hash"),
    )

    consultation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    root: Mapped[str] = mapped_column(doc="final root of the sealed ballots, hexadecimal")
    content: Mapped[str] = mapped_column(doc="release.json: the canonical JSON of domain.social_choice.release")
    hash: Mapped[str] = mapped_column(doc="SHA-256 of the content's UTF-8 bytes, hexadecimal")
    published_at: Mapped[datetime]
