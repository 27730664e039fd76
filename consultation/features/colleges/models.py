"""Claims to be a physician, and who has seen their proof."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultation.features.accounts.models import Account
from consultation.infrastructure.database import Model, PublicId, new_public_id

PENDING = "pending"
VERIFIED = "verified"
REFUSED = "refused"

PROFESSIONAL_CARD = "professional_card"
COUNCIL_ATTESTATION = "council_attestation"
PRO_SANTE_CONNECT = "pro_sante_connect"
OFFICIAL_DOCUMENT = "official_document"
PROOFS = (PROFESSIONAL_CARD, COUNCIL_ATTESTATION, PRO_SANTE_CONNECT, OFFICIAL_DOCUMENT)

_IN_FORCE = text("state <> 'refused'")


class PhysicianClaim(Model):
    """A person's claim to be a physician; its identifier is the reference that they quote when they show a proof."""

    __tablename__ = "physician_claim"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'verified', 'refused')", name="state"),
        CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="decided_at"),
        CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name="reason"),
        Index(
            "uq_physician_claim_account_id",
            "account_id",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(default=PENDING)
    claimed_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(doc="why the claim was refused, in the words sent to the person")

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    attestations: Mapped[list["Attestation"]] = relationship(
        lazy="raise_on_sql", back_populates="claim", order_by="Attestation.attested_at"
    )

    @property
    def is_pending(self) -> bool:
        """Whether the claim still waits for a decision."""
        return self.state == PENDING


class Attestation(Model):
    """One person of the team says to have seen a proof; the proof itself is never kept."""

    __tablename__ = "attestation"
    __table_args__ = (
        UniqueConstraint("claim_id", "attester_id"),
        CheckConstraint(
            "proof IN ('professional_card', 'council_attestation', 'pro_sante_connect', 'official_document')",
            name="proof",
        ),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    claim_id: Mapped[str] = mapped_column(PublicId, ForeignKey("physician_claim.id", ondelete="CASCADE"))
    attester_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id"), index=True)
    proof: Mapped[str]
    attested_at: Mapped[datetime]

    claim: Mapped[PhysicianClaim] = relationship(lazy="raise_on_sql", back_populates="attestations")
