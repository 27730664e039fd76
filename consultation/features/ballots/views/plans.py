"""The counting plan for everybody: public before the opening, in all its versions."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from consultation.domain.errors import Missing
from consultation.domain.phases import Phase
from consultation.domain.verdicts import enforce
from consultation.features.ballots.policies import may_read_plan
from consultation.features.ballots.queries import plan_in_force, plan_versions
from consultation.features.ballots.serializers.plans import decisions_of, methods_of, share_steps, versions_of
from consultation.features.ballots.views.doors import blueprint
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.serializers import page_of
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.headers import download


@blueprint.get("/consultations/<slug>/verify/plan/")
@guarded(may_read_plan)
def plan(slug: str) -> ResponseReturnValue:
    """What was decided before any ballot was cast, in words; of a draft nothing else is shown but its title."""
    consultation = _consultation_planned(slug)
    in_force, is_draft = plan_in_force(consultation), consultation.phase == Phase.DRAFT
    return render_template(
        "ballots/plan.html",
        decisions=decisions_of(in_force),
        methods=methods_of(in_force),
        steps=share_steps(),
        versions=versions_of(plan_versions(consultation.id)),
        is_draft=is_draft,
        **({"consultation": consultation} if is_draft else page_of(consultation, "verify")),
    )


@blueprint.get("/consultations/<slug>/verify/plan.json")
@guarded(may_read_plan)
def plan_json(slug: str) -> ResponseReturnValue:
    """The plan in force, byte for byte as the public record cites it."""
    return _file(plan_in_force(_consultation_planned(slug)).to_bytes(), f"{slug}-plan.json")


@blueprint.get("/consultations/<slug>/verify/plan-<int:version>.json")
@guarded(may_read_plan)
def plan_version_json(slug: str, version: int) -> ResponseReturnValue:
    """One version of the plan; Missing where there is none of this number."""
    for one in plan_versions(_consultation_planned(slug).id):
        if one.version == version:
            return _file(one.content.encode(), f"{slug}-plan-{version}.json")
    raise Missing


def _consultation_planned(slug: str) -> Consultation:
    consultation = consultation_by_slug(slug)
    enforce(may_read_plan(None, consultation))
    return consultation


def _file(content: bytes, name: str) -> Response:
    return download(content, "application/json", name)
