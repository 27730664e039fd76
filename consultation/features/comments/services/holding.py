"""A comment whose author asks for a reading first: held, rewritten, then public by itself, by a moderator, or returned.

What is held was written while comments were taken: it becomes public in its time even where the consultation has
closed meanwhile.
"""

import json

from sqlalchemy import delete, update

from consultation.domain.deliberation.argument import Argument
from consultation.domain.deliberation.texts import clean_text
from consultation.domain.deliberation.waiting import ADVICE_MAXIMUM, ADVICE_MINIMUM, KEPT_FOR_AUTHORS, over_at
from consultation.domain.errors import AdviceMissing, AlreadyRead
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.comments.events import CommentCleared, CommentHeld, CommentPosted, CommentReturned
from consultation.features.comments.models import Comment, CommentSource, ReturnedComment, State
from consultation.features.comments.policies import may_end_reading, may_rewrite
from consultation.features.comments.queries import comment_of_submission, wrote_in_thread
from consultation.features.comments.services.accepting import accepted_text, rows_of
from consultation.features.comments.services.counting import count_as_public
from consultation.features.comments.services.locking import lock
from consultation.features.comments.services.posting import kept_once, new_comment
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import record
from consultation.infrastructure.markdown import rendered


def hold_comment(
    author: Account, recommendation: Recommendation, argument: Argument, parent: Comment | None = None
) -> Comment:
    """Keep a comment, or a reply to `parent`, for a reading; the same submission again gives the first one back."""
    if earlier := comment_of_submission(author.id, argument.submission):
        return earlier
    comment = new_comment(author, recommendation, argument, parent)
    comment.state = State.HELD.value
    comment.held_until = over_at(comment.posted_at.astimezone(clock.PARIS))
    if (earlier := kept_once(comment)) is comment:
        record(CommentHeld(comment.id, recommendation.id))
    return earlier


def rewrite_held(author: Account, comment: Comment, argument: Argument) -> None:
    """Change what a held comment says; its reading takes as long as it would have."""
    lock(comment)
    enforce(may_rewrite(author, comment, session.get_one(Consultation, comment.consultation_id)))
    comment.alignment, comment.body = argument.alignment.value, accepted_text(argument.body)
    comment.html = rendered(comment.body)
    session.execute(delete(CommentSource).where(CommentSource.comment_id == comment.id))
    session.expire(comment, ["sources"])
    for row in rows_of(argument.sources):
        row.comment_id = comment.id
        session.add(row)
    session.flush()


def release_comment(comment: Comment) -> None:
    """Make a held comment public, dated of this day; AlreadyRead where it is held no longer."""
    held = update(Comment).where(Comment.id == comment.id, Comment.state == State.HELD.value)
    released = held.values(
        state=State.PUBLISHED.value, held_until=None, posted_at=clock.now(), posted_on=clock.today()
    ).returning(Comment.id)
    if session.execute(released).first() is None:
        raise AlreadyRead()
    session.refresh(comment, ["alignment"])  # its author could change it until now: it is counted as it is
    count_as_public(comment)
    record(CommentPosted(comment.id, comment.recommendation_id, comment.author_id))


def clear_comment(moderator: Account, comment: Comment) -> None:
    """Make a held comment public before its time: a moderator has read it."""
    enforce(may_end_reading(moderator, comment, took_part=wrote_in_thread(moderator.id, comment)))
    release_comment(comment)
    record(CommentCleared(comment.id, moderator.id))


def return_comment(moderator: Account, comment: Comment, advice: str) -> ReturnedComment:
    """Give a held comment back to its author with the reason: it was public to nobody, and leaves nothing behind."""
    enforce(may_end_reading(moderator, comment, took_part=wrote_in_thread(moderator.id, comment)))
    words = clean_text(advice)
    if not ADVICE_MINIMUM <= len(words) <= ADVICE_MAXIMUM:
        raise AdviceMissing()
    lock(comment)
    if comment.state != State.HELD:
        raise AlreadyRead()
    returned = _returned(comment, words)
    session.add(returned)
    session.execute(delete(Comment).where(Comment.id == comment.id))
    session.expunge(comment)
    session.flush()
    record(CommentReturned(comment.id, returned.id, moderator.id))
    return returned


def forget_held(account_id: object) -> None:
    """Let go of what was not public yet of somebody who leaves."""
    for mine in (
        delete(Comment).where(Comment.author_id == account_id, Comment.state == State.HELD.value),
        delete(ReturnedComment).where(ReturnedComment.account_id == account_id),
    ):
        session.execute(mine.execution_options(synchronize_session=False))


def _returned(comment: Comment, advice: str) -> ReturnedComment:
    return ReturnedComment(
        id=new_public_id(),
        account_id=comment.author_id,
        consultation_id=comment.consultation_id,
        recommendation_id=comment.recommendation_id,
        replies_to=comment.answered_id or comment.parent_id,
        alignment=comment.alignment,
        body=comment.body,
        sources=json.dumps([[source.title, source.url] for source in comment.sources]),
        advice=advice,
        returned_on=clock.today(),
        kept_until=clock.now() + KEPT_FOR_AUTHORS,
    )
