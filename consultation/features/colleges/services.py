"""The way into the physicians' college: a claim, then the proof seen by two people."""

from consultation.domain.colleges import College
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.accounts.services import set_college
from consultation.features.colleges.events import (
    PhysicianClaimed,
    PhysicianClaimRefused,
    PhysicianVerified,
    ProofAttested,
)
from consultation.features.colleges.models import PENDING, REFUSED, VERIFIED, Attestation, PhysicianClaim
from consultation.features.colleges.policies import may_attest, may_refuse
from consultation.features.colleges.queries import claim_by_id, claim_of
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import record

ATTESTATIONS_NEEDED = 2


def claim_physician(account: Account) -> PhysicianClaim:
    """Ask to speak as a physician; a claim that waits or was accepted is given back, a refused one is renewed."""
    existing = claim_of(account)
    if existing is not None and existing.state != REFUSED:
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


def _verify(claim: PhysicianClaim) -> None:
    claim.state, claim.decided_at = VERIFIED, clock.now()
    set_college(claim.account, College.PHYSICIANS)
    session.flush()
    record(PhysicianVerified(claim.id, claim.account_id))
