"""A thread, and the ways to one comment in it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consultation.domain.errors import CharterNotAccepted, Missing
from consultation.domain.verdicts import enforce
from consultation.features.comments.models import State
from consultation.features.comments.policies import may_comment
from consultation.features.comments.queries.stamps import stamp_of_comment
from consultation.features.comments.serializers.thread import Reading, replies_of, thread_of
from consultation.features.comments.views.doors import blueprint, found_in, place_of, readable
from consultation.features.comments.views.writing import comment_form, posted, to_written, with_form
from consultation.features.consultations.policies import may_read
from consultation.features.recommendations.queries import recommendation_by_number, stamp_of_recommendation
from consultation.infrastructure.web import limits
from consultation.infrastructure.web.access import guarded
from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.caching import kept
from consultation.infrastructure.web.limits import limiter
from consultation.infrastructure.web.refusals import sentence_of


@blueprint.route("/consultations/<slug>/recommendations/<int:number>/", methods=["GET", "POST"])
@guarded(may_read, may_comment)
@kept(stamp_of_recommendation, "order", "college", "alignment", "after")
@limiter.limit(limits.WRITE, methods=["POST"])
def thread(slug: str, number: int) -> ResponseReturnValue:
    """A recommendation, what people say of it, and the form to say something oneself."""
    consultation = readable(slug)
    recommendation = recommendation_by_number(consultation, number)
    verdict = may_comment(current_actor(), consultation)
    if request.method == "POST":
        enforce(verdict)
    form = comment_form(consultation) if verdict else None
    if form and (written := posted(form, consultation, recommendation)):
        return to_written(consultation, written, _("Your comment is public now."))
    reading = Reading.asked(consultation, request.args)
    page = thread_of(current_actor(), consultation, recommendation, reading)
    refusal = sentence_of(verdict.refusal) if verdict.refusal else ""
    asks_charter = isinstance(verdict.refusal, CharterNotAccepted)
    return with_form("comments/thread.html", form, refusal=refusal, asks_charter=asks_charter, **page)


@blueprint.get("/consultations/<slug>/comments/<comment_id>/")
@guarded(may_read)
def comment(slug: str, comment_id: str) -> ResponseReturnValue:
    """The lasting address of a comment: leads to it, on whatever page it stands in the order asked for."""
    consultation, found = found_in(slug, comment_id)
    if found.state == State.HELD:
        return redirect(url_for("comments.held", slug=slug, comment_id=comment_id), code=302)
    return redirect(place_of(consultation, found, Reading.asked(consultation, request.args)), code=302)


@blueprint.get("/consultations/<slug>/comments/<comment_id>/replies/")
@guarded(may_read)
@kept(stamp_of_comment, "after")
def replies(slug: str, comment_id: str) -> ResponseReturnValue:
    """A comment with all its replies."""
    consultation, root = found_in(slug, comment_id)
    if root.parent_id is not None:
        raise Missing(comment=comment_id)
    page = replies_of(current_actor(), consultation, root, request.args.get("after"))
    return render_template("comments/replies.html", **page)
