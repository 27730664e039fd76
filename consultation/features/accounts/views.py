"""The page of one's own account, the one by which the charter is accepted, and the one by which all is erased."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import CharterNotAccepted
from consultation.domain.verdicts import enforce
from consultation.features.accounts.forms import CharterForm, EraseForm
from consultation.features.accounts.models import MODERATOR, ORGANISER
from consultation.features.accounts.policies import may_accept_charter, may_erase, may_see_account
from consultation.features.accounts.serializers import changes_to_accept
from consultation.features.accounts.services import accept_charter, erase_account
from consultation.infrastructure import charter as editions
from consultation.infrastructure import passwords
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.language import LANGUAGES, current_language
from consultation.infrastructure.web.limits import limiter
from consultation.infrastructure.web.urls import safe_next

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


@blueprint.get("/account/charter/")
@guarded(may_see_account)
def charter() -> ResponseReturnValue:
    """The charter to be accepted: what changed since the edition that the actor accepted, or the whole of it."""
    enforce(may_see_account(current_actor()))
    return _charter_page()


@blueprint.post("/account/charter/")
@guarded(may_accept_charter)
@limiter.limit(limits.WRITE)
def accept() -> ResponseReturnValue:
    """Accept the edition that the page showed, then go back to what the actor was doing."""
    actor, form = current_actor(), CharterForm()
    enforce(may_see_account(actor))
    try:
        accept_charter(actor, form.shown() if form.validate_on_submit() else 0)
    except CharterNotAccepted:
        flash(_("The charter changed once more while you were reading: this is how it is now."), "warning")
        return _charter_page(), 409
    flash(_("Thank you. You can write now."), "success")
    return redirect(_way_back() or url_for("accounts.home"), code=303)


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


def _charter_page() -> str:
    actor, latest = current_actor(), editions.in_force()
    return render_template(
        "accounts/charter.html",
        form=CharterForm(formdata=None, data={"edition": latest}),
        accepted=actor.charter_edition,
        edition=editions.edition(latest, current_language()),
        changes=changes_to_accept(actor.charter_edition, current_language()),
        contact=current_app.config["MAIL_SENDER"],
        way_back=_way_back(),
    )


def _way_back() -> str | None:
    return safe_next(request.args.get("next"))


def _erase_page(form: EraseForm) -> str:
    actor = current_actor()
    return render_template("accounts/erase.html", form=form, account=actor, may_erase=may_erase(actor))
