"""The end of mails: by one click of the mail program, or by a button; without session, for whoever holds the link."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consultation.domain.errors import TokenInvalid
from consultation.features.notifications.serializers.things import PACES
from consultation.features.notifications.services import mails_named_by, stop_mails
from consultation.features.notifications.views.doors import blueprint
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import open_to_all
from consultation.infrastructure.web.limits import limiter


def _this_link() -> str:
    """What the limit counts: the mail services of many people press from one network."""
    return request.path


@blueprint.get("/unsubscribe/<token>")
@open_to_all
def ask_unsubscribe(token: str) -> ResponseReturnValue:
    """Show the button: opening a link changes nothing, for scanners of mail open links."""
    try:
        mails = mails_named_by(token)
    except TokenInvalid:
        return _unknown()
    pace = PACES[mails.pace] if mails.pace else None
    return render_template("notifications/unsubscribe.html", token=token, pace=pace, still_come=mails.still_come)


@blueprint.post("/unsubscribe/<token>")
@open_to_all
@limiter.limit(limits.WRITE, key_func=_this_link)
def unsubscribe(token: str) -> ResponseReturnValue:
    """End the mails that the link names, without asking anything more (RFC 8058)."""
    try:
        stop_mails(token)
    except TokenInvalid:
        return _unknown()
    return render_template("notifications/unsubscribed.html")


def _unknown() -> ResponseReturnValue:
    return render_template("notifications/unknown_link.html"), 404
