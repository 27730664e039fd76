"""What all pages of the ballot share: a blueprint that leaves no trace, and who may come in."""

from flask import Blueprint, Response

from consultation.domain.verdicts import enforce
from consultation.features.ballots.policies import may_see_paper
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_take_part
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure.web.actor import current_actor

# No rate limit here: its counters would keep, beside an account, that it casts and when.
blueprint = Blueprint("ballots", __name__)


@blueprint.after_request
def _never_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def consultation_taken_part_in(slug: str) -> Consultation:
    """The consultation in which the actor may cast a ballot at this moment; the refusal says why not."""
    consultation = consultation_by_slug(slug)
    enforce(may_see_paper(current_actor(), consultation))
    enforce(may_take_part(current_actor(), consultation))
    return consultation
