"""What the organiser answers to a comment: given, changed in sight of all, withdrawn by a dated line."""

from sqlalchemy import delete, select

from consultation.domain.deliberation.answers import accepted_answer
from consultation.domain.errors import AnswerMissing, WrittenMeanwhile
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.comments.events import (
    OfficialReplyChanged,
    OfficialReplyGiven,
    OfficialReplyWithdrawn,
)
from consultation.features.comments.models import Comment, OfficialReply, OfficialReplyRevision
from consultation.features.comments.policies import may_answer
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.services import touch
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.events import record
from consultation.infrastructure.markdown import rendered


def answer_comment(actor: Account, comment: Comment, body: str, seen: int, read: int) -> OfficialReply:
    """Answer a comment in the organiser's name, or change the answer.

    `seen` is the version of the answer that the form showed, 0 for none, and `read` the revision of the comment.
    WrittenMeanwhile when another organiser was faster; the same words again change nothing.
    """
    _enforce(actor, comment)
    words, revision = accepted_answer(body), max(1, min(read, comment.revision))
    former = _locked(comment)
    if former is not None and (former.body, former.answers_revision) == (words, revision):
        return former
    if (former.version if former else 0) != seen:
        raise WrittenMeanwhile()
    reply = _changed(former) if former else OfficialReply(comment_id=comment.id, given_on=clock.today(), version=1)
    reply.body, reply.html, reply.answers_revision = words, rendered(words), revision
    session.add(reply)
    _settle(comment)
    told = OfficialReplyChanged if reply.changed_on else OfficialReplyGiven
    record(told(comment.id, comment.recommendation_id, actor.id))
    return reply


def withdraw_answer(actor: Account, comment: Comment, seen: int) -> None:
    """Take the answer back: its words, former ones included, are erased, and a dated line says so."""
    _enforce(actor, comment)
    reply = _locked(comment)
    if reply is None or not reply.is_shown:
        raise AnswerMissing()
    if reply.version != seen:
        raise WrittenMeanwhile()
    _forget_former(comment.id)
    reply.body = reply.html = ""
    reply.withdrawn_on = clock.today()
    reply.version += 1
    _settle(comment)
    record(OfficialReplyWithdrawn(comment.id, comment.recommendation_id, actor.id))


def erase_answer(comment_id: str) -> None:
    """Leave nothing of an answer whose comment was withdrawn by its author: it may repeat what they said."""
    _forget_former(comment_id)
    session.execute(delete(OfficialReply).where(OfficialReply.comment_id == comment_id))


def _enforce(actor: Account, comment: Comment) -> None:
    enforce(may_answer(actor, comment, session.get_one(Consultation, comment.consultation_id)))


def _locked(comment: Comment) -> OfficialReply | None:
    """The answer, read after everybody else who writes about this comment is done."""
    session.execute(select(Comment.id).where(Comment.id == comment.id).with_for_update(key_share=True))
    return session.get(OfficialReply, comment.id, populate_existing=True)


def _changed(reply: OfficialReply) -> OfficialReply:
    """Keep what the answer said until now; one that was withdrawn is given anew."""
    if reply.is_shown:
        session.add(_former(reply))
        reply.changed_on = clock.today()
    else:
        reply.given_on, reply.changed_on, reply.withdrawn_on = clock.today(), None, None
    reply.version += 1
    return reply


def _former(reply: OfficialReply) -> OfficialReplyRevision:
    return OfficialReplyRevision(
        comment_id=reply.comment_id,
        number=reply.version,
        html=reply.html,
        written_on=reply.changed_on or reply.given_on,
        answers_revision=reply.answers_revision,
    )


def _forget_former(comment_id: str) -> None:
    session.execute(delete(OfficialReplyRevision).where(OfficialReplyRevision.comment_id == comment_id))


def _settle(comment: Comment) -> None:
    session.flush()
    session.expire(comment, ["official_reply"])
    touch(comment.recommendation_id)
