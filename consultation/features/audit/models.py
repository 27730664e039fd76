"""The audit log: one row for each act that the platform must be able to account for."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from consultation.infrastructure.database import Model, PublicId, new_public_id


class AuditEntry(Model):
    """What happened and when, by identifiers alone: no text, no name, no address, and never anything of a ballot."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_at", "at"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(doc="the class of the event, in the past tense")
    identifiers: Mapped[str] = mapped_column(doc="canonical JSON: name of the field -> identifier; unknown ones absent")
