"""The organisers' part in ballots: the counting plan, the closing ceremony, the auditors."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import AuditorRefused, PlanRefused
from consultation.domain.phases import Phase
from consultation.domain.verdicts import enforce
from consultation.domain.verifiability.plan import CountingPlan
from consultation.features.accounts.policies import may_join_team_work
from consultation.features.ballots.forms.auditors import AuditorForm, StatementForm
from consultation.features.ballots.forms.plans import PlanForm, plan_form
from consultation.features.ballots.jobs import run_ceremony
from consultation.features.ballots.policies import may_change_plan, may_name_auditors
from consultation.features.ballots.queries import ceremony_state, plan_in_force
from consultation.features.ballots.queries.auditors import auditor_named, auditors_and_proposals_of
from consultation.features.ballots.queries.openings import openings_kept_until
from consultation.features.ballots.serializers import steps_of
from consultation.features.ballots.serializers.auditors import desk_auditors_of
from consultation.features.ballots.serializers.plans import changes_between, decisions_of
from consultation.features.ballots.services import (
    begin_closing,
    change_plan,
    confirm_auditor,
    dismiss_auditor,
    planned,
    propose_auditor,
    publish_plan,
    record_statement,
)
from consultation.features.ballots.views import blueprint as blueprint
from consultation.features.consultations.models import Consultation
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


@blueprint.get("/organise/<slug>/plan/")
@guarded(may_join_team_work, may_change_plan)
def edit_plan(slug: str) -> ResponseReturnValue:
    """The lawful choices, filled in with the plan in force or the usual one."""
    consultation = _consultation_planned(slug)
    return _plan_page(consultation, _plan_form(consultation))


@blueprint.post("/organise/<slug>/plan/")
@limiter.limit(limits.WRITE)
@guarded(may_join_team_work, may_change_plan)
def save_plan(slug: str) -> ResponseReturnValue:
    """Show what the plan would be, or publish it; an open consultation's public record says the change at once."""
    consultation = _consultation_planned(slug)
    form = _plan_form(consultation)
    if not form.validate():
        return _plan_page(consultation, form), 422
    try:
        if request.form.get("action") == "preview":
            return _plan_page(consultation, form, planned(consultation, **form.decisions()))
        _publish_plan(consultation, form)
    except PlanRefused as refusal:
        form.show(refusal)
        return _plan_page(consultation, form), 422
    flash(_("The counting plan is public, with all its versions."), "success")
    return redirect(url_for("ballots.plan", slug=slug), code=303)


@blueprint.get("/organise/<slug>/auditors/")
@guarded(may_join_team_work, may_name_auditors)
def auditors(slug: str) -> ResponseReturnValue:
    """Who audits, who waits for a second organiser, and how an auditor is served."""
    return _auditors_page(consultation_led_by(current_actor(), slug), AuditorForm(formdata=None))


@blueprint.post("/organise/<slug>/auditors/")
@limiter.limit(limits.WRITE)
@guarded(may_join_team_work, may_name_auditors)
def propose(slug: str) -> ResponseReturnValue:
    """Propose an auditor; another organiser confirms."""
    consultation, form = consultation_led_by(current_actor(), slug), AuditorForm()
    if not form.validate():
        return _auditors_page(consultation, form), 422
    try:
        propose_auditor(current_actor(), consultation, str(form.name.data), str(form.recipient.data))
    except AuditorRefused as refusal:
        form.show(refusal)
        return _auditors_page(consultation, form), 422
    flash(_("The auditor is proposed. Another organiser must confirm before anything is handed over."), "success")
    return redirect(url_for("ballots.auditors", slug=slug), code=303)


@blueprint.post("/organise/<slug>/auditors/<auditor_id>/confirm/")
@limiter.limit(limits.WRITE)
@guarded(may_join_team_work, may_name_auditors)
def confirm(slug: str, auditor_id: str) -> ResponseReturnValue:
    """Confirm whom another organiser proposed."""
    confirm_auditor(current_actor(), consultation_led_by(current_actor(), slug), auditor_id)
    flash(_("The auditor is confirmed, and named on the page of verification."), "success")
    return redirect(url_for("ballots.auditors", slug=slug), code=303)


@blueprint.post("/organise/<slug>/auditors/<auditor_id>/dismiss/")
@limiter.limit(limits.WRITE)
@guarded(may_join_team_work, may_name_auditors)
def dismiss(slug: str, auditor_id: str) -> ResponseReturnValue:
    """Take back a proposal, or end an auditor's part."""
    dismiss_auditor(current_actor(), consultation_led_by(current_actor(), slug), auditor_id)
    flash(_("Done: nothing is handed over to this key."), "success")
    return redirect(url_for("ballots.auditors", slug=slug), code=303)


@blueprint.get("/organise/<slug>/auditors/<auditor_id>/statement/")
@guarded(may_join_team_work, may_name_auditors)
def ask_statement(slug: str, auditor_id: str) -> ResponseReturnValue:
    """The form for what an auditor declares to have found."""
    return _statement_page(consultation_led_by(current_actor(), slug), auditor_id, StatementForm(formdata=None))


@blueprint.post("/organise/<slug>/auditors/<auditor_id>/statement/")
@limiter.limit(limits.WRITE)
@guarded(may_join_team_work, may_name_auditors)
def state(slug: str, auditor_id: str) -> ResponseReturnValue:
    """Put an auditor's statement on record, in public."""
    consultation, form = consultation_led_by(current_actor(), slug), StatementForm()
    if not form.validate():
        return _statement_page(consultation, auditor_id, form), 422
    record_statement(current_actor(), consultation, auditor_id, form.said_on(), form.words())
    flash(_("The statement is public, beside the auditor’s name."), "success")
    return redirect(url_for("ballots.auditors", slug=slug), code=303)


def _consultation_planned(slug: str) -> Consultation:
    consultation = consultation_led_by(current_actor(), slug)
    enforce(may_change_plan(current_actor(), consultation))
    return consultation


def _plan_form(consultation: Consultation) -> PlanForm:
    former = plan_in_force(consultation) if consultation.plan_version else None
    return plan_form(former, needs_reason=consultation.phase == Phase.OPEN)


def _publish_plan(consultation: Consultation, form: PlanForm) -> None:
    if consultation.phase == Phase.OPEN:
        change_plan(current_actor(), consultation, form.why(), **form.decisions())
    else:
        publish_plan(current_actor(), consultation, **form.decisions())


def _plan_page(consultation: Consultation, form: PlanForm, preview: CountingPlan | None = None) -> str:
    changes = changes_between(plan_in_force(consultation), preview) if preview and consultation.plan_version else []
    return render_template(
        "ballots/plan_edit.html",
        consultation=consultation,
        form=form,
        is_open=consultation.phase == Phase.OPEN,
        preview=decisions_of(preview) if preview else [],
        changes=changes,
    )


def _auditors_page(consultation: Consultation, form: AuditorForm) -> str:
    return render_template(
        "ballots/auditors.html",
        consultation=consultation,
        form=form,
        auditors=desk_auditors_of(current_actor(), auditors_and_proposals_of(consultation)),
        kept_until=openings_kept_until(consultation, plan_in_force(consultation))
        if consultation.plan_version
        else None,
    )


def _statement_page(consultation: Consultation, auditor_id: str, form: StatementForm) -> str:
    return render_template(
        "ballots/auditor_statement.html",
        consultation=consultation,
        auditor=auditor_named(consultation, auditor_id),
        form=form,
    )
