"""The page of one's own account, and the one by which it is erased."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.verdicts import enforce
from consultation.features.accounts.forms import EraseForm
from consultation.features.accounts.models import MODERATOR, ORGANISER
from consultation.features.accounts.policies import may_erase, may_see_account
from consultation.features.accounts.services import erase_account
from consultation.infrastructure import passwords
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.language import LANGUAGES
from consultation.infrastructure.web.limits import limiter

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


@blueprint.get("/account/erase/")
@guarded(may_see_account)
def ask_erase() -> ResponseReturnValue:
    """What goes, what stays and why, and the button; or who must take over first."""
    actor = current_actor()
    enforce(may_see_account(actor))
    return _erase_page(EraseForm())


@blueprint.post("/account/erase/")
@guarded(may_erase)
@limiter.limit(limits.SIGN_IN)
def erase() -> ResponseReturnValue:
    """Erase the actor's account, once the passphrase is given again."""
    actor, form = current_actor(), EraseForm()
    enforce(may_erase(actor))
    is_right = form.validate_on_submit() and passwords.matches(actor.passphrase_hash, str(form.passphrase.data))
    if not is_right:
        if not form.errors:
            form.passphrase.errors = [_("This is not the passphrase of your account.")]
        return _erase_page(form), 422
    erase_account(actor, gives_up_comments=bool(form.gives_up_comments.data))
    session.clear()
    flash(_("Your account is erased."), "success")
    answer = redirect(url_for("consultations.index"), code=303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _erase_page(form: EraseForm) -> str:
    actor = current_actor()
    return render_template("accounts/erase.html", form=form, account=actor, may_erase=may_erase(actor))
