"""A comment for which a reading is asked: its author sees it, changes it, and may publish it after all."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.verdicts import enforce
from consultation.features.comments.forms import HeldForm
from consultation.features.comments.models import Comment, State
from consultation.features.comments.policies import may_rewrite, may_withdraw
from consultation.features.comments.serializers.waiting import fields_of_held, quoted
from consultation.features.comments.services import release_comment, rewrite_held
from consultation.features.comments.views.doors import blueprint, found_in, to_comment
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter


@blueprint.route("/consultations/<slug>/comments/<comment_id>/held/", methods=["GET", "POST"])
@guarded(may_withdraw, may_rewrite)
@limiter.limit(limits.WRITE, methods=["POST"])
def held(slug: str, comment_id: str) -> ResponseReturnValue:
    """A comment that is not public yet, for its author: until when, and the form to change it."""
    consultation, target = found_in(slug, comment_id)
    if target.state != State.HELD:
        return redirect(url_for("comments.comment", slug=slug, comment_id=comment_id), code=303)
    enforce(may_withdraw(current_actor(), target))
    form = HeldForm(data=fields_of_held(target))
    if form.is_submitted():
        enforce(may_rewrite(current_actor(), target, consultation))
    if form.validate_on_submit() and form.is_settled:
        return _rewritten(consultation, target, form)
    status = 422 if form.is_refused or form.is_to_reread else 200
    may_change = may_rewrite(current_actor(), target, consultation)
    page = {"consultation": consultation, "recommendation": target.recommendation, "html": quoted(target)}
    return render_template("comments/held.html", form=form, comment=target, may_change=may_change, **page), status


def _rewritten(consultation: Consultation, target: Comment, form: HeldForm) -> ResponseReturnValue:
    rewrite_held(current_actor(), target, form.argument(target.submission))
    if form.asks_for_reading:
        flash(_("Your comment says what you wrote now. It is still to be read, and not public yet."), "success")
        return redirect(url_for("comments.held", slug=consultation.slug, comment_id=target.id), code=303)
    release_comment(target)
    return to_comment(consultation, target, _("Your comment is public now."))
