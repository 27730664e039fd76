"""Pages on which notice is given and followed, and on which an author reads why."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.verdicts import enforce
from consultation.features.accounts.policies import may_moderate
from consultation.features.comments.queries import comment_by_id
from consultation.features.moderation.forms import NoticeForm
from consultation.features.moderation.policies import may_give_notice, may_read_statement
from consultation.features.moderation.queries import decision_by_id, follow_up_of
from consultation.features.moderation.serializers import quoted, state_of
from consultation.features.moderation.services import give_notice
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded, open_to_all
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.grounds import ground_with_article
from consultation.infrastructure.web.language import current_language
from consultation.infrastructure.web.limits import limiter

blueprint = Blueprint("moderation", __name__)


def _writes_to_nobody() -> bool:
    """Whether no mail goes to an address that a visitor has typed, perhaps somebody else's."""
    return not request.form.get("contact")


@blueprint.route("/moderation/notices/new", methods=["GET", "POST"])
@guarded(may_give_notice)
@limiter.limit(limits.WRITE, methods=["POST"])
@limiter.limit(limits.MAIL, methods=["POST"], exempt_when=_writes_to_nobody)
def notify() -> ResponseReturnValue:
    """The form to say what is wrong with a comment, for anyone (Regulation (EU) 2022/2065, article 16)."""
    actor = current_actor()
    comment = comment_by_id(request.args.get("comment", ""))
    form = NoticeForm(has_account=actor is not None)
    if form.validate_on_submit():
        notice = give_notice(
            actor,
            comment,
            form.reason(),
            form.words(),
            form.key(),
            contact=form.address(),
            language=current_language(),
        )
        flash(_("Your report is recorded. A moderator will read it."), "success")
        return redirect(url_for("moderation.notice", reference=notice.id), code=303)
    enforce(may_give_notice(actor, comment))
    page = render_template("moderation/notify.html", form=form, comment=comment, html=quoted(comment))
    return page, 422 if form.is_refused else 200


@blueprint.get("/moderation/notices/<reference>/")
@open_to_all
def notice(reference: str) -> ResponseReturnValue:
    """Where a notice stands, for whoever holds its reference."""
    follow_up = follow_up_of(reference)
    state, words = state_of(follow_up)
    return render_template("moderation/notice.html", follow_up=follow_up, state=state, words=words)


@blueprint.get("/moderation/decisions/<decision_id>/")
@guarded(may_read_statement)
def statement(decision_id: str) -> ResponseReturnValue:
    """Why a comment was withheld: for its author, and for the moderators."""
    actor, decision = current_actor(), decision_by_id(decision_id)
    enforce(may_read_statement(actor, decision))
    return render_template(
        "moderation/statement.html",
        decision=decision,
        ground=ground_with_article(decision.ground) if decision.ground else "",
        is_moderator=bool(may_moderate(actor, decision.comment.consultation_id)),
    )
