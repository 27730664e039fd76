"""Who may decide about a claim to be a physician."""

from consultation.domain.errors import (
    AlreadyAttested,
    AlreadyDecided,
    ConflictOfInterest,
    NotAnOrganiser,
    SecondPersonNeeded,
)
from consultation.domain.verdicts import YES, Verdict, first_refusal, no
from consultation.features.accounts.models import ORGANISER, Account
from consultation.features.accounts.policies import may_join_team_work
from consultation.features.colleges.models import ENDED, Measure, PhysicianClaim


def may_refuse(actor: Account | None, claim: PhysicianClaim) -> Verdict:
    """Whether the actor may refuse this claim: somebody of a team, about somebody else, while it waits."""
    return first_refusal(_is_a_colleague(actor, claim), YES if claim.is_pending else no(AlreadyDecided()))


def may_attest(actor: Account | None, claim: PhysicianClaim) -> Verdict:
    """Whether the actor may say to have seen the proof: as for a refusal, and once."""
    if not (able := may_refuse(actor, claim)):
        return able
    has_attested = actor is not None and any(one.attester_id == actor.id for one in claim.attestations)
    return no(AlreadyAttested()) if has_attested else YES


def may_ask_revocation(actor: Account | None, claim: PhysicianClaim) -> Verdict:
    """Whether the actor may ask that a proof be taken back: somebody of a team, about somebody else's accepted one."""
    return first_refusal(_is_a_colleague(actor, claim), YES if claim.is_verified else no(AlreadyDecided()))


def may_report_double(actor: Account | None, claim: PhysicianClaim) -> Verdict:
    """Whether the actor may report the claim's account as the second one of a person: an organiser, of somebody else.

    The claim waits or was accepted.
    """
    leads = actor is not None and any(grant.role == ORGANISER for grant in actor.grants)
    return first_refusal(
        _is_a_colleague(actor, claim),
        YES if leads else no(NotAnOrganiser()),
        no(AlreadyDecided()) if claim.state in ENDED else YES,
    )


def may_set_aside(actor: Account | None, measure: Measure) -> Verdict:
    """Whether the actor may say that a measure does not hold: somebody of a team whom it does not concern."""
    kept = _is_a_colleague(actor, measure.kept) if measure.kept else YES
    return first_refusal(_is_a_colleague(actor, measure.claim), kept)


def may_confirm(actor: Account | None, measure: Measure) -> Verdict:
    """Whether the actor may carry a measure out: as for setting it aside, and not whoever asked for it."""
    has_asked = actor is not None and measure.asked_by == actor.id
    is_late = measure.claim.state in ENDED or (measure.kept is not None and not measure.kept.is_verified)
    return first_refusal(
        may_set_aside(actor, measure),
        no(SecondPersonNeeded()) if has_asked else YES,
        no(AlreadyDecided()) if is_late else YES,
    )


def _is_a_colleague(actor: Account | None, claim: PhysicianClaim) -> Verdict:
    is_ones_own = actor is not None and claim.account_id == actor.id
    return first_refusal(may_join_team_work(actor), no(ConflictOfInterest()) if is_ones_own else YES)
