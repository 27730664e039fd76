"""What moderators do before a comment is public, where its author asks for it: read it, publish it, or return it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import AlreadyRead
from consultation.domain.verdicts import enforce
from consultation.features.comments.forms import ReturnForm
from consultation.features.comments.models import Comment
from consultation.features.comments.policies import may_end_reading, may_see_readings
from consultation.features.comments.queries import wrote_in_thread
from consultation.features.comments.queries.waiting import held_comment, held_in
from consultation.features.comments.serializers.waiting import reading_of, readings_in
from consultation.features.comments.services import clear_comment, return_comment
from consultation.features.comments.views import blueprint as blueprint
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter
from consultation.infrastructure.web.refusals import sentence_of


@blueprint.get("/moderation/<slug>/readings/")
@guarded(may_see_readings)
def readings(slug: str) -> ResponseReturnValue:
    """The comments whose authors ask for a reading, the first to be public by itself first."""
    consultation = _moderated(slug)
    rows = readings_in(held_in(consultation.id), consultation)
    return render_template("comments/readings.html", consultation=consultation, rows=rows)


@blueprint.get("/moderation/<slug>/readings/<comment_id>/")
@guarded(may_see_readings)
def reading(slug: str, comment_id: str) -> ResponseReturnValue:
    """One of them, names masked and what identifies somebody marked, with the two ways to end its reading."""
    consultation = _moderated(slug)
    try:
        return _reading_page(consultation, held_comment(consultation, comment_id), ReturnForm())
    except AlreadyRead as refusal:
        return _over(consultation, refusal)


@blueprint.post("/moderation/<slug>/readings/<comment_id>/publish/")
@guarded(may_see_readings, may_end_reading)
@limiter.limit(limits.WRITE)
def publish_reading(slug: str, comment_id: str) -> ResponseReturnValue:
    """Make a held comment public now."""
    consultation = _moderated(slug)
    try:
        clear_comment(current_actor(), held_comment(consultation, comment_id))
    except AlreadyRead as refusal:
        return _over(consultation, refusal)
    flash(_("The comment is public now."), "success")
    return redirect(url_for("comments.readings", slug=slug), code=303)


@blueprint.post("/moderation/<slug>/readings/<comment_id>/return/")
@guarded(may_see_readings, may_end_reading)
@limiter.limit(limits.WRITE)
def return_reading(slug: str, comment_id: str) -> ResponseReturnValue:
    """Give a held comment back to its author, with advice."""
    consultation, form = _moderated(slug), ReturnForm()
    try:
        held = held_comment(consultation, comment_id)
        if not form.validate_on_submit():
            return _reading_page(consultation, held, form), 422
        return_comment(current_actor(), held, form.words())
    except AlreadyRead as refusal:
        return _over(consultation, refusal)
    flash(_("The comment is returned. Its author is told why, by mail."), "success")
    return redirect(url_for("comments.readings", slug=slug), code=303)


def _moderated(slug: str) -> Consultation:
    consultation = consultation_by_slug(slug)
    enforce(may_see_readings(current_actor(), consultation))
    return consultation


def _reading_page(consultation: Consultation, held: Comment, form: ReturnForm) -> str:
    verdict = may_end_reading(current_actor(), held, took_part=wrote_in_thread(current_actor().id, held))
    return render_template(
        "comments/reading.html",
        consultation=consultation,
        reading=reading_of(held),
        recommendation=held.recommendation,
        comment_id=held.id,
        form=form,
        refusal=sentence_of(verdict.refusal) if verdict.refusal else "",
    )


def _over(consultation: Consultation, refusal: AlreadyRead) -> ResponseReturnValue:
    flash(sentence_of(refusal), "info")
    return redirect(url_for("comments.readings", slug=consultation.slug), code=303)
