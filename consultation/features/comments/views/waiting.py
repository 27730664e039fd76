"""What is not public yet: shown to whoever wrote it, to be published, changed or dropped."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import CharterNotAccepted, Missing, NotSignedIn
from consultation.domain.verdicts import enforce
from consultation.features.comments.forms import DropForm
from consultation.features.comments.models import Comment
from consultation.features.comments.models.drafts import Draft
from consultation.features.comments.policies import may_comment, may_write
from consultation.features.comments.queries import comment_by_id
from consultation.features.comments.queries.waiting import draft_by_id, held_of, waiting_figures
from consultation.features.comments.serializers.waiting import fields_of, shown_drafts, shown_held
from consultation.features.comments.services import drop_draft, finish_draft
from consultation.features.comments.views.doors import blueprint, readable
from consultation.features.comments.views.visits import drafts_here, visitor_here
from consultation.features.comments.views.writing import comment_form, sent, with_form
from consultation.features.consultations.policies import may_read
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure import clock
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.limits import limiter
from consultation.infrastructure.web.refusals import sentence_of


@blueprint.get("/consultations/<slug>/waiting/")
@guarded(may_read)
def waiting(slug: str) -> ResponseReturnValue:
    """What whoever is here has written in this consultation that is not public yet."""
    consultation, actor = readable(slug), current_actor()
    recommendations = {one.id: one for one in recommendations_of(consultation.id)}
    held = held_of(actor, consultation) if actor else []
    refusal = may_write(actor, consultation).refusal
    return render_template(
        "comments/waiting.html",
        consultation=consultation,
        drafts=shown_drafts(drafts_here(consultation), recommendations),
        held=shown_held(held, consultation),
        takes_part=consultation.takes_part_at(clock.now()),
        may_publish=bool(may_comment(actor, consultation)),
        refusal=sentence_of(refusal) if refusal else "",
        asks_charter=isinstance(refusal, CharterNotAccepted),
        figures=waiting_figures(consultation),
    )


@blueprint.route("/consultations/<slug>/waiting/<draft_id>/", methods=["GET", "POST"])
@guarded(may_write)
@limiter.limit(limits.WRITE, methods=["POST"])
def finish(slug: str, draft_id: str) -> ResponseReturnValue:
    """One of them in the form: published by somebody who may, kept as it was changed by a visitor."""
    consultation = readable(slug)
    try:
        draft = draft_by_id(current_actor(), visitor_here(), consultation, draft_id)
    except Missing:
        return _gone(slug)
    if not consultation.takes_part_at(clock.now()):
        return redirect(url_for("comments.waiting", slug=slug), code=303)
    enforce(may_write(current_actor(), consultation))
    recommendation = next(one for one in recommendations_of(consultation.id) if one.id == draft.recommendation_id)
    form, target = comment_form(consultation, data=fields_of(draft)), _target_of(draft)
    answer = sent(form, consultation, recommendation, _("Your comment is public now."), target)
    if answer is None:
        page = {"consultation": consultation, "recommendation": recommendation, "draft": draft}
        return with_form("comments/finish.html", form, has_lost_target=bool(draft.replies_to and not target), **page)
    if not form.is_for_visitor:
        finish_draft(current_actor(), visitor_here(), consultation, draft_id)
        drafts_here(consultation)
    return answer


@blueprint.route("/consultations/<slug>/waiting/<draft_id>/drop/", methods=["POST"])
@guarded(may_read)
@limiter.limit(limits.WRITE)
def drop(slug: str, draft_id: str) -> ResponseReturnValue:
    """Let one of them go, for good."""
    consultation = readable(slug)
    if DropForm().validate_on_submit():
        drop_draft(current_actor(), visitor_here(), consultation, draft_id)
        drafts_here(consultation)
        flash(_("The comment is dropped: nothing of it is kept."), "success")
    return redirect(url_for("comments.waiting", slug=slug), code=303)


def _gone(slug: str) -> ResponseReturnValue:
    """Somebody signed out may find it once signed in; for anybody else it is published, dropped or let go."""
    if current_actor() is None:
        raise NotSignedIn()
    flash(
        _("This comment waits here no longer: it was published or dropped, or kept for as long as it may."),
        "info",
    )
    return redirect(url_for("comments.waiting", slug=slug), code=303)


def _target_of(draft: Draft) -> Comment | None:
    """The comment that a draft answers, as long as it can be answered: otherwise the draft stands by itself."""
    try:
        target = comment_by_id(draft.replies_to) if draft.replies_to else None
    except Missing:
        return None
    return target if target and target.is_public else None
