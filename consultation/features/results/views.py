"""The page of results, and the files of verification that hold the release."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from consultation.domain.errors import NotPublished
from consultation.domain.verdicts import enforce
from consultation.features.ballots.queries.auditors import statements_of
from consultation.features.ballots.queries.bundles import public_bundle_of
from consultation.features.ballots.queries.chain import participation_of, plan_in_force
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_read
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.serializers import page_of
from consultation.features.recommendations.queries import recommendations_of
from consultation.features.results.queries import release_of, releases_of, stamp_of_results
from consultation.features.results.serializers.page import results_of
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.caching import kept
from consultation.infrastructure.web.headers import download

blueprint = Blueprint("results", __name__)


@blueprint.get("/consultations/<slug>/results/")
@guarded(may_read)
@kept(stamp_of_results)
def show(slug: str) -> ResponseReturnValue:
    """The release as people read it; NotPublished before there is one, organisers included."""
    consultation = consultation_by_slug(slug)
    enforce(may_read(current_actor(), consultation))
    results = results_of(
        consultation,
        recommendations_of(consultation.id),
        release_of(consultation),
        plan=plan_in_force(consultation),
        editions=releases_of(consultation),
        participation=participation_of(consultation),
    )
    return render_template(
        "results/show.html",
        results=results,
        statements=statements_of(consultation),
        **page_of(consultation, "results"),
    )


@blueprint.get("/consultations/<slug>/verify/release.json")
@guarded(may_read)
def verify_release(slug: str) -> ResponseReturnValue:
    """The release in force, byte for byte as the public record cites it; NotPublished before there is one."""
    return download(release_of(_consultation_read(slug)).text.encode(), "application/json", f"{slug}-release.json")


@blueprint.get("/consultations/<slug>/verify/public.zip")
@guarded(may_read)
def verify_bundle(slug: str) -> ResponseReturnValue:
    """The public's bundle, with the release where there is one; CeremonyRefused before the ballots are sealed."""
    consultation = _consultation_read(slug)
    return download(public_bundle_of(consultation, _release(consultation)), "application/zip", f"{slug}-public.zip")


def _consultation_read(slug: str) -> Consultation:
    consultation = consultation_by_slug(slug)
    enforce(may_read(None, consultation))
    return consultation


def _release(consultation: Consultation) -> bytes:
    try:
        return release_of(consultation).text.encode()
    except NotPublished:
        return b""
