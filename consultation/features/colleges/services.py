"""The way into the physicians' college, a claim, then the proof seen by two people; and the way out of it.

What two people have seen, one alone does not undo: a proof is taken back, or an account closed as the second one of a
person, when one person of the team has asked for it with a reason and another confirms it.
"""

import uuid

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from consultation.domain.colleges import College
from consultation.domain.errors import AlreadyDecided, Invalid, Missing
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.accounts.services import disable_account, set_college
from consultation.features.colleges.events import (
    DoubleClosed,
    MeasureAsked,
    MeasureSetAside,
    PhysicianClaimed,
    PhysicianClaimRefused,
    PhysicianRevoked,
    PhysicianVerified,
    ProofAttested,
)
from consultation.features.colleges.models import (
    DOUBLE,
    ENDED,
    PENDING,
    REFUSED,
    REVOCATION,
    REVOKED,
    VERIFIED,
    Attestation,
    Measure,
    PhysicianClaim,
)
from consultation.features.colleges.policies import (
    may_ask_revocation,
    may_attest,
    may_confirm,
    may_refuse,
    may_report_double,
    may_set_aside,
)
from consultation.features.colleges.queries import claim_by_id, claim_of, measure_about
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import record

ATTESTATIONS_NEEDED = 2


def claim_physician(account: Account) -> PhysicianClaim:
    """Ask to speak as a physician; a claim that waits or was accepted is given back, an ended one is renewed."""
    existing = claim_of(account)
    if existing is not None and existing.state not in ENDED:
        return existing
    claim = PhysicianClaim(
        id=new_public_id(), account_id=account.id, state=PENDING, claimed_at=clock.now(), attestations=[]
    )
    session.add(claim)
    session.flush()
    record(PhysicianClaimed(claim.id, account.id))
    return claim


def attest(actor: Account, claim: PhysicianClaim, proof: str) -> Attestation:
    """Say to have seen this proof (a code of models.PROOFS); the second person to say so places the account."""
    # Of two people who attest at the same moment, each would count one attestation, their own.
    claim = claim_by_id(claim.id, held=True)
    enforce(may_attest(actor, claim))
    attestation = Attestation(
        id=new_public_id(), claim_id=claim.id, attester_id=actor.id, proof=proof, attested_at=clock.now()
    )
    claim.attestations.append(attestation)
    session.flush()
    record(ProofAttested(claim.id, actor.id))
    if len(claim.attestations) >= ATTESTATIONS_NEEDED:
        _verify(claim)
    return attestation


def refuse(actor: Account, claim: PhysicianClaim, reason: str) -> None:
    """Refuse a claim, with the reason that is sent to the person; they may claim again."""
    claim = claim_by_id(claim.id, held=True)
    enforce(may_refuse(actor, claim))
    claim.state, claim.decided_at, claim.reason = REFUSED, clock.now(), reason
    session.flush()
    record(PhysicianClaimRefused(claim.id, claim.account_id, actor.id))


def ask_revocation(actor: Account, claim: PhysicianClaim, reason: str) -> Measure:
    """Ask that a proof be taken back, with the reason that the person will receive; AlreadyDecided when one waits."""
    claim = claim_by_id(claim.id, held=True)
    enforce(may_ask_revocation(actor, claim))
    return _asked(actor, claim, REVOCATION, reason)


def report_double(actor: Account, claim: PhysicianClaim, kept: PhysicianClaim, reason: str) -> Measure:
    """Ask that the account of `claim` be closed, because the person has the one of `kept`, whose proof was seen.

    Invalid when both are one claim or account, or when the proof of the kept one was not accepted.
    """
    claim = claim_by_id(claim.id, held=True)
    enforce(may_report_double(actor, claim))
    if kept.account_id == claim.account_id or not kept.is_verified:
        raise Invalid()
    return _asked(actor, claim, DOUBLE, reason, kept)


def confirm_measure(actor: Account, claim: PhysicianClaim) -> Measure:
    """Carry out what a colleague asked against a claim; Missing when nothing is asked any more."""
    claim = claim_by_id(claim.id, held=True)
    measure = _held_measure(claim)
    enforce(may_confirm(actor, measure))
    session.delete(measure)
    if measure.kept is None:
        _revoke(actor, claim, measure.reason)
    else:
        _close_double(actor, claim, measure.kept, measure.reason)
    return measure


def set_measure_aside(actor: Account, claim: PhysicianClaim) -> None:
    """Drop what was asked against a claim; Missing when nothing is asked any more."""
    measure = _held_measure(claim)
    enforce(may_set_aside(actor, measure))
    session.delete(measure)
    session.flush()
    record(MeasureSetAside(claim.id, actor.id))


def forget_claims(account_id: uuid.UUID) -> None:
    """Delete the claims of an account that is erased, with who has seen its proof and what was asked against it."""
    session.execute(delete(PhysicianClaim).where(PhysicianClaim.account_id == account_id))


def _asked(
    actor: Account, claim: PhysicianClaim, kind: str, reason: str, kept: PhysicianClaim | None = None
) -> Measure:
    measure = Measure(
        claim_id=claim.id,
        kind=kind,
        kept_claim_id=kept.id if kept else None,
        reason=reason,
        asked_by=actor.id,
        asked_at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(measure)
    except IntegrityError as error:
        raise AlreadyDecided from error
    record(MeasureAsked(claim.id, actor.id))
    return measure


def _held_measure(claim: PhysicianClaim) -> Measure:
    measure = measure_about(claim, held=True)
    if measure is None:
        raise Missing
    return measure


def _revoke(actor: Account, claim: PhysicianClaim, reason: str) -> None:
    _end(claim, reason)
    record(PhysicianRevoked(claim.id, claim.account_id, actor.id))


def _close_double(actor: Account, claim: PhysicianClaim, kept: PhysicianClaim, reason: str) -> None:
    _end(claim, reason)
    disable_account(claim.account)
    record(DoubleClosed(claim.id, claim.account_id, kept.id, actor.id))


def _end(claim: PhysicianClaim, reason: str) -> None:
    claim.state, claim.decided_at, claim.reason = REVOKED, clock.now(), reason
    set_college(claim.account, College.CITIZENS)
    session.flush()


def _verify(claim: PhysicianClaim) -> None:
    claim.state, claim.decided_at = VERIFIED, clock.now()
    set_college(claim.account, College.PHYSICIANS)
    session.flush()
    record(PhysicianVerified(claim.id, claim.account_id))
