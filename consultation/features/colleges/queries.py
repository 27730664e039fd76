"""Claims to be a physician as they are read."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consultation.domain.errors import Missing
from consultation.domain.identifiers import is_public_identifier
from consultation.features.accounts.models import Account
from consultation.features.colleges.models import PENDING, Measure, PhysicianClaim
from consultation.infrastructure.database import session


def claim_of(account: Account) -> PhysicianClaim | None:
    """The latest claim of this account with its attestations, or None."""
    return session.scalar(
        select(PhysicianClaim)
        .where(PhysicianClaim.account_id == account.id)
        .order_by(PhysicianClaim.claimed_at.desc())
        .limit(1)
        .options(selectinload(PhysicianClaim.attestations))
    )


def claim_by_id(reference: str, *, held: bool = False) -> PhysicianClaim:
    """The claim of this reference with its account and attestations, Missing where there is none.

    A claim that is held is read anew and locked: nobody else decides about it before this transaction ends.
    """
    chosen = (
        select(PhysicianClaim)
        .where(PhysicianClaim.id == reference)
        .options(selectinload(PhysicianClaim.account), selectinload(PhysicianClaim.attestations))
    )
    if held:
        chosen = chosen.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(chosen) if is_public_identifier(reference) else None
    if found is None:
        raise Missing
    return found


def pending_claims() -> list[PhysicianClaim]:
    """Claims that wait for a decision, of people whose address is confirmed, with attestations, the oldest first."""
    return list(
        session.scalars(
            select(PhysicianClaim)
            .join(PhysicianClaim.account)
            .where(PhysicianClaim.state == PENDING, Account.confirmed_at.is_not(None), Account.disabled_at.is_(None))
            .order_by(PhysicianClaim.claimed_at)
            .options(selectinload(PhysicianClaim.attestations))
        )
    )


def measure_about(claim: PhysicianClaim, *, held: bool = False) -> Measure | None:
    """What is asked against this claim, with both claims and their accounts, or None; held as a claim is held."""
    chosen = select(Measure).where(Measure.claim_id == claim.id).options(*_WITH_CLAIMS)
    if held:
        chosen = chosen.with_for_update().execution_options(populate_existing=True)
    return session.scalar(chosen)


def pending_measures() -> list[Measure]:
    """What waits for a second person, with both claims and their accounts, the oldest first."""
    return list(session.scalars(select(Measure).order_by(Measure.asked_at).options(*_WITH_CLAIMS)))


_WITH_CLAIMS = (
    selectinload(Measure.claim).selectinload(PhysicianClaim.account),
    selectinload(Measure.kept).selectinload(PhysicianClaim.account),
)
