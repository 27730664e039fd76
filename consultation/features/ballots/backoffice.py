"""The closing ceremony as organisers begin and follow it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consultation.domain.phases import Phase
from consultation.domain.verdicts import enforce
from consultation.features.accounts.policies import may_join_team_work
from consultation.features.ballots.jobs import run_ceremony
from consultation.features.ballots.queries import ceremony_state
from consultation.features.ballots.serializers import steps_of
from consultation.features.ballots.services import begin_closing
from consultation.features.ballots.views import blueprint as blueprint
from consultation.features.consultations.policies import may_close, may_organise_consultation
from consultation.features.consultations.services import consultation_led_by
from consultation.infrastructure.jobs import enqueue
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter


@blueprint.get("/organise/<slug>/ceremony/")
@guarded(may_join_team_work, may_organise_consultation)
def ceremony(slug: str) -> ResponseReturnValue:
    """How far the ceremony has come, step by step."""
    consultation = consultation_led_by(current_actor(), slug)
    steps = steps_of(ceremony_state(consultation))
    return render_template(
        "ballots/ceremony.html",
        consultation=consultation,
        steps=steps,
        done=sum(step.state == "done" for step in steps),
        is_stopped=any(step.state == "refused" for step in steps),
        is_under_way=consultation.phase == Phase.CLOSING,
        may_close=may_close(current_actor(), consultation),
    )


@blueprint.get("/organise/<slug>/close/")
@guarded(may_join_team_work, may_close)
def ask_close(slug: str) -> ResponseReturnValue:
    """Say what closing before the date means, before it is done."""
    consultation = consultation_led_by(current_actor(), slug)
    enforce(may_close(current_actor(), consultation))
    return render_template("ballots/ask_close.html", consultation=consultation)


@blueprint.post("/organise/<slug>/close/")
@limiter.limit(limits.WRITE)
@guarded(may_join_team_work, may_close)
def close(slug: str) -> ResponseReturnValue:
    """Set the fence at once and leave the rest of the ceremony to the worker; again, to take it up where it stopped."""
    consultation = consultation_led_by(current_actor(), slug)
    begin_closing(current_actor(), consultation)
    enqueue(run_ceremony, consultation_id=str(consultation.id))
    return redirect(url_for("ballots.ceremony", slug=slug), code=303)
