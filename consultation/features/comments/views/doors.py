"""What all pages of comments share: the blueprint, what is found, and where it stands."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from consultation.domain.errors import Missing
from consultation.domain.verdicts import enforce
from consultation.features.comments.models import Comment
from consultation.features.comments.policies import may_see
from consultation.features.comments.queries import (
    comment_by_id,
    cursor_before,
    cursor_before_reply,
    stands_among_first_replies,
)
from consultation.features.comments.serializers.shown import scribe_for
from consultation.features.comments.serializers.thread import Reading
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_read
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure.web.actor import current_actor

blueprint = Blueprint("comments", __name__)


def readable(slug: str) -> Consultation:
    """The consultation at this address, where the actor may read it."""
    consultation = consultation_by_slug(slug)
    enforce(may_read(current_actor(), consultation))
    return consultation


def found_in(slug: str, comment_id: str) -> tuple[Consultation, Comment]:
    """A comment and its consultation; Missing where the address names neither or joins two that are not one."""
    consultation, found = readable(slug), comment_by_id(comment_id)
    if found.consultation_id != consultation.id:
        raise Missing(comment=comment_id)
    enforce(may_see(current_actor(), found))
    return consultation, found


def about(consultation: Consultation, target: Comment) -> dict[str, object]:
    """What a page about one comment shows of it."""
    return {
        "comment": scribe_for(current_actor(), consultation, [target]).shown(target),
        "recommendation": target.recommendation,
        "back_url": url_for("comments.comment", slug=consultation.slug, comment_id=target.id),
    }


def to_comment(consultation: Consultation, target: Comment, message: str) -> ResponseReturnValue:
    """Say what was done, then lead to where the comment stands."""
    flash(message, "success")
    return redirect(url_for("comments.comment", slug=consultation.slug, comment_id=target.id), code=303)


def place_of(consultation: Consultation, target: Comment, reading: Reading | None = None) -> str:
    """The page on which a comment stands, in the order of a reading, and the comment in it.

    A late reply stands among all the replies.
    """
    if target.parent_id is None or stands_among_first_replies(target):
        root = comment_by_id(target.parent_id) if target.parent_id else target
        whole = replace(reading or Reading.usual_of(consultation), college=None, alignment=None)
        there = replace(whole, after=cursor_before(root, whole.order))
        return f"{there.url(consultation, target.recommendation)}#c-{target.id}"
    after = cursor_before_reply(target)
    page = url_for("comments.replies", slug=consultation.slug, comment_id=target.parent_id, after=after)
    return f"{page}#c-{target.id}"
