"""The pages of a consultation: its recommendations, and what became of them."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from consultation.domain.verdicts import enforce
from consultation.features.consultations.policies import may_read
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.serializers import COUNTING, page_of, step_of
from consultation.features.recommendations.queries import (
    former_outcomes_of,
    promises_of,
    recommendations_with_outcomes,
    stamp_of_recommendations,
)
from consultation.features.recommendations.serializers import awaited_of, cards_of, outcomes_of
from consultation.infrastructure import clock
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.caching import kept

blueprint = Blueprint("recommendations", __name__)


@blueprint.get("/consultations/<slug>/")
@guarded(may_read)
@kept(stamp_of_recommendations)
def index(slug: str) -> ResponseReturnValue:
    """What is put to debate, where it stands, and what can be done now."""
    consultation = consultation_by_slug(slug)
    enforce(may_read(current_actor(), consultation))
    now, recommendations = clock.now(), recommendations_with_outcomes(consultation.id)
    return render_template(
        "recommendations/index.html",
        cards=cards_of(consultation, recommendations),
        is_open=consultation.takes_part_at(now),
        is_counting=step_of(consultation, now) == COUNTING,
        promised=awaited_of(consultation, recommendations),
        **page_of(consultation, "recommendations"),
    )


@blueprint.get("/consultations/<slug>/outcomes/")
@guarded(may_read)
@kept(stamp_of_recommendations)
def outcomes(slug: str) -> ResponseReturnValue:
    """What became of each recommendation, why, and what was promised."""
    consultation = consultation_by_slug(slug)
    enforce(may_read(current_actor(), consultation))
    recommendations = recommendations_with_outcomes(consultation.id)
    former, promises = former_outcomes_of(consultation.id), promises_of(consultation.id)
    return render_template(
        "recommendations/outcomes.html",
        **outcomes_of(consultation, recommendations, former, promises),
        **page_of(consultation, "outcomes"),
    )
