"""What organisers do: see which comments wait for an answer, answer in their institution's name, withdraw."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import AnswerMissing, Missing, WrittenMeanwhile
from consultation.domain.verdicts import enforce
from consultation.features.accounts.policies import may_join_team_work
from consultation.features.comments.forms import AnswerForm, WithdrawAnswerForm
from consultation.features.comments.models import Comment, OfficialReply
from consultation.features.comments.policies import may_answer, may_read_answers
from consultation.features.comments.queries import answer_of, former_answers_of
from consultation.features.comments.serializers.answers import (
    answer_shown,
    former_answers_shown,
    waiting_for_answers,
)
from consultation.features.comments.services import answer_comment
from consultation.features.comments.services import withdraw_answer as take_back
from consultation.features.comments.views.doors import about, blueprint, found_in, to_comment
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_read
from consultation.features.consultations.services import consultation_led_by
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter


@blueprint.get("/organise/<slug>/answers/")
@guarded(may_join_team_work, may_read_answers)
def unanswered(slug: str) -> ResponseReturnValue:
    """The comments that have no answer yet, the most shared first."""
    consultation = consultation_led_by(current_actor(), slug)
    enforce(may_read_answers(current_actor(), consultation))
    chosen = _chosen(consultation, request.args.get("recommendation"))
    page = waiting_for_answers(current_actor(), consultation, chosen, request.args.get("after"))
    return render_template("comments/unanswered.html", **page)


@blueprint.route("/consultations/<slug>/comments/<comment_id>/answer/", methods=["GET", "POST"])
@guarded(may_answer)
@limiter.limit(limits.WRITE, methods=["POST"])
def answer(slug: str, comment_id: str) -> ResponseReturnValue:
    """The form to answer a comment in the organiser's name, or to change the answer."""
    consultation, target = found_in(slug, comment_id)
    enforce(may_answer(current_actor(), target, consultation))
    form = AnswerForm() if request.method == "POST" else AnswerForm.about(answer_of(target), target.revision)
    if not form.validate_on_submit() or not form.is_settled:
        status = 422 if form.is_refused or form.is_to_reread else 200
        return _answer_page(consultation, target, form), status
    try:
        answer_comment(current_actor(), target, form.words(), form.seen(), form.revision())
    except WrittenMeanwhile:
        return _answer_page(consultation, target, form, is_stale=True), 409
    return to_comment(consultation, target, _("The answer is public now, in the name of your institution."))


@blueprint.route("/consultations/<slug>/comments/<comment_id>/answer/withdraw/", methods=["GET", "POST"])
@guarded(may_answer)
@limiter.limit(limits.WRITE, methods=["POST"])
def withdraw_answer(slug: str, comment_id: str) -> ResponseReturnValue:
    """Ask whether the answer is to be withdrawn, then withdraw it."""
    consultation, target = found_in(slug, comment_id)
    enforce(may_answer(current_actor(), target, consultation))
    reply = _present_answer(target)
    form = WithdrawAnswerForm() if request.method == "POST" else WithdrawAnswerForm(data={"version": reply.version})
    if not form.validate_on_submit():
        return render_template(
            "comments/answer_withdraw.html", form=form, present=answer_shown(reply), **about(consultation, target)
        )
    try:
        take_back(current_actor(), target, form.seen())
    except WrittenMeanwhile:
        return _changed_meanwhile(consultation, target)
    return to_comment(consultation, target, _("The answer is withdrawn. A dated line says so in its place."))


@blueprint.get("/consultations/<slug>/comments/<comment_id>/answer/history/")
@guarded(may_read)
def answer_history(slug: str, comment_id: str) -> ResponseReturnValue:
    """What the answer to a comment says, and what it said before."""
    consultation, target = found_in(slug, comment_id)
    reply = _present_answer(target)
    if not target.is_public or reply.answers_revision <= target.closed_through:
        raise Missing(comment=comment_id)
    return render_template(
        "comments/answer_history.html",
        consultation=consultation,
        present=answer_shown(reply),
        former=former_answers_shown(former_answers_of(target)),
        **about(consultation, target),
    )


def _chosen(consultation: Consultation, number: str | None) -> Recommendation | None:
    if not number:
        return None
    if not (number.isascii() and number.isdigit()):
        raise Missing(number=number)
    return recommendation_by_number(consultation, int(number[:9]))


def _present_answer(target: Comment) -> OfficialReply:
    reply = answer_of(target)
    if reply is None or not reply.is_shown:
        raise AnswerMissing() if request.method == "POST" else Missing(comment=target.id)
    return reply


def _answer_page(consultation: Consultation, target: Comment, form: AnswerForm, *, is_stale: bool = False) -> str:
    """The form; where a colleague was faster, beside their words, ready to be sent again knowingly."""
    reply = answer_of(target)
    is_there = reply is not None and reply.is_shown
    form.show(target.revision)
    if is_stale:
        form.carry(reply.version if reply else 0)
    return render_template(
        "comments/answer.html",
        form=form,
        consultation=consultation,
        is_there=is_there,
        theirs=answer_shown(reply) if is_stale and reply and is_there else None,
        is_stale=is_stale,
        **about(consultation, target),
    )


def _changed_meanwhile(consultation: Consultation, target: Comment) -> ResponseReturnValue:
    flash(_("A colleague has changed this answer meanwhile: read it before you withdraw it."), "warning")
    return redirect(
        url_for("comments.withdraw_answer", slug=consultation.slug, comment_id=target.id),
        code=303,
    )
