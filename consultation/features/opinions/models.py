"""Maps of opinion groups: what was published of them, once and for all, and what gives people their own place."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consultation.infrastructure.database import Model
from consultation.infrastructure.triggers import IMMUTABLE


class OpinionMap(Model):
    """All that is public of the opinion groups of a consultation: written by a service and never changed."""

    __tablename__ = "opinion_map"
    __table_args__ = (CheckConstraint("length(hash) = 64", name="hash"), IMMUTABLE)

    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    content: Mapped[str] = mapped_column(doc="canonical JSON of domain.deliberation.opinion_groups.publication")
    hash: Mapped[str] = mapped_column(doc="SHA-256 of the content's UTF-8 bytes, hexadecimal")
    drawn_at: Mapped[datetime]


class OpinionSheet(Model):
    """What leads from somebody's reactions to their own place on the map: never shown, and gone once these are cut."""

    __tablename__ = "opinion_sheet"

    consultation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("opinion_map.consultation_id", ondelete="CASCADE"), primary_key=True
    )
    content: Mapped[str] = mapped_column(
        doc="JSON of domain.deliberation.opinion_groups.standing, null without a map; empty from the first cut on"
    )
