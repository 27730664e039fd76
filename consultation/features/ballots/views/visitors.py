"""People without an account: their ranking reviewed, kept when a sign-in expires, and what becomes of it afterwards."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consultation.domain.errors import Invalid, NotSignedIn
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verdicts import enforce
from consultation.features.ballots.models import Sheet
from consultation.features.ballots.serializers import aside_of, lines_of
from consultation.features.ballots.services import drop_brought, take_brought
from consultation.features.ballots.views.doors import (
    blueprint,
    consultation_prepared_in,
    consultation_taken_part_in,
    papers_here,
    save_here,
    visitor_before_sign_in,
)
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_take_part
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor


@blueprint.post("/consultations/<slug>/ballot/choose/")
@guarded(may_take_part)
def choose(slug: str) -> ResponseReturnValue:
    """Take up the ranking prepared in this browser before signing in, or keep what the account has."""
    consultation, browser = consultation_taken_part_in(slug), visitor_before_sign_in()
    acts = {"take": (take_brought, "ballots.review"), "keep": (drop_brought, "ballots.compose")}
    if (choice := request.form.get("choice", "")) not in acts:
        raise Invalid
    act, next_page = acts[choice]
    if browser:
        act(current_actor(), browser, consultation)
    return redirect(url_for(next_page, slug=slug), code=303)


def reviewed_by_visitor(consultation: Consultation) -> ResponseReturnValue:
    """The ranking of somebody without an account, in order, and how to make it count; NotSignedIn where there is none.

    Whoever comes here without a ranking may have one in an account.
    """
    order = papers_here(consultation).sheet.order
    if order is None:
        raise NotSignedIn
    recommendations = recommendations_of(consultation.id)
    return render_template(
        "ballots/review_visitor.html",
        consultation=consultation,
        lines=lines_of(order, recommendations),
        aside=aside_of(order, recommendations),
    )


def kept_for_sign_in(slug: str, order: WeakOrder | None) -> ResponseReturnValue:
    """Keep in this browser what was to be cast by somebody no longer signed in, and say how to go on."""
    if order is None:
        enforce(may_take_part(None, consultation_prepared_in(slug)))
    save_here(consultation_prepared_in(slug), Sheet.of(order))
    return redirect(url_for("ballots.review", slug=slug), code=303)
