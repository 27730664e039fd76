"""The page of results."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from consultation.domain.verdicts import enforce
from consultation.features.consultations.policies import may_read
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.serializers import page_of
from consultation.features.recommendations.queries import recommendations_of
from consultation.features.results.queries import release_of
from consultation.features.results.serializers.page import results_of
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor

blueprint = Blueprint("results", __name__)


@blueprint.get("/consultations/<slug>/results/")
@guarded(may_read)
def show(slug: str) -> ResponseReturnValue:
    """The release as people read it; NotPublished before there is one, organisers included."""
    consultation = consultation_by_slug(slug)
    enforce(may_read(current_actor(), consultation))
    published = release_of(consultation)
    return render_template(
        "results/show.html",
        results=results_of(consultation, recommendations_of(consultation.id), published),
        **page_of(consultation, "results"),
    )
