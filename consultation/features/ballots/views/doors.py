"""What all pages of the ballot share: a blueprint that leaves no trace, who may come in, and who is at work."""

from typing import cast

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from consultation.domain.errors import BallotTooLate, ConfirmedTooLate
from consultation.domain.verdicts import enforce
from consultation.features.ballots.models import Sheet
from consultation.features.ballots.models.holders import Holder, Visitor
from consultation.features.ballots.policies import may_prepare, may_see_paper
from consultation.features.ballots.queries import Papers, papers_of
from consultation.features.ballots.services import save_draft, take_up
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_take_part
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure.web import visits
from consultation.infrastructure.web.access import View
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter

# Of people signed in nothing is counted: a counter would keep, beside an account, that it casts and when.
blueprint = Blueprint("ballots", __name__)

# What one network may write without an account: enough for a class behind one address, not to fill a database.
NEW_DRAFTS = "200 per hour"
SAVES = "3000 per 10 minutes"
_WORK = "ballot:"


@blueprint.after_request
def _never_kept(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@blueprint.app_context_processor
def _what_waits() -> dict[str, object]:
    return {"a_ranking_waits": _a_ranking_waits}


@blueprint.errorhandler(ConfirmedTooLate)
def too_late(_refusal: ConfirmedTooLate) -> ResponseReturnValue:
    """Say to whom it concerns that a ranking prepared without an account was not cast in time."""
    return render_template("ballots/too_late.html", consultation=consultation_by_slug(_slug())), 409


def limited_for_visitors(view: View) -> View:
    """Bound what visitors of one network may keep: drafts begun, and drafts saved."""
    begun = limiter.shared_limit(NEW_DRAFTS, scope="drafts begun by visitors", exempt_when=_has_begun)
    saved = limiter.shared_limit(SAVES, scope="drafts saved by visitors", exempt_when=_is_signed_in)
    return cast(View, begun(saved(view)))


def consultation_taken_part_in(slug: str) -> Consultation:
    """The consultation in which the actor may cast a ballot at this moment; the refusal says why not."""
    consultation = _consultation_shown(slug)
    enforce(may_take_part(current_actor(), consultation))
    return consultation


def consultation_prepared_in(slug: str) -> Consultation:
    """The consultation for which whoever is here, with an account or without, may prepare a ranking at this moment."""
    consultation = _consultation_shown(slug)
    enforce(may_prepare(current_actor(), consultation))
    return consultation


def holder_of_request() -> Holder:
    """Whose paper this is: that of the account signed in, else of this browser's visitor, whose identifier is drawn."""
    return current_actor() or Visitor(visits.begun_visit())


def visitor_before_sign_in() -> Visitor | None:
    """Whoever somebody signed in was in this browser, where a ranking of theirs may still wait; None otherwise."""
    identifier = visits.visit_id()
    return Visitor(identifier) if identifier and current_actor() else None


def papers_here(consultation: Consultation) -> Papers:
    """The papers of whoever is here, and what they brought from before signing in."""
    browser = visitor_before_sign_in()
    papers = papers_of(holder_of_request(), consultation, browser)
    if browser and papers.brought is None:
        visits.drop(_WORK + consultation.slug)
        visits.end()
    return papers


def take_up_here(consultation: Consultation) -> None:
    """Let what somebody signed in brought join their account, at their first act and never at a mere look."""
    if browser := visitor_before_sign_in():
        take_up(current_actor(), browser, consultation)


def save_here(consultation: Consultation, sheet: Sheet, *, made_for_visitor: bool = False) -> None:
    """Save the draft of whoever is here; of a visitor's, note in the browser that it waits.

    A page that was made before signing in still saves a visitor's draft, which then joins the account as it may.
    """
    actor = current_actor()
    if actor is None or made_for_visitor:
        save_draft(Visitor(visits.begun_visit()), consultation, sheet)
        note = visits.drop if sheet.is_blank else visits.keep
        note(_WORK + consultation.slug)
        take_up_here(consultation)
    else:
        take_up_here(consultation)
        save_draft(actor, consultation, sheet)


def _consultation_shown(slug: str) -> Consultation:
    consultation = consultation_by_slug(slug)
    verdict = may_see_paper(current_actor(), consultation)
    if isinstance(verdict.refusal, BallotTooLate) and visits.waits(_WORK + slug):
        raise ConfirmedTooLate
    enforce(verdict)
    return consultation


def _a_ranking_waits() -> bool:
    return any(work.startswith(_WORK) for work in visits.waiting())


def _slug() -> str:
    return str((request.view_args or {})["slug"])


def _has_begun() -> bool:
    return _is_signed_in() or visits.waits(_WORK + _slug())


def _is_signed_in() -> bool:
    return bool(current_user.is_authenticated)
