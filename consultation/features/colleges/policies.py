"""Who may decide about a claim to be a physician."""

from consultation.domain.errors import AlreadyAttested, AlreadyDecided, ConflictOfInterest
from consultation.domain.verdicts import YES, Verdict, no
from consultation.features.accounts.models import Account
from consultation.features.accounts.policies import may_join_team_work
from consultation.features.colleges.models import PhysicianClaim


def may_refuse(actor: Account | None, claim: PhysicianClaim) -> Verdict:
    """Whether the actor may refuse this claim: somebody of a team, about somebody else, while it waits."""
    if not (able := may_join_team_work(actor)):
        return able
    if actor is not None and claim.account_id == actor.id:
        return no(ConflictOfInterest())
    return YES if claim.is_pending else no(AlreadyDecided())


def may_attest(actor: Account | None, claim: PhysicianClaim) -> Verdict:
    """Whether the actor may say to have seen the proof: as for a refusal, and once."""
    if not (able := may_refuse(actor, claim)):
        return able
    has_attested = actor is not None and any(one.attester_id == actor.id for one in claim.attestations)
    return no(AlreadyAttested()) if has_attested else YES
