"""The ballot paper: compose and save."""

from collections.abc import Callable
from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consultation.features.ballots.forms import Move, SheetForm, sheet_form
from consultation.features.ballots.models import Sheet
from consultation.features.ballots.policies import may_prepare
from consultation.features.ballots.queries import Papers
from consultation.features.ballots.serializers import mark_of, paper_of, said_of
from consultation.features.ballots.views.doors import (
    blueprint,
    consultation_prepared_in,
    limited_for_visitors,
    papers_here,
    save_here,
)
from consultation.features.colleges.queries import claim_of
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.serializers import page_of
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor


@blueprint.get("/consultations/<slug>/ballot/")
@guarded(may_prepare)
def compose(slug: str) -> ResponseReturnValue:
    """The ballot paper, of somebody signed in or of a visitor."""
    return _composed(consultation_prepared_in(slug))


@blueprint.post("/consultations/<slug>/ballot/")
@limited_for_visitors
@guarded(may_prepare)
def save(slug: str) -> ResponseReturnValue:
    """Save the draft, whichever button was pressed, after the move that it asks for."""
    consultation = consultation_prepared_in(slug)
    form = sheet_form(recommendations_of(consultation.id))
    if not form.validate() or (move := form.move()) is None:
        return _composed(consultation, form), 422
    sheet = _moved(form.sheet(), move)
    is_over = _is_over_another(papers_here(consultation).sheet, form, sheet)
    save_here(consultation, sheet, made_for_visitor=form.is_of_visitor())
    has_expired = form.is_of_account() and current_actor() is None
    if request.headers.get("X-Requested-With") == "fetch" and not has_expired:
        return _paper_alone(consultation, move, is_over=is_over)
    return redirect(_next_page(slug, move, is_over=is_over, has_expired=has_expired), code=303)


def _composed(consultation: Consultation, form: SheetForm | None = None) -> str:
    actor, papers = current_actor(), papers_here(consultation)
    claim = claim_of(actor) if actor else None
    return render_template(
        "ballots/compose.html",
        papers=papers,
        is_pending=claim is not None and claim.is_pending,
        has_changed_college=papers.ballot is not None and papers.ballot.said().college != actor.college,
        said=said_of(request.args.get("done", ""), papers.sheet, is_over="over" in request.args),
        **_paper(consultation, papers, form),
        **({"form": form} if form else {}),
        **page_of(consultation, "ballot"),
    )


def _paper(consultation: Consultation, papers: Papers, form: SheetForm | None = None) -> dict[str, Any]:
    """What ballots/paper.html needs beside the consultation."""
    is_numeric = request.args.get("order") == "numeric"
    paper = paper_of(consultation, recommendations_of(consultation.id), papers, form, by_number=is_numeric)
    return {"paper": paper, "is_numeric": is_numeric}


def _paper_alone(consultation: Consultation, move: Move, *, is_over: bool) -> Response:
    """What a script puts in the place of the paper that it sent, in the words of the page."""
    papers = papers_here(consultation)
    values = _paper(consultation, papers)
    return jsonify(
        paper=render_template("ballots/paper.html", consultation=consultation, **values),
        mark=values["paper"].mark,
        said=said_of(str(move.number or move.kind), papers.sheet, is_over=is_over, is_aside=move.kind == "rank"),
        status=values["paper"].status,
    )


def _moved(sheet: Sheet, move: Move) -> Sheet:
    if move.number is None:
        return {"sort": sheet.in_order(), "erase": Sheet()}.get(move.kind, sheet)
    acts: dict[str, Callable[[int], Sheet]] = {
        "up": sheet.with_raised,
        "down": sheet.with_lowered,
        "add": sheet.with_added,
        "rank": lambda _number: sheet,
    }
    return acts[move.kind](move.number)


def _is_over_another(before: Sheet, form: SheetForm, after: Sheet) -> bool:
    """Whether another window, or another device, saved something else since this page was made."""
    return before.order != after.order and form.mark() not in ("", mark_of(before))


def _next_page(slug: str, move: Move, *, is_over: bool, has_expired: bool) -> str:
    """Where a button leads; what was moved stands in the address for the next page alone, never in the cookie."""
    if move.kind == "review":
        return url_for("ballots.review", slug=slug)
    order = "numeric" if request.args.get("order") == "numeric" else None
    anchor = f"r{move.number}" if move.number else None
    done = "expired" if has_expired else move.number or move.kind
    return url_for("ballots.compose", slug=slug, order=order, done=done, over=is_over or None, _anchor=anchor)
