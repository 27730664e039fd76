"""Review, cast, withdraw."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consultation.domain.errors import EmptyRanking, ForeignRecommendation
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.ballots.forms import CastForm, WithdrawForm, cast_form
from consultation.features.ballots.policies import may_prepare
from consultation.features.ballots.queries import Papers
from consultation.features.ballots.serializers import aside_of, lines_of
from consultation.features.ballots.services import cast_ballot, withdraw_ballot
from consultation.features.ballots.views.doors import (
    blueprint,
    consultation_prepared_in,
    consultation_taken_part_in,
    limited_for_visitors,
    papers_here,
    take_up_here,
)
from consultation.features.ballots.views.visitors import kept_for_sign_in, reviewed_by_visitor
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_take_part
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.unit_of_work import reads_first


@blueprint.get("/consultations/<slug>/ballot/review/")
@guarded(may_prepare)
def review(slug: str) -> ResponseReturnValue:
    """The ranking in order, what it leaves out, and the button that casts it; for a visitor, how to come to it."""
    consultation = consultation_prepared_in(slug)
    if current_actor() is None:
        return reviewed_by_visitor(consultation)
    papers = papers_here(consultation)
    if papers.sheet.order is None:
        return redirect(url_for("ballots.compose", slug=slug, done="elsewhere"), code=303)
    form = cast_form(papers.sheet.order, recommendations_of(consultation.id), papers.ballot)
    return _reviewed(consultation, papers, papers.sheet.order, form)


@blueprint.post("/consultations/<slug>/ballot/cast/")
@limited_for_visitors
@reads_first
@guarded(may_take_part)
def cast(slug: str) -> ResponseReturnValue:
    """Cast the ranking that was reviewed; nothing else is written, nothing is remembered of who did."""
    form = CastForm()
    order = form.order()
    if current_actor() is None:
        return kept_for_sign_in(slug, order)
    consultation = consultation_taken_part_in(slug)
    if order is None:
        raise EmptyRanking
    if not form.validate():
        return _reviewed(consultation, papers_here(consultation), order, form), 422
    take_up_here(consultation)
    cast_ballot(current_actor(), consultation, order, form.consent_given(), form.witness(), form.seen())
    return redirect(url_for("ballots.receipt", slug=slug), code=303)


@blueprint.get("/consultations/<slug>/ballot/withdraw/")
@guarded(may_take_part)
def ask_withdraw(slug: str) -> ResponseReturnValue:
    """What withdrawing does, and the button."""
    consultation = consultation_taken_part_in(slug)
    papers = papers_here(consultation)
    if papers.ballot is None and papers.draft is None and papers.brought is None:
        return redirect(url_for("ballots.compose", slug=slug), code=303)
    return render_template("ballots/withdraw.html", consultation=consultation, papers=papers, form=WithdrawForm())


@blueprint.post("/consultations/<slug>/ballot/withdraw/")
@guarded(may_take_part)
def withdraw(slug: str) -> ResponseReturnValue:
    """Withdraw the ballot and the draft."""
    consultation = consultation_taken_part_in(slug)
    take_up_here(consultation)
    withdraw_ballot(current_actor(), consultation)
    return redirect(url_for("ballots.compose", slug=slug, done="withdrawn"), code=303)


def _reviewed(consultation: Consultation, papers: Papers, order: WeakOrder, form: CastForm) -> str:
    recommendations = recommendations_of(consultation.id)
    if not {one.number for one in recommendations} >= set(order.ranked()):
        raise ForeignRecommendation
    return render_template(
        "ballots/review.html",
        consultation=consultation,
        papers=papers,
        college=current_actor().college,
        lines=lines_of(order, recommendations),
        aside=aside_of(order, recommendations),
        form=form,
    )
