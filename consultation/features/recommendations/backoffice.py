"""The organisers' desk of answers: what becomes of each recommendation, and by which day."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import PromiseRefused, WrittenMeanwhile
from consultation.domain.verdicts import enforce
from consultation.features.accounts.policies import may_join_team_work
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_organise_consultation
from consultation.features.consultations.services import consultation_led_by
from consultation.features.recommendations.forms import OutcomeForm, PromiseForm
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.policies import may_give_outcome, may_promise_answers
from consultation.features.recommendations.queries import (
    outcome_of,
    recommendation_by_number,
    recommendations_with_outcomes,
)
from consultation.features.recommendations.serializers import awaited_of, desk_rows_of, outcome_shown, promised_of
from consultation.features.recommendations.services import give_outcome, promise_answers
from consultation.features.recommendations.views import blueprint as blueprint
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter


@blueprint.get("/organise/<slug>/outcomes/")
@guarded(may_join_team_work, may_organise_consultation)
def outcomes_desk(slug: str) -> ResponseReturnValue:
    """Each recommendation with its outcome, and the day promised."""
    consultation = consultation_led_by(current_actor(), slug)
    recommendations = recommendations_with_outcomes(consultation.id)
    return render_template(
        "recommendations/outcomes_desk.html",
        consultation=consultation,
        rows=desk_rows_of(consultation, recommendations),
        promised=awaited_of(consultation, recommendations),
        is_promised=consultation.answers_on is not None,
        verdict=may_give_outcome(current_actor(), consultation),
    )


@blueprint.route("/organise/<slug>/outcomes/<int:number>/", methods=["GET", "POST"])
@guarded(may_join_team_work, may_give_outcome)
@limiter.limit(limits.WRITE, methods=["POST"])
def decide(slug: str, number: int) -> ResponseReturnValue:
    """The form that says what becomes of a recommendation, or changes it."""
    consultation = consultation_led_by(current_actor(), slug)
    enforce(may_give_outcome(current_actor(), consultation))
    recommendation = recommendation_by_number(consultation, number)
    form = OutcomeForm() if request.method == "POST" else OutcomeForm.about(recommendation.outcome)
    if not form.validate_on_submit():
        return _outcome_page(consultation, recommendation, form), 422 if form.is_refused else 200
    try:
        give_outcome(current_actor(), consultation, recommendation, form.decided(), form.words(), form.seen())
    except WrittenMeanwhile:
        return _outcome_page(consultation, recommendation, form, is_stale=True), 409
    flash(_("The outcome of recommendation %(number)s is public now.", number=number), "success")
    return redirect(url_for("recommendations.outcomes_desk", slug=slug), code=303)


@blueprint.route("/organise/<slug>/promise/", methods=["GET", "POST"])
@guarded(may_join_team_work, may_promise_answers)
@limiter.limit(limits.WRITE, methods=["POST"])
def promise(slug: str) -> ResponseReturnValue:
    """The form that promises a day for the answers, or another one with a reason."""
    consultation = consultation_led_by(current_actor(), slug)
    form = PromiseForm()
    if consultation.answers_on is None:
        del form.reason
    if form.validate_on_submit() and _promised(consultation, form):
        flash(_("The day is promised: readers see it from now on."), "success")
        return redirect(url_for("recommendations.outcomes_desk", slug=slug), code=303)
    page = render_template(
        "recommendations/promise.html", consultation=consultation, form=form, promised=promised_of(consultation)
    )
    return page, 422 if form.is_refused else 200


def _promised(consultation: Consultation, form: PromiseForm) -> bool:
    try:
        promise_answers(current_actor(), consultation, form.promised(), form.words())
    except PromiseRefused as refusal:
        about_reason = form.reason and str(refusal.values["reason"]).endswith("reason")
        form.refuse(refusal, "reason" if about_reason else "day")
        return False
    return True


def _outcome_page(
    consultation: Consultation, recommendation: Recommendation, form: OutcomeForm, *, is_stale: bool = False
) -> str:
    """The form; where a colleague was faster, beside their words, ready to be sent again knowingly."""
    outcome = outcome_of(recommendation)
    if is_stale:
        form.carry(outcome.version if outcome else 0)
    return render_template(
        "recommendations/decide.html",
        consultation=consultation,
        recommendation=recommendation,
        form=form,
        is_there=outcome is not None,
        theirs=outcome_shown(outcome) if is_stale and outcome else None,
        is_stale=is_stale,
    )
