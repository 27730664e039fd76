"""Accounts, and the roles that they hold in consultations."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultation.domain.colleges import College
from consultation.infrastructure.database import Model, PublicId, new_public_id, new_uuid

MODERATOR = "moderator"
ORGANISER = "organiser"
OBSERVER = "observer"
ROLES = (MODERATOR, ORGANISER, OBSERVER)


class Account(Model):
    """A person who takes part; nothing here ever says whether, or what, they ranked."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("address"),
        CheckConstraint("college IN ('citizens', 'physicians')", name="college"),
        CheckConstraint("language IN ('fr', 'en')", name="language"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_uuid)
    address: Mapped[str | None] = mapped_column(doc="e-mail address, lower case; NULL for synthetic participants")
    passphrase_hash: Mapped[str | None] = mapped_column(doc="argon2id; NULL = cannot sign in by passphrase")
    language: Mapped[str] = mapped_column(default="fr")
    college: Mapped[str] = mapped_column(default=College.CITIZENS.value, doc="set by the colleges feature alone")
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(doc="when the address was confirmed, by a button")
    disabled_at: Mapped[datetime | None]
    is_synthetic: Mapped[bool] = mapped_column(default=False, doc="an invented participant of the demonstration")
    charter_edition: Mapped[int | None] = mapped_column(doc="of the charter, accepted last; NULL before any was")
    charter_accepted_at: Mapped[datetime | None]

    # Loaded when first asked for: policies ask it of the one account that acts.
    grants: Mapped[list["Grant"]] = relationship(lazy="select", back_populates="account")

    @property
    def is_confirmed(self) -> bool:
        """Whether the address has been confirmed."""
        return self.confirmed_at is not None

    @property
    def is_disabled(self) -> bool:
        """Whether the account may no longer act."""
        return self.disabled_at is not None

    def holds(self, role: str, consultation_id: uuid.UUID) -> bool:
        """Whether the account holds this role in this consultation."""
        return any(grant.role == role and grant.consultation_id == consultation_id for grant in self.grants)

    @property
    def is_of_a_team(self) -> bool:
        """Whether the account moderates or organises any consultation; an observer only receives what is sealed."""
        return any(grant.role in (MODERATOR, ORGANISER) for grant in self.grants)


class Grant(Model):
    """A role, moderator, organiser or observer of the closing, held by an account in one consultation."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("account_id", "consultation_id", "role"),
        CheckConstraint("role IN ('moderator', 'organiser', 'observer')", name="role"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    granted_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="raise_on_sql", back_populates="grants")
