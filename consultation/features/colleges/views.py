"""The page by which somebody asks to speak as a physician."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.verdicts import enforce
from consultation.features.accounts.policies import may_act
from consultation.features.colleges.forms import ClaimForm
from consultation.features.colleges.queries import claim_of
from consultation.features.colleges.serializers import PROOFS, row_of
from consultation.features.colleges.services import claim_physician
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter

blueprint = Blueprint("colleges", __name__)


@blueprint.route("/account/physician", methods=["GET", "POST"])
@guarded(may_act)
@limiter.limit(limits.WRITE, methods=["POST"])
def claim() -> ResponseReturnValue:
    """Where the actor stands on the way into the physicians' college, and the button that begins it."""
    actor = current_actor()
    enforce(may_act(actor))
    if ClaimForm().validate_on_submit():
        claim_physician(actor)
        flash(_("Your claim is recorded. Here is what happens next."), "success")
        return redirect(url_for("colleges.claim"), code=303)
    latest = claim_of(actor)
    return render_template(
        "colleges/claim.html",
        account=actor,
        claim=latest,
        row=row_of(latest) if latest else None,
        proofs=list(PROOFS.values()),
    )
