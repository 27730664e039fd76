"""Auditors: who may be handed all sealed ballots, what they were handed, and what they found."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultation.infrastructure.database import Model, PublicId, new_public_id
from consultation.infrastructure.triggers import IMMUTABLE


class Auditor(Model):
    """Somebody named in public who receives the openings: proposed by one organiser, confirmed by another.

    Who the two were is forgotten with their accounts; that they were two is a constraint.
    """

    __tablename__ = "auditor"
    __table_args__ = (
        UniqueConstraint("consultation_id", "recipient"),
        CheckConstraint("proposed_by <> confirmed_by", name="two_people"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_at IS NOT NULL", name="confirmed_at"),
        CheckConstraint("ended_at IS NULL OR confirmed_at IS NOT NULL", name="ended_at"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id"))
    name: Mapped[str]
    recipient: Mapped[str] = mapped_column(doc="public key of the age format, age1…")
    proposed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    proposed_at: Mapped[datetime]
    confirmed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None] = mapped_column(doc="from then on no copy is handed over")

    copies: Mapped[list["BundleCopy"]] = relationship(lazy="raise_on_sql", order_by="BundleCopy.handed_at")
    statements: Mapped[list["AuditStatement"]] = relationship(lazy="raise_on_sql", order_by="AuditStatement.day")

    @property
    def is_in_force(self) -> bool:
        """Whether copies may be handed over: confirmed, and not ended."""
        return self.confirmed_at is not None and self.ended_at is None


class BundleCopy(Model):
    """An encrypted bundle was made for an auditor: when, and the SHA-256 of what was inside."""

    __tablename__ = "bundle_copy"
    __table_args__ = (CheckConstraint("length(hash) = 64", name="hash"), IMMUTABLE)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    auditor_id: Mapped[str] = mapped_column(PublicId, ForeignKey("auditor.id"), index=True)
    handed_at: Mapped[datetime]
    hash: Mapped[str] = mapped_column(doc="SHA-256 of the bundle before it was encrypted, hexadecimal")


class AuditStatement(Model):
    """What an auditor declares to have found, in the auditor's own words; a later one stands beside it."""

    __tablename__ = "audit_statement"
    __table_args__ = (IMMUTABLE,)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    auditor_id: Mapped[str] = mapped_column(PublicId, ForeignKey("auditor.id"), index=True)
    day: Mapped[date] = mapped_column(doc="day of the statement, as its author dated it")
    text: Mapped[str]
    recorded_at: Mapped[datetime]
