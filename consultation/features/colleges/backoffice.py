"""The desk where two people of the team say to have seen a physician's proof, or that it does not hold."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import Invalid, Missing
from consultation.domain.verdicts import enforce
from consultation.features.accounts.policies import may_join_team_work
from consultation.features.colleges import services
from consultation.features.colleges.forms import AttestForm, DoubleForm, RefuseForm, RevokeForm
from consultation.features.colleges.models import DOUBLE, Measure, PhysicianClaim
from consultation.features.colleges.policies import (
    may_ask_revocation,
    may_attest,
    may_confirm,
    may_refuse,
    may_report_double,
    may_set_aside,
)
from consultation.features.colleges.queries import claim_by_id, measure_about, pending_claims, pending_measures
from consultation.features.colleges.serializers import measure_row_of, row_of
from consultation.features.colleges.views import blueprint as blueprint
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter


@blueprint.get("/organise/physicians/")
@guarded(may_join_team_work)
def physicians() -> ResponseReturnValue:
    """The claims and the measures that wait, the oldest first; `?reference=` leads to any other claim."""
    enforce(may_join_team_work(current_actor()))
    if reference := request.args.get("reference", "").strip():
        return redirect(url_for("colleges.physician", reference=reference), code=303)
    return render_template(
        "colleges/physicians.html",
        rows=[row_of(claim) for claim in pending_claims()],
        measures=[measure_row_of(measure) for measure in pending_measures()],
        needed=services.ATTESTATIONS_NEEDED,
    )


@blueprint.get("/organise/physicians/<reference>/")
@guarded(may_join_team_work)
def physician(reference: str) -> ResponseReturnValue:
    """One claim, with the decisions about it."""
    return _page(_claim(reference))


@blueprint.post("/organise/physicians/<reference>/attest")
@guarded(may_join_team_work, may_attest)
@limiter.limit(limits.WRITE)
def attest(reference: str) -> ResponseReturnValue:
    """Say to have seen the proof."""
    claim, form = _claim(reference), AttestForm()
    enforce(may_attest(current_actor(), claim))
    if not form.validate_on_submit():
        return _page(claim, attest_form=form, form=form), 422
    services.attest(current_actor(), claim, form.proof.data)
    message = _("Recorded. One more person of the team must see the proof.")
    flash(message if claim.is_pending else _("The person is in the physicians’ college now."), "success")
    return redirect(url_for("colleges.physicians"), code=303)


@blueprint.post("/organise/physicians/<reference>/refuse")
@guarded(may_join_team_work, may_refuse)
@limiter.limit(limits.WRITE)
def refuse(reference: str) -> ResponseReturnValue:
    """Refuse the claim, with a reason."""
    claim, form = _claim(reference), RefuseForm()
    enforce(may_refuse(current_actor(), claim))
    if not form.validate_on_submit():
        return _page(claim, refuse_form=form, form=form), 422
    services.refuse(current_actor(), claim, str(form.reason.data))
    flash(_("The claim is refused, and the person is told why."), "success")
    return redirect(url_for("colleges.physicians"), code=303)


@blueprint.post("/organise/physicians/<reference>/revoke")
@guarded(may_join_team_work, may_ask_revocation)
@limiter.limit(limits.WRITE)
def revoke(reference: str) -> ResponseReturnValue:
    """Ask that the proof be taken back."""
    claim, form = _claim(reference), RevokeForm()
    enforce(may_ask_revocation(current_actor(), claim))
    if not form.validate_on_submit():
        return _page(claim, revoke_form=form, form=form), 422
    services.ask_revocation(current_actor(), claim, str(form.reason.data))
    return _asked(reference)


@blueprint.post("/organise/physicians/<reference>/double")
@guarded(may_join_team_work, may_report_double)
@limiter.limit(limits.WRITE)
def report_double(reference: str) -> ResponseReturnValue:
    """Ask that the account be closed, as the second one of a person who keeps another."""
    claim, form = _claim(reference), DoubleForm()
    enforce(may_report_double(current_actor(), claim))
    if not form.validate_on_submit():
        return _page(claim, double_form=form, form=form), 422
    try:
        services.report_double(current_actor(), claim, claim_by_id(str(form.kept.data)), str(form.reason.data))
    except (Missing, Invalid):
        form.kept.errors = [_("No other account whose proof was seen has this reference.")]
        return _page(claim, double_form=form, form=form), 422
    return _asked(reference)


@blueprint.post("/organise/physicians/<reference>/confirm")
@guarded(may_join_team_work, may_confirm)
@limiter.limit(limits.WRITE)
def confirm(reference: str) -> ResponseReturnValue:
    """Carry out what a colleague asked against the claim."""
    claim = _claim(reference)
    enforce(may_confirm(current_actor(), _measure(claim)))
    measure = services.confirm_measure(current_actor(), claim)
    revoked = _("The proof is taken back, and the person is told.")
    flash(_("The account is closed.") if measure.kind == DOUBLE else revoked, "success")
    return redirect(url_for("colleges.physicians"), code=303)


@blueprint.post("/organise/physicians/<reference>/set-aside")
@guarded(may_join_team_work, may_set_aside)
@limiter.limit(limits.WRITE)
def set_aside(reference: str) -> ResponseReturnValue:
    """Say that what a colleague asked against the claim does not hold."""
    claim = _claim(reference)
    enforce(may_set_aside(current_actor(), _measure(claim)))
    services.set_measure_aside(current_actor(), claim)
    flash(_("Set aside: nothing changes for the person."), "success")
    return redirect(url_for("colleges.physician", reference=reference), code=303)


def _asked(reference: str) -> ResponseReturnValue:
    flash(_("Recorded. One more person of the team must confirm it."), "success")
    return redirect(url_for("colleges.physician", reference=reference), code=303)


def _measure(claim: PhysicianClaim) -> Measure:
    measure = measure_about(claim)
    if measure is None:
        raise Missing
    return measure


def _claim(reference: str) -> PhysicianClaim:
    enforce(may_join_team_work(current_actor()))
    return claim_by_id(reference)


def _page(claim: PhysicianClaim, **forms: AttestForm | RefuseForm) -> str:
    actor, measure = current_actor(), measure_about(claim)
    return render_template(
        "colleges/physician.html",
        claim=claim,
        row=row_of(claim),
        needed=services.ATTESTATIONS_NEEDED,
        may_attest=may_attest(actor, claim),
        may_refuse=may_refuse(actor, claim),
        measure=measure_row_of(measure) if measure else None,
        may_confirm=measure and may_confirm(actor, measure),
        may_set_aside=measure and may_set_aside(actor, measure),
        may_ask_revocation=measure is None and may_ask_revocation(actor, claim),
        may_report_double=measure is None and may_report_double(actor, claim),
        **(_blank_forms() | forms),
    )


def _blank_forms() -> dict[str, AttestForm | RefuseForm]:
    """Every form of the page as it is before anybody types."""
    return {
        "attest_form": AttestForm(),
        "refuse_form": RefuseForm(),
        "revoke_form": RevokeForm(),
        "double_form": DoubleForm(),
    }
