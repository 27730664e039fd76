"""What is written: a comment or a reply, public at once, held for a reading, or kept for a visitor."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import NameRefused, NameTaken
from consultation.domain.verdicts import enforce
from consultation.features.comments.forms import CommentForm
from consultation.features.comments.models import Comment
from consultation.features.comments.policies import may_comment, may_write, may_write_reply
from consultation.features.comments.queries import pen_name_of
from consultation.features.comments.serializers.thread import signature_of
from consultation.features.comments.services import choose_name, hold_comment, post_comment
from consultation.features.comments.views.doors import about, blueprint, found_in, readable, to_comment
from consultation.features.comments.views.visits import keep_here
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter


@blueprint.route("/consultations/<slug>/recommendations/<int:number>/write/", methods=["GET", "POST"])
@guarded(may_write)
@limiter.limit(limits.WRITE, methods=["POST"])
def write(slug: str, number: int) -> ResponseReturnValue:
    """The form of a comment on a page of its own, for visitors as for those signed in."""
    consultation = readable(slug)
    recommendation = recommendation_by_number(consultation, number)
    enforce(may_write(current_actor(), consultation))
    form = comment_form(consultation)
    if answer := sent(form, consultation, recommendation, _("Your comment is public now.")):
        return answer
    return with_form("comments/write.html", form, consultation=consultation, recommendation=recommendation)


@blueprint.route("/consultations/<slug>/comments/<comment_id>/reply/", methods=["GET", "POST"])
@guarded(may_write_reply)
@limiter.limit(limits.WRITE, methods=["POST"])
def reply(slug: str, comment_id: str) -> ResponseReturnValue:
    """The form to answer a comment, below that comment."""
    consultation, target = found_in(slug, comment_id)
    enforce(may_write_reply(current_actor(), target, consultation))
    form = comment_form(consultation)
    if answer := sent(form, consultation, target.recommendation, _("Your reply is public now."), target):
        return answer
    return with_form("comments/reply.html", form, consultation=consultation, **about(consultation, target))


def comment_form(consultation: Consultation, **said: Any) -> CommentForm:
    """The form, without the field for a name once one was chosen; a visitor chooses theirs when they publish."""
    form = CommentForm(**said)
    form.is_for_visitor = not may_comment(current_actor(), consultation)
    form.pen_name = None if form.is_for_visitor else pen_name_of(current_actor().id, consultation.id)
    if form.is_for_visitor or form.pen_name:
        del form.display_name, form.interests
    return form


def sent(
    form: CommentForm,
    consultation: Consultation,
    recommendation: Recommendation,
    message: str,
    target: Comment | None = None,
) -> ResponseReturnValue | None:
    """Where what was written leads to, or None where the form is only shown or has something to correct."""
    if form.is_for_visitor:
        return keep_here(form, consultation, recommendation, target.id if target else None)
    written = posted(form, consultation, recommendation, target)
    return to_written(consultation, written, message) if written else None


def posted(
    form: CommentForm, consultation: Consultation, recommendation: Recommendation, parent: Comment | None = None
) -> Comment | None:
    """What the form makes, or None where it is only shown or has something to correct or to read again."""
    if not form.validate_on_submit() or not form.is_settled:
        return None
    author = current_actor()
    try:
        if form.display_name:
            choose_name(author, consultation, form.name(), form.declared())
    except (NameRefused, NameTaken) as refusal:
        form.refuse(refusal, "display_name")
        return None
    if form.asks_for_reading:
        return hold_comment(author, recommendation, form.argument(form.key()), parent)
    return post_comment(author, recommendation, form.position(), form.words(), form.sources(), form.key(), parent)


def to_written(consultation: Consultation, written: Comment, message: str) -> ResponseReturnValue:
    """Lead to what was written, and say what became of it: the message where it is public."""
    if written.is_public:
        return to_comment(consultation, written, message)
    flash(_("A reading is asked for: your comment is not public yet."), "success")
    return redirect(url_for("comments.held", slug=consultation.slug, comment_id=written.id), code=303)


def with_form(template: str, form: CommentForm | None, **page: Any) -> ResponseReturnValue:
    """The page with its form, where there is one; refused where there is something to correct or to read again."""
    if form is None:
        return render_template(template, **page)
    signature = "" if form.is_for_visitor else signature_of(current_actor(), form.pen_name)
    status = 422 if form.is_refused or form.is_to_reread else 200
    return render_template(template, form=form, signature=signature, **page), status
