"""Claims to be a physician, who has seen their proof, and what is asked against them."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultation.features.accounts.models import Account
from consultation.infrastructure.database import Model, PublicId, new_public_id

PENDING = "pending"
VERIFIED = "verified"
REFUSED = "refused"
REVOKED = "revoked"
ENDED = (REFUSED, REVOKED)

PROFESSIONAL_CARD = "professional_card"
COUNCIL_ATTESTATION = "council_attestation"
PRO_SANTE_CONNECT = "pro_sante_connect"
OFFICIAL_DOCUMENT = "official_document"
PROOFS = (PROFESSIONAL_CARD, COUNCIL_ATTESTATION, PRO_SANTE_CONNECT, OFFICIAL_DOCUMENT)

REVOCATION = "revocation"
DOUBLE = "double"

_IN_FORCE = text("state NOT IN ('refused', 'revoked')")


class PhysicianClaim(Model):
    """A person's claim to be a physician; its identifier is the reference that they quote when they show a proof."""

    __tablename__ = "physician_claim"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'verified', 'refused', 'revoked')", name="state"),
        CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="decided_at"),
        CheckConstraint("(state IN ('refused', 'revoked')) = (reason IS NOT NULL)", name="reason"),
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
    reason: Mapped[str | None] = mapped_column(doc="why it was refused or revoked, in the words sent to the person")

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    attestations: Mapped[list["Attestation"]] = relationship(
        lazy="raise_on_sql", back_populates="claim", order_by="Attestation.attested_at"
    )

    @property
    def is_pending(self) -> bool:
        """Whether the claim still waits for a decision."""
        return self.state == PENDING

    @property
    def is_verified(self) -> bool:
        """Whether two people have seen the proof, and nobody has taken it back."""
        return self.state == VERIFIED

    @property
    def is_revoked(self) -> bool:
        """Whether the proof was accepted, then taken back."""
        return self.state == REVOKED


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


class Measure(Model):
    """What one person of the team asks against a claim, until another confirms it or sets it aside.

    A revocation takes the proof back; a double closes the claim's account, the second of a person who keeps another.
    """

    __tablename__ = "claim_measure"
    __table_args__ = (
        CheckConstraint("kind IN ('revocation', 'double')", name="kind"),
        CheckConstraint("(kind = 'double') = (kept_claim_id IS NOT NULL)", name="kept_claim_id"),
        CheckConstraint("kept_claim_id <> claim_id", name="two_claims"),
    )

    claim_id: Mapped[str] = mapped_column(
        PublicId, ForeignKey("physician_claim.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str]
    kept_claim_id: Mapped[str | None] = mapped_column(
        PublicId, ForeignKey("physician_claim.id", ondelete="CASCADE"), index=True, doc="of the account that is kept"
    )
    reason: Mapped[str] = mapped_column(doc="in the words that the person will receive")
    asked_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    asked_at: Mapped[datetime]

    claim: Mapped[PhysicianClaim] = relationship(lazy="raise_on_sql", foreign_keys=[claim_id])
    kept: Mapped[PhysicianClaim | None] = relationship(lazy="raise_on_sql", foreign_keys=[kept_claim_id])
