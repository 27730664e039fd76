"""Review, cast, receipt, withdraw."""

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consultation.domain.errors import EmptyRanking, ForeignRecommendation, Missing
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.ballots.forms import CastForm, WithdrawForm, as_text
from consultation.features.ballots.queries import ballot_of, papers_of
from consultation.features.ballots.serializers import aside_of, lines_of, proof_of
from consultation.features.ballots.services import cast_ballot, withdraw_ballot
from consultation.features.ballots.views.doors import blueprint, consultation_taken_part_in
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_take_part
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure import clock
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor


@blueprint.get("/consultations/<slug>/ballot/review/")
@guarded(may_take_part)
def review(slug: str) -> ResponseReturnValue:
    """The ranking in order, what it leaves out, and the button that casts it."""
    consultation = consultation_taken_part_in(slug)
    order = papers_of(current_actor(), consultation).sheet.order
    if order is None:
        return redirect(url_for("ballots.compose", slug=slug), code=303)
    return _reviewed(consultation, order, CastForm(formdata=None, ranking=as_text(order)))


@blueprint.post("/consultations/<slug>/ballot/cast/")
@guarded(may_take_part)
def cast(slug: str) -> ResponseReturnValue:
    """Cast the ranking that was reviewed; nothing else is written, nothing is remembered of who did."""
    consultation, form = consultation_taken_part_in(slug), CastForm()
    order = form.order()
    if order is None:
        raise EmptyRanking
    if not form.validate():
        return _reviewed(consultation, order, form), 422
    cast_ballot(current_actor(), consultation, order, form.consent_given())
    return redirect(url_for("ballots.receipt", slug=slug), code=303)


@blueprint.get("/consultations/<slug>/ballot/receipt/")
@guarded(may_take_part)
def receipt(slug: str) -> ResponseReturnValue:
    """The ballot as it was cast, with its commitment; to its owner, until the close."""
    consultation = consultation_taken_part_in(slug)
    content = ballot_of(current_actor(), consultation)
    if content is None:
        return redirect(url_for("ballots.compose", slug=slug), code=303)
    said, recommendations = content.said(), recommendations_of(consultation.id)
    return render_template(
        "ballots/receipt.html",
        consultation=consultation,
        content=content,
        said=said,
        lines=lines_of(said.order, recommendations),
        aside=aside_of(said.order, recommendations),
        today=clock.today(),
    )


@blueprint.get("/consultations/<slug>/ballot/receipt.txt")
@guarded(may_take_part)
def proof(slug: str) -> ResponseReturnValue:
    """What lets its owner compute the commitment again, as a text file."""
    content = ballot_of(current_actor(), consultation_taken_part_in(slug))
    if content is None:
        raise Missing
    response = Response(proof_of(content), mimetype="text/plain")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-ballot.txt"'
    return response


@blueprint.get("/consultations/<slug>/ballot/withdraw/")
@guarded(may_take_part)
def ask_withdraw(slug: str) -> ResponseReturnValue:
    """What withdrawing does, and the button."""
    consultation = consultation_taken_part_in(slug)
    papers = papers_of(current_actor(), consultation)
    if papers.ballot is None and papers.draft is None:
        return redirect(url_for("ballots.compose", slug=slug), code=303)
    return render_template("ballots/withdraw.html", consultation=consultation, papers=papers, form=WithdrawForm())


@blueprint.post("/consultations/<slug>/ballot/withdraw/")
@guarded(may_take_part)
def withdraw(slug: str) -> ResponseReturnValue:
    """Withdraw the ballot and the draft."""
    withdraw_ballot(current_actor(), consultation_taken_part_in(slug))
    return redirect(url_for("ballots.compose", slug=slug, done="withdrawn"), code=303)


def _reviewed(consultation: Consultation, order: WeakOrder, form: CastForm) -> str:
    recommendations = recommendations_of(consultation.id)
    if not {one.number for one in recommendations} >= set(order.ranked()):
        raise ForeignRecommendation
    return render_template(
        "ballots/review.html",
        consultation=consultation,
        college=current_actor().college,
        lines=lines_of(order, recommendations),
        aside=aside_of(order, recommendations),
        form=form,
    )
