"""Pages of the ballot: compose, review, cast, receipt, withdraw."""

from collections.abc import Callable

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consultation.domain.errors import EmptyRanking, ForeignRecommendation, Missing
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verdicts import enforce
from consultation.features.ballots.forms import CastForm, Move, SheetForm, WithdrawForm, as_text, sheet_form
from consultation.features.ballots.models import Sheet
from consultation.features.ballots.policies import may_see_paper
from consultation.features.ballots.queries import ballot_of, papers_of
from consultation.features.ballots.serializers import aside_of, lines_of, paper_of, proof_of, said_of
from consultation.features.ballots.services import cast_ballot, save_draft, withdraw_ballot
from consultation.features.colleges.queries import claim_of
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_take_part
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.serializers import page_of
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure import clock
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor

# No rate limit here: its counters would keep, beside an account, that it casts and when.
blueprint = Blueprint("ballots", __name__)


@blueprint.after_request
def _never_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/consultations/<slug>/ballot/")
@guarded(may_see_paper)
def compose(slug: str) -> ResponseReturnValue:
    """The ballot paper; for a visitor, what it is and how to take part."""
    consultation, actor = consultation_by_slug(slug), current_actor()
    enforce(may_see_paper(actor, consultation))
    if actor is None:
        recommendations = recommendations_of(consultation.id)
        return render_template(
            "ballots/visitor.html", recommendations=recommendations, **page_of(consultation, "ballot")
        )
    enforce(may_take_part(actor, consultation))
    return _composed(consultation)


@blueprint.post("/consultations/<slug>/ballot/")
@guarded(may_take_part)
def save(slug: str) -> ResponseReturnValue:
    """Save the draft, whichever button was pressed, after the move that it asks for."""
    consultation, actor = _consultation_taken_part_in(slug), current_actor()
    form = sheet_form(recommendations_of(consultation.id))
    if not form.validate() or (move := form.move()) is None:
        return _composed(consultation, form), 422
    sheet = _moved(form.sheet(), move)
    save_draft(actor, consultation, sheet.order, sheet.shown)
    return redirect(_next_page(slug, move), code=303)


@blueprint.get("/consultations/<slug>/ballot/review/")
@guarded(may_take_part)
def review(slug: str) -> ResponseReturnValue:
    """The ranking in order, what it leaves out, and the button that casts it."""
    consultation = _consultation_taken_part_in(slug)
    order = papers_of(current_actor(), consultation).sheet.order
    if order is None:
        return redirect(url_for("ballots.compose", slug=slug), code=303)
    return _reviewed(consultation, order, CastForm(formdata=None, ranking=as_text(order)))


@blueprint.post("/consultations/<slug>/ballot/cast/")
@guarded(may_take_part)
def cast(slug: str) -> ResponseReturnValue:
    """Cast the ranking that was reviewed; nothing else is written, nothing is remembered of who did."""
    consultation, form = _consultation_taken_part_in(slug), CastForm()
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
    consultation = _consultation_taken_part_in(slug)
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
    content = ballot_of(current_actor(), _consultation_taken_part_in(slug))
    if content is None:
        raise Missing
    response = Response(proof_of(content), mimetype="text/plain")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-ballot.txt"'
    return response


@blueprint.get("/consultations/<slug>/ballot/withdraw/")
@guarded(may_take_part)
def ask_withdraw(slug: str) -> ResponseReturnValue:
    """What withdrawing does, and the button."""
    consultation = _consultation_taken_part_in(slug)
    papers = papers_of(current_actor(), consultation)
    if papers.ballot is None and papers.draft is None:
        return redirect(url_for("ballots.compose", slug=slug), code=303)
    return render_template("ballots/withdraw.html", consultation=consultation, papers=papers, form=WithdrawForm())


@blueprint.post("/consultations/<slug>/ballot/withdraw/")
@guarded(may_take_part)
def withdraw(slug: str) -> ResponseReturnValue:
    """Withdraw the ballot and the draft."""
    withdraw_ballot(current_actor(), _consultation_taken_part_in(slug))
    return redirect(url_for("ballots.compose", slug=slug, done="withdrawn"), code=303)


def _consultation_taken_part_in(slug: str) -> Consultation:
    consultation = consultation_by_slug(slug)
    enforce(may_see_paper(current_actor(), consultation))
    enforce(may_take_part(current_actor(), consultation))
    return consultation


def _composed(consultation: Consultation, form: SheetForm | None = None) -> str:
    actor, recommendations = current_actor(), recommendations_of(consultation.id)
    papers = papers_of(actor, consultation)
    is_numeric = request.args.get("order") == "numeric"
    claim = claim_of(actor)
    return render_template(
        "ballots/compose.html",
        paper=paper_of(consultation, recommendations, papers, form, by_number=is_numeric),
        papers=papers,
        is_numeric=is_numeric,
        is_pending=claim is not None and claim.is_pending,
        has_changed_college=papers.ballot is not None and papers.ballot.said().college != actor.college,
        said=said_of(request.args.get("done", ""), papers.sheet),
        **({"form": form} if form else {}),
        **page_of(consultation, "ballot"),
    )


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


def _moved(sheet: Sheet, move: Move) -> Sheet:
    if move.number is None:
        return sheet.in_order() if move.kind == "sort" else sheet
    acts: dict[str, Callable[[int], Sheet]] = {
        "up": sheet.with_raised,
        "down": sheet.with_lowered,
        "add": sheet.with_added,
    }
    return acts[move.kind](move.number)


def _next_page(slug: str, move: Move) -> str:
    """Where a button leads; what was moved stands in the address for the next page alone, never in the cookie."""
    if move.kind == "review":
        return url_for("ballots.review", slug=slug)
    order = "numeric" if request.args.get("order") == "numeric" else None
    anchor = f"r{move.number}" if move.number else None
    return url_for("ballots.compose", slug=slug, order=order, done=move.number or move.kind, _anchor=anchor)
