"""The page of the search."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from consultation.features.consultations.queries import public_consultations
from consultation.features.search.forms import SearchForm
from consultation.features.search.serializers import page_of
from consultation.infrastructure.web.access import open_to_all
from consultation.infrastructure.web.limits import SEARCH, limiter, network

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@limiter.limit(SEARCH, key_func=network)
@open_to_all
def results() -> ResponseReturnValue:
    """What is public and holds the words asked for."""
    consultations = public_consultations()
    form = SearchForm(request.args, consultations)
    page = page_of(form, consultations, request.args.get("before"))
    return render_template("search/results.html", **page), 422 if form.is_refused else 200
