"""The audit log: one row for each act that the platform must be able to account for, and the chain that seals it."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultation.infrastructure.database import Model, PublicId, new_public_id
from consultation.infrastructure.triggers import IMMUTABLE


class AuditEntry(Model):
    """What happened and when, by identifiers alone: no text, no name, no address, and never anything of a ballot."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_at", "at"), IMMUTABLE)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(doc="the class of the event, in the past tense")
    identifiers: Mapped[str] = mapped_column(doc="canonical JSON: name of the field -> identifier; unknown ones absent")


class AuditPerson(Model):
    """The random identifier by which the log names an account; erasure deletes this row, and the log names nobody."""

    __tablename__ = "audit_person"
    __table_args__ = (UniqueConstraint("alias"),)

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    alias: Mapped[str] = mapped_column(PublicId, default=new_public_id)


class AuditSeal(Model):
    """The place of an entry in the chain: the number is the key, so that two sequencers cannot fork it."""

    __tablename__ = "audit_seal"
    __table_args__ = (UniqueConstraint("entry_id"), IMMUTABLE)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[str] = mapped_column(PublicId, ForeignKey("audit_entry.id"))
    digest: Mapped[str] = mapped_column(doc="SHA-256 in hexadecimal: see domain/verifiability/log.py")


class AuditHead(Model):
    """The last seal of the chain as it was published on a day (Europe/Paris)."""

    __tablename__ = "audit_head"
    __table_args__ = (IMMUTABLE,)

    day: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int]
    digest: Mapped[str]
