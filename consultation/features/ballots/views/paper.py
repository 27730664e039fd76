"""The ballot paper: compose and save."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consultation.domain.verdicts import enforce
from consultation.features.ballots.forms import Move, SheetForm, sheet_form
from consultation.features.ballots.models import Sheet
from consultation.features.ballots.policies import may_see_paper
from consultation.features.ballots.queries import papers_of
from consultation.features.ballots.serializers import paper_of, said_of
from consultation.features.ballots.services import save_draft
from consultation.features.ballots.views.doors import blueprint, consultation_taken_part_in
from consultation.features.colleges.queries import claim_of
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_take_part
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.consultations.serializers import page_of
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor


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
    consultation, actor = consultation_taken_part_in(slug), current_actor()
    form = sheet_form(recommendations_of(consultation.id))
    if not form.validate() or (move := form.move()) is None:
        return _composed(consultation, form), 422
    sheet = _moved(form.sheet(), move)
    save_draft(actor, consultation, sheet)
    return redirect(_next_page(slug, move), code=303)


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
