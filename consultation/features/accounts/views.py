"""The page of one's own account."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import MODERATOR, ORGANISER
from consultation.features.accounts.policies import may_see_account
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.language import LANGUAGES

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/account/")
@guarded(may_see_account)
def home() -> ResponseReturnValue:
    """What is known of the actor, and where their pages and desks are."""
    actor = current_actor()
    enforce(may_see_account(actor))
    roles = {grant.role for grant in actor.grants}
    return render_template(
        "accounts/home.html",
        account=actor,
        account_language=LANGUAGES[actor.language],
        is_moderator=MODERATOR in roles,
        is_organiser=ORGANISER in roles,
    )
