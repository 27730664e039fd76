"""Who may look at a ballot paper and prepare it; casting and closing are the policies of consultations."""

from consultation.domain.errors import AuditorRefused, BallotTooLate, PlanRefused
from consultation.domain.phases import Phase
from consultation.domain.verdicts import YES, Verdict, first_refusal, no
from consultation.features.accounts.models import Account
from consultation.features.ballots.models import Auditor
from consultation.features.ballots.models.holders import Holder, Visitor
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_organise_consultation, may_read, may_take_part
from consultation.infrastructure import clock


def may_see_paper(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the ballot paper may be shown: to anyone, as long as ballots are taken."""
    is_open = consultation.takes_part_at(clock.now())
    return first_refusal(may_read(actor, consultation), YES if is_open else no(BallotTooLate()))


def may_prepare(holder: Holder | None, consultation: Consultation) -> Verdict:
    """Whether a draft may be kept for this holder: a visitor prepares one, and casts it once signed in."""
    if holder is None or isinstance(holder, Visitor):
        return may_see_paper(None, consultation)
    return first_refusal(may_see_paper(holder, consultation), may_take_part(holder, consultation))


def may_change_plan(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may decide how the ballots are counted: an organiser, until the fence."""
    is_time = consultation.phase in (Phase.DRAFT, Phase.OPEN)
    return first_refusal(
        may_organise_consultation(actor, consultation), YES if is_time else no(PlanRefused(reason="phase"))
    )


def may_read_plan(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the counting plan may be read: by anyone once it is public, even before the opening."""
    return YES if consultation.plan_version else may_read(actor, consultation)


def may_name_auditors(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may propose and dismiss auditors, and record what they found: any organiser, at any time."""
    return may_organise_consultation(actor, consultation)


def may_confirm_auditor(actor: Account, auditor: Auditor) -> Verdict:
    """Whether this organiser may confirm this auditor: once, and never whom they proposed themselves."""
    if auditor.confirmed_at is not None:
        return no(AuditorRefused(reason="settled"))
    return no(AuditorRefused(reason="same_person")) if auditor.proposed_by == actor.id else YES
