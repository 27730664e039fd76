"""The counting plan: public before the opening, changed only with a reason, never after the fence."""

from typing import Any

from consultation.domain.errors import PlanRefused
from consultation.domain.phases import Phase
from consultation.domain.verdicts import enforce
from consultation.domain.verifiability.plan import CountingPlan, InvalidPlan
from consultation.domain.verifiability.roots import LineType
from consultation.features.accounts.models import Account
from consultation.features.ballots.models import PlanVersion
from consultation.features.ballots.policies import may_change_plan
from consultation.features.ballots.queries.chain import plan_in_force, plan_versions
from consultation.features.ballots.services.chain import add_line
from consultation.features.ballots.services.locks import hold_alone
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import keep_plan_version
from consultation.infrastructure import clock
from consultation.infrastructure.database import session


def publish_plan(actor: Account | None, consultation: Consultation, **decisions: Any) -> CountingPlan:
    """Make the counting plan of a draft public; again, before the opening, to replace it by a new version.

    `decisions` are fields of CountingPlan; what is not named keeps its former value, or at first the usual one. An
    actor of None is the command line. PlanRefused names what is not lawful.
    """
    return _decide(actor, consultation, "", decisions)


def change_plan(actor: Account | None, consultation: Consultation, reason: str, **decisions: Any) -> CountingPlan:
    """Change the plan of an open consultation, with a reason: a line of the chain says it at once. PlanRefused."""
    if not reason.strip():
        raise PlanRefused(reason="no_reason")
    return _decide(actor, consultation, reason.strip(), decisions)


def keep_usual_plan(consultation: Consultation) -> CountingPlan:
    """Give a consultation that was opened before plans existed the usual one, by which it would have been counted."""
    plan = planned(consultation)
    _keep(consultation, plan, "")
    return plan


def planned(consultation: Consultation, **decisions: Any) -> CountingPlan:
    """What the plan would be with these decisions, its next version; nothing is kept. PlanRefused."""
    dates: dict[str, Any] = {
        "opens": clock.second(consultation.opens_at),
        "closes": clock.second(consultation.closes_at),
        "results_on": consultation.results_on.isoformat(),
    }
    try:
        if not plan_versions(consultation.id):
            return CountingPlan(consultation=consultation.slug, **dates, **decisions)
        former = plan_in_force(consultation)
        plan = former.changed(**dates, **decisions)
    except InvalidPlan as error:
        raise PlanRefused(reason=str(error)) from error
    if {**plan.content, "version": former.version} == dict(former.content):
        raise PlanRefused(reason="unchanged")
    return plan


def _decide(actor: Account | None, consultation: Consultation, reason: str, decisions: dict[str, Any]) -> CountingPlan:
    hold_alone(consultation.id)  # neither an opening nor a fence comes between the question and the answer
    session.refresh(consultation)
    if actor is not None:
        enforce(may_change_plan(actor, consultation))
    if consultation.phase not in (Phase.DRAFT, Phase.OPEN) or bool(reason) != (consultation.phase == Phase.OPEN):
        raise PlanRefused(reason="phase")
    plan = planned(consultation, **decisions)
    _keep(consultation, plan, reason)
    if reason:
        add_line(consultation, LineType.PLAN, plan=plan.hash, reason=reason)
    return plan


def _keep(consultation: Consultation, plan: CountingPlan, reason: str) -> None:
    session.add(
        PlanVersion(
            consultation_id=consultation.id,
            version=plan.version,
            content=plan.to_bytes().decode(),
            decided_on=clock.today(),
            reason=reason,
        )
    )
    keep_plan_version(consultation, plan.version)
    session.flush()
