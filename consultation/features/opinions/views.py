"""The page of opinion groups, and the same totals as files."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from consultation.domain.errors import OpinionsAwaited
from consultation.domain.verdicts import enforce
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_read
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.serializers import page_of
from consultation.features.opinions.datasets import as_csv
from consultation.features.opinions.queries import (
    comments_named,
    opinions_of,
    stamp_of_opinions,
    standing_of,
)
from consultation.features.opinions.serializers.page import opinions_shown, shown_comments
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.caching import kept
from consultation.infrastructure.web.headers import download

CSV = "text/csv; charset=utf-8; header=present"

blueprint = Blueprint("opinions", __name__)


@blueprint.get("/consultations/<slug>/opinions/")
@kept(stamp_of_opinions)
@guarded(may_read)
def show(slug: str) -> ResponseReturnValue:
    """The map and what it says; before there is one, when it comes and what it will show."""
    consultation = _readable(slug)
    page = page_of(consultation, "opinions")
    try:
        published = opinions_of(consultation)
    except OpinionsAwaited:
        return render_template("opinions/awaited.html", **page)
    actor = current_actor()
    standing = standing_of(actor, consultation) if actor and not published.is_cut else None
    opinions = opinions_shown(consultation, published, comments_named(shown_comments(published)), standing)
    return render_template("opinions/show.html", opinions=opinions, **page)


@blueprint.get("/consultations/<slug>/opinions/opinions.json")
@guarded(may_read)
def totals_json(slug: str) -> ResponseReturnValue:
    """The very bytes that were published; OpinionsAwaited before there are any."""
    return download(opinions_of(_readable(slug)).text.encode(), "application/json", f"{slug}-opinions.json")


@blueprint.get("/consultations/<slug>/opinions/opinions.csv")
@guarded(may_read)
def totals_csv(slug: str) -> ResponseReturnValue:
    """The figures of each comment as a table; OpinionsAwaited before there are any."""
    return download(as_csv(opinions_of(_readable(slug)).content).encode(), CSV, f"{slug}-opinions.csv")


def _readable(slug: str) -> Consultation:
    consultation = consultation_by_slug(slug)
    enforce(may_read(current_actor(), consultation))
    return consultation
