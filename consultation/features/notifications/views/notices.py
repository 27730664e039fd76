"""What is new for whoever is signed in."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.verdicts import enforce
from consultation.features.accounts.policies import may_act
from consultation.features.notifications.policies import may_change
from consultation.features.notifications.queries import followed_by, fresh_for, subscription_by_id
from consultation.features.notifications.serializers.notices import notices_of
from consultation.features.notifications.serializers.things import thing_of
from consultation.features.notifications.services import mark_all_read, mark_read
from consultation.features.notifications.views.doors import blueprint
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter


@blueprint.get("/account/notices")
@guarded(may_act)
def notices() -> ResponseReturnValue:
    """What is new in what the actor follows."""
    enforce(may_act(current_actor()))
    return render_template("notifications/notices.html", notices=notices_of(fresh_for(current_actor().id)))


@blueprint.post("/account/notices/<subscription_id>/read")
@guarded(may_act, may_change)
@limiter.limit(limits.WRITE)
def read(subscription_id: str) -> ResponseReturnValue:
    """Note that one thing has been read, and go there."""
    actor = current_actor()
    enforce(may_act(actor))
    subscription = subscription_by_id(subscription_id)
    mark_read(actor, subscription)
    [followed] = followed_by(actor.id, [subscription.id])
    return redirect(thing_of(followed).url, code=303)


@blueprint.post("/account/notices/read")
@guarded(may_act)
@limiter.limit(limits.WRITE)
def read_all() -> ResponseReturnValue:
    """Note that everything has been read."""
    enforce(may_act(current_actor()))
    mark_all_read(current_actor())
    flash(_("All notices are marked as read."), "success")
    return redirect(url_for("notifications.notices"), code=303)
