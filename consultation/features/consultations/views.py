"""Pages of consultations that all may read."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from consultation.features.consultations.queries import public_consultations, stamp_of_consultations
from consultation.features.consultations.serializers import cards_of
from consultation.infrastructure.web.access import open_to_all
from consultation.infrastructure.web.caching import kept

blueprint = Blueprint("consultations", __name__)


@blueprint.get("/consultations/")
@open_to_all
@kept(stamp_of_consultations)
def index() -> ResponseReturnValue:
    """Every consultation that is public."""
    return render_template("consultations/index.html", cards=cards_of(public_consultations()))
