"""Pages for registering, signing in and out, and the passphrase."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import LoginManager, current_user, login_user

from consultation.domain.errors import SignInRefused, TokenInvalid
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.accounts.policies import may_see_account
from consultation.features.authentication import services
from consultation.features.authentication.forms import (
    AddressForm,
    ButtonForm,
    NewPassphraseForm,
    RegisterForm,
    SignInForm,
)
from consultation.features.authentication.policies import may_end_sign_in
from consultation.features.authentication.queries import sign_in_by_id, sign_ins_of, signed_in_by
from consultation.features.authentication.serializers import browser_label, sign_in_rows_of
from consultation.infrastructure.tokens import digest_of
from consultation.infrastructure.web import limits, visits
from consultation.infrastructure.web.access import guarded, open_to_all
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.forms import Form
from consultation.infrastructure.web.language import current_language
from consultation.infrastructure.web.limits import limiter
from consultation.infrastructure.web.refusals import sentence_of, status_of
from consultation.infrastructure.web.urls import safe_next

blueprint = Blueprint("authentication", __name__)

ONE_ADDRESS = "10 per 10 minutes"


def connect(app: Flask) -> None:
    """Let Flask-Login find the account of each request by the token in its cookie."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(signed_in_by)


def _typed_address() -> str:
    """What a limit on one address counts by, whoever types it; kept in memory only."""
    return digest_of(request.form.get("address", "").strip().lower())


@blueprint.route("/account/register", methods=["GET", "POST"])
@open_to_all
@limiter.limit(limits.MAIL, methods=["POST"])
def register() -> ResponseReturnValue:
    """Open an account; the answer is the same for an address that has one."""
    form = RegisterForm()
    if not form.validate_on_submit():
        return _form_page("authentication/register.html", form)
    services.register(
        str(form.address.data),
        str(form.passphrase.data),
        current_language(),
        says_physician=form.says_physician(),
        way_back=_way_back(),
    )
    return redirect(url_for("authentication.sent"), code=303)


@blueprint.get("/account/mail-sent")
@open_to_all
def sent() -> ResponseReturnValue:
    """A mail is on its way, if there is somebody to write to."""
    return render_template("authentication/sent.html")


@blueprint.route("/account/confirm/<token>", methods=["GET", "POST"])
@open_to_all
@limiter.limit(limits.SIGN_IN, methods=["POST"])
def confirm(token: str) -> ResponseReturnValue:
    """Show the button that confirms an address; only pressing it does anything, for scanners of mail open links."""
    form, account = ButtonForm(), services.account_to_confirm(token)
    if not account.is_confirmed:
        if not form.validate_on_submit():
            return _form_page("authentication/confirm.html", form, address=account.address, token=token)
        services.confirm(token)
        flash(_("Your address is confirmed. You can sign in now."), "success")
    else:
        flash(_("Your address is confirmed already. You can sign in."), "info")
    return redirect(url_for("authentication.sign_in", next=_way_back()), code=303)


@blueprint.route("/account/sign-in", methods=["GET", "POST"])
@open_to_all
@limiter.limit(limits.SIGN_IN, methods=["POST"])
@limiter.limit(ONE_ADDRESS, key_func=_typed_address, methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in by address and passphrase, then go where the person was going."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _form_page("authentication/sign_in.html", form)
    try:
        account = services.authenticate(str(form.address.data), str(form.passphrase.data))
    except SignInRefused as refusal:
        form.refuse(refusal)
        return _form_page("authentication/sign_in.html", form)
    _enter(account)
    return redirect(_way_back() or url_for("accounts.home"), code=303)


@blueprint.post("/account/sign-out")
@guarded(may_see_account)
def sign_out() -> ResponseReturnValue:
    """Sign this browser out: its cookie, and any copy of it, opens nothing from now on."""
    enforce(may_see_account(current_actor()))
    services.end_session(current_user.token)
    session.clear()
    flash(_("You are signed out."), "success")
    answer = redirect(url_for("consultations.index"), code=303)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.route("/account/forgot", methods=["GET", "POST"])
@open_to_all
@limiter.limit(limits.MAIL, methods=["POST"])
@limiter.limit(ONE_ADDRESS, key_func=_typed_address, methods=["POST"])
def forgot() -> ResponseReturnValue:
    """Ask for a link to choose a passphrase anew; the answer is the same for an address without account."""
    form = AddressForm()
    if not form.validate_on_submit():
        return _form_page("authentication/forgot.html", form)
    services.ask_reset(str(form.address.data))
    return redirect(url_for("authentication.sent"), code=303)


@blueprint.route("/account/reset/<token>", methods=["GET", "POST"])
@open_to_all
@limiter.limit(limits.SIGN_IN, methods=["POST"])
def reset(token: str) -> ResponseReturnValue:
    """Choose a passphrase anew; every browser is signed out with it."""
    account = services.account_to_reset(token)
    form = NewPassphraseForm(account.address or "")
    if not form.validate_on_submit():
        return _form_page("authentication/reset.html", form, address=account.address, token=token)
    services.reset_passphrase(token, str(form.passphrase.data))
    visits.renew_session()
    flash(_("Your passphrase is set, and every browser was signed out. You can sign in now."), "success")
    return redirect(url_for("authentication.sign_in"), code=303)


@blueprint.get("/account/sessions")
@guarded(may_see_account)
def sessions() -> ResponseReturnValue:
    """The browsers in which the actor is signed in."""
    actor = current_actor()
    enforce(may_see_account(actor))
    return render_template(
        "authentication/sessions.html", rows=sign_in_rows_of(sign_ins_of(actor), current_user.sign_in_id)
    )


@blueprint.post("/account/sessions/<sign_in_id>/end")
@guarded(may_see_account, may_end_sign_in)
def end_session(sign_in_id: str) -> ResponseReturnValue:
    """Sign one of the actor's browsers out."""
    enforce(may_see_account(current_actor()))
    services.end_sign_in(current_actor(), sign_in_by_id(sign_in_id))
    flash(_("This browser is signed out."), "success")
    return redirect(url_for("authentication.sessions"), code=303)


@blueprint.post("/account/sessions/end-others")
@guarded(may_see_account)
def end_other_sessions() -> ResponseReturnValue:
    """Sign every browser of the actor out but this one."""
    enforce(may_see_account(current_actor()))
    services.end_other_sign_ins(current_actor(), current_user.sign_in_id)
    flash(_("Every other browser is signed out."), "success")
    return redirect(url_for("authentication.sessions"), code=303)


@blueprint.errorhandler(TokenInvalid)
def link_refused(refusal: TokenInvalid) -> ResponseReturnValue:
    """Say what to do about a link that is late or used."""
    return render_template("authentication/link_refused.html", message=sentence_of(refusal)), status_of(refusal)


def _enter(account: Account) -> None:
    """Begin a sign-in in this browser; of what its cookie held before, only what a visitor prepared here is left."""
    if current_user.is_authenticated:
        services.end_session(current_user.token)
    visits.renew_session()
    token = services.start_session(account, browser_label(request.user_agent.string))
    login_user(signed_in_by(token))


def _form_page(template: str, form: Form, **values: object) -> ResponseReturnValue:
    status = 422 if form.is_submitted() else 200
    return render_template(template, form=form, way_back=_way_back(), **values), status


def _way_back() -> str | None:
    """Where the person was going, if it is a page of ours."""
    return safe_next(request.args.get("next"))
