"""The desk where two people of the team say to have seen a physician's proof."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.verdicts import enforce
from consultation.features.accounts.policies import may_join_team_work
from consultation.features.colleges import services
from consultation.features.colleges.forms import AttestForm, RefuseForm
from consultation.features.colleges.models import PhysicianClaim
from consultation.features.colleges.policies import may_attest, may_refuse
from consultation.features.colleges.queries import claim_by_id, pending_claims
from consultation.features.colleges.serializers import row_of
from consultation.features.colleges.views import blueprint as blueprint
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter


@blueprint.get("/organise/physicians/")
@guarded(may_join_team_work)
def physicians() -> ResponseReturnValue:
    """The claims that wait, the oldest first."""
    enforce(may_join_team_work(current_actor()))
    return render_template(
        "colleges/physicians.html",
        rows=[row_of(claim) for claim in pending_claims()],
        needed=services.ATTESTATIONS_NEEDED,
    )


@blueprint.get("/organise/physicians/<reference>/")
@guarded(may_join_team_work)
def physician(reference: str) -> ResponseReturnValue:
    """One claim, with the two decisions about it."""
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


def _claim(reference: str) -> PhysicianClaim:
    enforce(may_join_team_work(current_actor()))
    return claim_by_id(reference)


def _page(claim: PhysicianClaim, **forms: AttestForm | RefuseForm) -> str:
    return render_template(
        "colleges/physician.html",
        claim=claim,
        row=row_of(claim),
        needed=services.ATTESTATIONS_NEEDED,
        may_attest=may_attest(current_actor(), claim),
        may_refuse=may_refuse(current_actor(), claim),
        **({"attest_form": AttestForm(), "refuse_form": RefuseForm()} | forms),
    )
