"""Pages of comments."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import Missing, NameRefused, NameTaken
from consultation.domain.verdicts import enforce
from consultation.features.comments.forms import CommentForm, ReactionForm, WithdrawForm
from consultation.features.comments.models import Comment
from consultation.features.comments.policies import may_comment, may_react, may_reply, may_withdraw
from consultation.features.comments.queries import (
    comment_by_id,
    cursor_before,
    cursor_before_reply,
    pen_name_of,
    stands_among_first_replies,
)
from consultation.features.comments.serializers.shown import scribe_for
from consultation.features.comments.serializers.thread import Reading, replies_of, signature_of, thread_of
from consultation.features.comments.services import choose_name, post_comment, withdraw_comment
from consultation.features.comments.services import react as react_to
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_read
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter
from consultation.infrastructure.web.refusals import sentence_of
from consultation.infrastructure.web.urls import safe_next

blueprint = Blueprint("comments", __name__)


@blueprint.route("/consultations/<slug>/recommendations/<int:number>/", methods=["GET", "POST"])
@guarded(may_read, may_comment)
@limiter.limit(limits.WRITE, methods=["POST"])
def thread(slug: str, number: int) -> ResponseReturnValue:
    """A recommendation, what people say of it, and the form to say something oneself."""
    consultation = _readable(slug)
    recommendation = recommendation_by_number(consultation, number)
    verdict = may_comment(current_actor(), consultation)
    if request.method == "POST":
        enforce(verdict)
    form = _comment_form(consultation) if verdict else None
    if form and (posted := _posted(form, consultation, recommendation)):
        return _to_comment(consultation, posted, _("Your comment is public now."))
    reading = Reading.asked(request.args)
    page = thread_of(current_actor(), consultation, recommendation, reading)
    refusal = sentence_of(verdict.refusal) if verdict.refusal else ""
    return _with_form("comments/thread.html", form, refusal=refusal, **page)


@blueprint.get("/consultations/<slug>/comments/<comment_id>/")
@guarded(may_read)
def comment(slug: str, comment_id: str) -> ResponseReturnValue:
    """The lasting address of a comment: leads to it, on whatever page it stands."""
    consultation, found = _found(slug, comment_id)
    return redirect(_place_of(consultation, found), code=302)


@blueprint.get("/consultations/<slug>/comments/<comment_id>/replies/")
@guarded(may_read)
def replies(slug: str, comment_id: str) -> ResponseReturnValue:
    """A comment with all its replies."""
    consultation, root = _found(slug, comment_id)
    if root.parent_id is not None:
        raise Missing(comment=comment_id)
    page = replies_of(current_actor(), consultation, root, request.args.get("after"))
    return render_template("comments/replies.html", **page)


@blueprint.route("/consultations/<slug>/comments/<comment_id>/reply/", methods=["GET", "POST"])
@guarded(may_reply)
@limiter.limit(limits.WRITE, methods=["POST"])
def reply(slug: str, comment_id: str) -> ResponseReturnValue:
    """The form to answer a comment, below that comment."""
    consultation, target = _found(slug, comment_id)
    enforce(may_reply(current_actor(), target, consultation))
    form = _comment_form(consultation)
    if posted := _posted(form, consultation, target.recommendation, target):
        return _to_comment(consultation, posted, _("Your reply is public now."))
    return _with_form("comments/reply.html", form, **_about(consultation, target))


@blueprint.post("/consultations/<slug>/comments/<comment_id>/react/")
@guarded(may_react)
@limiter.limit(limits.WRITE)
def react(slug: str, comment_id: str) -> ResponseReturnValue:
    """Note a reaction, then go back to where its button stood."""
    consultation, target = _found(slug, comment_id)
    react_to(current_actor(), target, ReactionForm().reaction())
    here = safe_next(request.form.get("next"))
    place = f"{here}#c-{target.id}" if here else _place_of(consultation, target)
    return redirect(place, code=303)


@blueprint.route("/consultations/<slug>/comments/<comment_id>/withdraw/", methods=["GET", "POST"])
@guarded(may_withdraw)
@limiter.limit(limits.WRITE, methods=["POST"])
def withdraw(slug: str, comment_id: str) -> ResponseReturnValue:
    """Ask whether a comment is to be withdrawn, then withdraw it."""
    consultation, target = _found(slug, comment_id)
    enforce(may_withdraw(current_actor(), target))
    form = WithdrawForm()
    if form.validate_on_submit():
        withdraw_comment(current_actor(), target)
        return _to_comment(consultation, target, _("Your comment is withdrawn and its text is erased."))
    return render_template("comments/withdraw.html", **_about(consultation, target))


def _readable(slug: str) -> Consultation:
    consultation = consultation_by_slug(slug)
    enforce(may_read(current_actor(), consultation))
    return consultation


def _found(slug: str, comment_id: str) -> tuple[Consultation, Comment]:
    consultation, found = _readable(slug), comment_by_id(comment_id)
    if found.consultation_id != consultation.id:
        raise Missing(comment=comment_id)
    return consultation, found


def _comment_form(consultation: Consultation) -> CommentForm:
    """The form, without the field for a name once one was chosen."""
    form = CommentForm()
    form.pen_name = pen_name_of(current_actor().id, consultation.id)
    if form.pen_name:
        del form.display_name
    return form


def _posted(
    form: CommentForm, consultation: Consultation, recommendation: Recommendation, parent: Comment | None = None
) -> Comment | None:
    """What the form makes, or None where it is only shown or has something to correct."""
    if not form.validate_on_submit():
        return None
    author = current_actor()
    try:
        if form.display_name:
            choose_name(author, consultation, form.name())
    except (NameRefused, NameTaken) as refusal:
        form.refuse(refusal, "display_name")
        return None
    return post_comment(author, recommendation, form.position(), form.words(), form.sources(), form.key(), parent)


def _with_form(template: str, form: CommentForm | None, **page: Any) -> ResponseReturnValue:
    if form is None:
        return render_template(template, **page)
    signature = signature_of(current_actor(), form.pen_name)
    return render_template(template, form=form, signature=signature, **page), 422 if form.is_refused else 200


def _about(consultation: Consultation, target: Comment) -> dict[str, object]:
    """What a page about one comment shows of it."""
    return {
        "comment": scribe_for(current_actor(), consultation, [target]).shown(target),
        "recommendation": target.recommendation,
        "back_url": url_for("comments.comment", slug=consultation.slug, comment_id=target.id),
    }


def _to_comment(consultation: Consultation, target: Comment, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("comments.comment", slug=consultation.slug, comment_id=target.id), code=303)


def _place_of(consultation: Consultation, target: Comment) -> str:
    """The page on which a comment stands, and the comment in it: a late reply stands among all the replies."""
    if target.parent_id is None or stands_among_first_replies(target):
        root = comment_by_id(target.parent_id) if target.parent_id else target
        reading = Reading(after=cursor_before(root))
        return f"{reading.url(consultation, target.recommendation)}#c-{target.id}"
    after = cursor_before_reply(target)
    page = url_for("comments.replies", slug=consultation.slug, comment_id=target.parent_id, after=after)
    return f"{page}#c-{target.id}"
