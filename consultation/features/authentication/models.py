"""Sign-ins: one row for each browser that is signed in, so that each can be ended apart."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultation.features.accounts.models import Account
from consultation.infrastructure.database import Model, PublicId, new_public_id


class SignIn(Model):
    """A browser in which somebody is signed in; without its row a cookie, copied or not, opens nothing."""

    __tablename__ = "sign_in"
    __table_args__ = (
        UniqueConstraint("token_digest"),
        CheckConstraint("created_at < expires_at", name="dates"),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    token_digest: Mapped[str] = mapped_column(doc="SHA-256 of the token in the cookie")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(doc="the end for a participant; a member of a team is out before")
    label: Mapped[str] = mapped_column(doc="browser and system at most, as in “Firefox, Windows”; may be empty")

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
