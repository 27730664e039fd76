"""What an author does to a comment that stands, and what all may read of it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import CommentChanged, Missing
from consultation.domain.verdicts import enforce
from consultation.features.comments.forms import EditForm, InterestsForm, WithdrawForm
from consultation.features.comments.models import Comment, State
from consultation.features.comments.policies import may_declare, may_edit, may_see_history, may_withdraw
from consultation.features.comments.queries import pen_name_of
from consultation.features.comments.queries.stamps import stamp_of_comment
from consultation.features.comments.serializers.history import history_page_of
from consultation.features.comments.services import cited_by, declare_interests, edit_comment, withdraw_comment
from consultation.features.comments.views.doors import about, blueprint, found_in, readable, to_comment
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.caching import kept
from consultation.infrastructure.web.limits import limiter


@blueprint.route("/consultations/<slug>/comments/<comment_id>/edit/", methods=["GET", "POST"])
@guarded(may_edit)
@limiter.limit(limits.WRITE, methods=["POST"])
def edit(slug: str, comment_id: str) -> ResponseReturnValue:
    """The form to change one's own comment, with what it says now."""
    consultation, target = found_in(slug, comment_id)
    enforce(may_edit(current_actor(), target, consultation))
    form = EditForm(data=_said_by(target))
    if not form.validate_on_submit() or not form.is_settled:
        return _edit_page(consultation, target, form, status=422 if form.is_refused or form.is_to_reread else 200)
    seen, words = form.seen(), form.words()
    try:
        edit_comment(current_actor(), target, seen, form.position(), words, form.sources())
    except CommentChanged as refusal:
        form.refuse(refusal)
        form.revision.data = str(target.revision)
        return _edit_page(consultation, target, form, status=409, is_stale=True)
    return to_comment(consultation, target, _("Your comment is changed."))


@blueprint.get("/consultations/<slug>/comments/<comment_id>/history/")
@guarded(may_see_history)
@kept(stamp_of_comment)
def history(slug: str, comment_id: str) -> ResponseReturnValue:
    """What a comment said before, and what each change did to its words."""
    consultation, target = found_in(slug, comment_id)
    enforce(may_see_history(current_actor(), target))
    return render_template("comments/history.html", **history_page_of(current_actor(), consultation, target))


@blueprint.route("/consultations/<slug>/comments/<comment_id>/withdraw/", methods=["GET", "POST"])
@guarded(may_withdraw)
@limiter.limit(limits.WRITE, methods=["POST"])
def withdraw(slug: str, comment_id: str) -> ResponseReturnValue:
    """Ask whether a comment is to be withdrawn, then withdraw it."""
    consultation, target = found_in(slug, comment_id)
    enforce(may_withdraw(current_actor(), target))
    form = WithdrawForm()
    if not form.validate_on_submit():
        is_held = target.state == State.HELD
        return render_template("comments/withdraw.html", is_held=is_held, **about(consultation, target))
    was_public, number = target.is_public, target.recommendation.number
    withdraw_comment(current_actor(), target)
    if was_public:
        return to_comment(consultation, target, _("Your comment is withdrawn and its text is erased."))
    flash(_("Your comment is withdrawn: nothing of it is kept, and nobody has seen it."), "success")
    return redirect(url_for("comments.thread", slug=slug, number=number), code=303)


@blueprint.route("/consultations/<slug>/interests/", methods=["GET", "POST"])
@guarded(may_declare)
@limiter.limit(limits.WRITE, methods=["POST"])
def interests(slug: str) -> ResponseReturnValue:
    """The interests that are shown with one's comments in a consultation."""
    consultation = readable(slug)
    enforce(may_declare(current_actor(), consultation))
    pen_name = pen_name_of(current_actor().id, consultation.id)
    if pen_name is None:
        raise Missing()
    form = InterestsForm(obj=pen_name)
    if not form.validate_on_submit():
        status = 422 if form.is_refused else 200
        page = render_template("comments/interests.html", form=form, consultation=consultation, pen_name=pen_name)
        return page, status
    declare_interests(current_actor(), consultation, form.declared())
    flash(_("Your declared interests are as you wrote them, under all your comments here."), "success")
    return redirect(url_for("recommendations.index", slug=slug), code=303)


def _said_by(target: Comment) -> dict[str, object]:
    """The fields of the form, filled with what a comment says."""
    sources = {
        f"source_{part}_{place}": getattr(source, part)
        for place, source in enumerate(cited_by(target), start=1)
        for part in ("title", "url")
    }
    return {"revision": target.revision, "alignment": target.alignment, "body": target.body, **sources}


def _edit_page(
    consultation: Consultation, target: Comment, form: EditForm, *, status: int, is_stale: bool = False
) -> ResponseReturnValue:
    page = about(consultation, target)
    return render_template("comments/edit.html", form=form, is_stale=is_stale, **page), status
