"""Sign-ins as they are read."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from consultation.domain.errors import Missing
from consultation.domain.identifiers import is_public_identifier
from consultation.features.accounts.models import Account
from consultation.features.authentication.models import SignIn
from consultation.features.authentication.policies import is_in_force
from consultation.infrastructure.database import session
from consultation.infrastructure.tokens import digest_of

# Asked by every request of somebody signed in: written once.
_SIGNED_IN = (
    select(SignIn)
    .where(SignIn.token_digest == bindparam("digest"))
    .options(joinedload(SignIn.account).joinedload(Account.grants))
)


@dataclass(frozen=True)
class SignedIn:
    """Somebody whose browser holds the token of a sign-in in force."""

    account: Account
    token: str
    sign_in_id: str

    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    def get_id(self) -> str:
        """The token, kept in the signed cookie and nowhere else."""
        return self.token


def signed_in_by(token: str) -> SignedIn | None:
    """Whoever this token signs in, with their roles, in one statement; None once expired, ended or disabled."""
    sign_in = session.scalars(_SIGNED_IN, {"digest": digest_of(token)}).unique().one_or_none()
    if sign_in is None or not is_in_force(sign_in):
        return None
    return SignedIn(sign_in.account, token, sign_in.id)


def sign_ins_of(account: Account) -> list[SignIn]:
    """The browsers in which this account is signed in, the latest first."""
    rows = session.scalars(
        select(SignIn)
        .where(SignIn.account_id == account.id)
        .order_by(SignIn.created_at.desc(), SignIn.id)
        .options(joinedload(SignIn.account).selectinload(Account.grants))
    )
    return [sign_in for sign_in in rows if is_in_force(sign_in)]


def sign_in_by_id(sign_in_id: str) -> SignIn:
    """The sign-in of this identifier; Missing where there is none."""
    found = session.get(SignIn, sign_in_id) if is_public_identifier(sign_in_id) else None
    if found is None:
        raise Missing
    return found


def account_behind(account_id: str) -> Account | None:
    """The account of an identifier carried by a link, or None."""
    return session.get(Account, uuid.UUID(account_id))
