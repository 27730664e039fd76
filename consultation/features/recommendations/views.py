"""The page of a consultation: its recommendations."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from consultation.domain.verdicts import enforce
from consultation.features.consultations.policies import may_read
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.serializers import COUNTING, page_of, step_of
from consultation.features.recommendations.queries import recommendations_of
from consultation.features.recommendations.serializers import cards_of
from consultation.infrastructure import clock
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor

blueprint = Blueprint("recommendations", __name__)


@blueprint.get("/consultations/<slug>/")
@guarded(may_read)
def index(slug: str) -> ResponseReturnValue:
    """What is put to debate, where it stands, and what can be done now."""
    consultation = consultation_by_slug(slug)
    enforce(may_read(current_actor(), consultation))
    now = clock.now()
    return render_template(
        "recommendations/index.html",
        cards=cards_of(consultation, recommendations_of(consultation.id)),
        is_open=consultation.takes_part_at(now),
        is_counting=step_of(consultation, now) == COUNTING,
        **page_of(consultation, "recommendations"),
    )
