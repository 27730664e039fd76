"""Choosing to follow, and the list of what is followed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.deliberation.paces import Pace
from consultation.domain.errors import Missing
from consultation.domain.phases import Phase
from consultation.domain.verdicts import enforce
from consultation.features.accounts.policies import may_act
from consultation.features.comments.queries import comment_by_id
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_read
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.notifications.forms import FollowConsultationForm, FollowForm
from consultation.features.notifications.models import Target
from consultation.features.notifications.policies import may_change, may_follow
from consultation.features.notifications.queries import (
    followed_by,
    mailbox_of,
    subscription_by_id,
    subscription_to,
)
from consultation.features.notifications.serializers.notices import rows_of
from consultation.features.notifications.serializers.things import (
    Thing,
    consultation_thing,
    recommendation_thing,
    thread_thing,
)
from consultation.features.notifications.services import follow, stop_following
from consultation.features.notifications.views.doors import blueprint
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter


@blueprint.get("/account/following")
@guarded(may_act)
def following() -> ResponseReturnValue:
    """All that the actor follows, and how."""
    actor = current_actor()
    enforce(may_act(actor))
    mailbox = mailbox_of(actor.id)
    return render_template(
        "notifications/following.html",
        rows=rows_of(followed_by(actor.id)),
        refused_on=mailbox.refused_on if mailbox else None,
        address=actor.address,
    )


@blueprint.post("/account/following/<subscription_id>/stop")
@guarded(may_act, may_change)
@limiter.limit(limits.WRITE)
def stop(subscription_id: str) -> ResponseReturnValue:
    """Follow one thing no longer."""
    enforce(may_act(current_actor()))
    stop_following(current_actor(), subscription_by_id(subscription_id))
    flash(_("You no longer follow this: neither a notice nor a mail will come of it."), "success")
    return redirect(url_for("notifications.following"), code=303)


@blueprint.route("/consultations/<slug>/follow/", methods=["GET", "POST"])
@guarded(may_read, may_follow)
@limiter.limit(limits.WRITE, methods=["POST"])
def follow_consultation(slug: str) -> ResponseReturnValue:
    """Choose how to follow a consultation."""
    consultation = _followable(slug)
    form_class = FollowForm if consultation.phase == Phase.PUBLISHED else FollowConsultationForm
    return _page(form_class, consultation, consultation_thing(consultation))


@blueprint.route("/consultations/<slug>/recommendations/<int:number>/follow/", methods=["GET", "POST"])
@guarded(may_read, may_follow)
@limiter.limit(limits.WRITE, methods=["POST"])
def follow_recommendation(slug: str, number: int) -> ResponseReturnValue:
    """Choose how to follow a recommendation."""
    consultation = _followable(slug)
    recommendation = recommendation_by_number(consultation, number)
    return _page(FollowForm, recommendation, recommendation_thing(consultation, recommendation))


@blueprint.route("/consultations/<slug>/comments/<comment_id>/follow/", methods=["GET", "POST"])
@guarded(may_read, may_follow)
@limiter.limit(limits.WRITE, methods=["POST"])
def follow_thread(slug: str, comment_id: str) -> ResponseReturnValue:
    """Choose how to follow the replies to a comment; from a reply, those of the thread that it stands in."""
    consultation, comment = _followable(slug), comment_by_id(comment_id)
    if comment.consultation_id != consultation.id:
        raise Missing(comment=comment_id)
    root = comment_by_id(comment.parent_id) if comment.parent_id else comment
    return _page(FollowForm, root, thread_thing(consultation, root.recommendation, root))


def _followable(slug: str) -> Consultation:
    consultation = consultation_by_slug(slug)
    enforce(may_follow(current_actor(), consultation))
    return consultation


def _page(form_class: type[FollowForm], target: Target, thing: Thing) -> ResponseReturnValue:
    actor = current_actor()
    subscription = subscription_to(actor.id, target)
    form = form_class(pace=subscription.pace if subscription else request.args.get("pace"))
    if form.validate_on_submit():
        follow(actor, target, form.chosen())
        flash(_said(form.chosen()), "success")
        return redirect(url_for("notifications.following"), code=303)
    page = render_template(
        "notifications/follow.html", form=form, thing=thing, subscription=subscription, address=actor.address
    )
    return page, 422 if form.is_refused else 200


def _said(pace: Pace) -> str:
    """What happens now."""
    if pace is Pace.PRODUCT:
        return _("You follow this now. What is new will be among your notices; no mail is sent.")
    if pace is Pace.RESULTS:
        return _("Noted: one mail will tell you that the results are public, and no other.")
    return _("You follow this now. Every mail about it has a link that ends these mails at once.")
