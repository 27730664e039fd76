"""The moderators' desk: the queue, one case at a time, and its decision."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import AlreadyDecided, JudgedTextChanged
from consultation.domain.moderation.grounds import Outcome
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import MODERATOR
from consultation.features.comments.queries import wrote_in_thread
from consultation.features.comments.queries.waiting import held_counts
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import all_consultations_for, consultation_by_slug
from consultation.features.moderation.forms import DecisionForm
from consultation.features.moderation.models import OPEN, Case, Decision
from consultation.features.moderation.policies import may_decide, may_see_queue, may_use_desk
from consultation.features.moderation.queries import (
    QueuedCase,
    case_of,
    decision_of_case,
    figures_of,
    notices_of,
    open_counts,
    queue_of,
    thread_around,
)
from consultation.features.moderation.serializers import (
    counts_by_ground,
    desk_rows,
    example_for,
    figures_shown,
    judged,
    notices_shown,
    queue_rows,
    recommendation_in_words,
    sentences_offered,
    voices_around,
)
from consultation.features.moderation.services import decide_case
from consultation.features.moderation.views import blueprint as blueprint
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter


@blueprint.get("/moderation/")
@guarded(may_use_desk)
def desk() -> ResponseReturnValue:
    """The consultations that the actor moderates, with what waits in each."""
    actor = current_actor()
    enforce(may_use_desk(actor))
    mine = [one for one in all_consultations_for(actor) if actor.holds(MODERATOR, one.id)]
    rows = desk_rows(mine, open_counts([one.id for one in mine]))
    return render_template("moderation/desk.html", rows=rows)


@blueprint.get("/moderation/<slug>/")
@guarded(may_see_queue)
def queue(slug: str) -> ResponseReturnValue:
    """The queue of a consultation, with the first case that the actor may decide."""
    consultation = _moderated(slug)
    waiting = _waiting(consultation)
    first = next((queued for queued in waiting if not queued.took_part), waiting[0] if waiting else None)
    chosen = case_of(consultation, first.case.id) if first else None
    return _desk_page("moderation/queue.html", consultation, waiting, chosen)


@blueprint.get("/moderation/<slug>/cases/<case_id>/")
@guarded(may_see_queue)
def case(slug: str, case_id: str) -> ResponseReturnValue:
    """One case beside the queue."""
    consultation = _moderated(slug)
    chosen = case_of(consultation, case_id)
    return _desk_page("moderation/case.html", consultation, _waiting(consultation), chosen)


@blueprint.post("/moderation/<slug>/cases/<case_id>/decide/")
@guarded(may_see_queue, may_decide)
@limiter.limit(limits.WRITE)
def decide(slug: str, case_id: str) -> ResponseReturnValue:
    """Record the decision of a case, then pass to the next one."""
    consultation = _moderated(slug)
    chosen = case_of(consultation, case_id)
    form = DecisionForm()
    if not form.validate_on_submit():
        return _desk_page("moderation/case.html", consultation, _waiting(consultation), chosen, form), 422
    try:
        decision = decide_case(current_actor(), chosen, form.seen(), form.reasons(), form.templates())
    except AlreadyDecided:
        return _too_late(consultation, chosen, form), 409
    except JudgedTextChanged as refusal:
        form.read_again(refusal, case_of(consultation, case_id).version)
        return _desk_page("moderation/case.html", consultation, _waiting(consultation), chosen, form), 409
    flash(_done(decision), "success")
    return redirect(url_for("moderation.queue", slug=slug), code=303)


def _moderated(slug: str) -> Consultation:
    consultation = consultation_by_slug(slug)
    enforce(may_see_queue(current_actor(), consultation))
    return consultation


def _waiting(consultation: Consultation) -> list[QueuedCase]:
    return queue_of(consultation.id, current_actor().id)


def _desk_page(
    template: str,
    consultation: Consultation,
    waiting: Sequence[QueuedCase],
    chosen: Case | None,
    form: DecisionForm | None = None,
) -> str:
    return render_template(
        template,
        consultation=consultation,
        figures=figures_shown(figures_of(consultation.id)),
        readings=held_counts([consultation.id]).get(consultation.id, 0),
        rows=queue_rows(waiting, consultation, chosen),
        case=chosen,
        **(_case_shown(chosen, form) if chosen else {}),
    )


def _case_shown(chosen: Case, form: DecisionForm | None) -> dict[str, object]:
    actor, comment = current_actor(), chosen.comment
    notices = notices_of(chosen.id)
    is_open = chosen.state == OPEN
    return {
        "comment": judged(comment),
        "sources": comment.sources,
        "recommendation": comment.recommendation,
        "place": recommendation_in_words(comment),
        "voices": voices_around(comment, thread_around(comment)),
        "notices": notices_shown(notices),
        "notice_counts": counts_by_ground(notices),
        "verdict": may_decide(actor, chosen, took_part=wrote_in_thread(actor.id, comment)),
        "form": form or DecisionForm(data={"version": chosen.version}) if is_open else None,
        "decision": None if is_open else decision_of_case(chosen.id),
        "statement_hint": example_for(notices),
        "sentences": sentences_offered(),
    }


def _too_late(consultation: Consultation, chosen: Case, form: DecisionForm) -> str:
    """What a colleague decided meanwhile, with what was typed, which is recorded nowhere."""
    return render_template(
        "moderation/decide.html", consultation=consultation, typed=form, decision=decision_of_case(chosen.id)
    )


def _done(decision: Decision) -> str:
    if decision.outcome == Outcome.WITHHOLD:
        return _("The comment is withheld. Its author is told why.")
    return _("The comment is kept.")
