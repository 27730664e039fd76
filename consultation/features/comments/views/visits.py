"""Whoever writes before having an account: what their browser keeps, and what is said of it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import TooManyWaiting
from consultation.features.comments.forms import CommentForm
from consultation.features.comments.models.drafts import Draft, Visitor
from consultation.features.comments.queries.waiting import drafts_of, waiting_figures
from consultation.features.comments.services import keep_comment
from consultation.features.comments.views.doors import blueprint
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.web import visits
from consultation.infrastructure.web.actor import current_actor

_WORK = "comments:"


@blueprint.app_context_processor
def _what_waits() -> dict[str, object]:
    return {
        "consultations_with_comments_waiting": consultations_with_comments_waiting,
        "unconfirmed_comments": waiting_figures,
    }


def consultations_with_comments_waiting() -> list[str]:
    """The consultations for which comments wait in this browser, by what stands for them in addresses."""
    return [work.removeprefix(_WORK) for work in visits.waiting() if work.startswith(_WORK)]


def visitor_here() -> Visitor | None:
    """Whoever wrote in this browser without an account, where somebody did."""
    identifier = visits.visit_id()
    return Visitor(identifier) if identifier else None


def drafts_here(consultation: Consultation) -> list[Draft]:
    """All that waits here for an act of whoever looks; the browser's note of it goes once nothing does."""
    visitor = visitor_here()
    drafts = drafts_of(current_actor(), visitor, consultation)
    if visitor and all(draft.advice for draft in drafts):
        visits.drop(_WORK + consultation.slug)
        visits.end()
    return drafts


def keep_here(
    form: CommentForm, consultation: Consultation, recommendation: Recommendation, replies_to: str | None
) -> ResponseReturnValue | None:
    """Let what a visitor wrote wait in this browser, and say so; None where something is to be corrected first."""
    if not form.validate_on_submit() or not form.is_settled:
        return None
    try:
        keep_comment(Visitor(visits.begun_visit()), recommendation, form.argument(form.key()), replies_to)
    except TooManyWaiting as refusal:
        form.refuse(refusal)
        return None
    visits.keep(_WORK + consultation.slug)
    flash(_("Your comment is kept in this browser. It is not public yet."), "success")
    return redirect(url_for("comments.waiting", slug=consultation.slug), code=303)
