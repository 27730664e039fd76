"""Comments taken out of sight and brought back: withheld and restored by moderation, withdrawn by their author."""

from typing import Any

from sqlalchemy import delete, select, update

from consultation.domain.errors import CommentNotPublic, Conflict
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.comments.events import CommentRestored, CommentWithdrawn, CommentWithheld
from consultation.features.comments.models import Comment, CommentRevision, CommentSource, State
from consultation.features.comments.policies import may_withdraw
from consultation.features.comments.services.counting import count_publicly
from consultation.features.comments.services.locking import lock
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.events import record


def withhold_comment(comment: Comment, decision_id: str, ground: str) -> None:
    """Put a dated placeholder with its ground in place of a public comment; its text and its replies stay.

    The revision that was judged, and all before it, are closed: they are shown nowhere.
    """
    _move(
        comment,
        State.PUBLISHED,
        State.WITHHELD,
        CommentNotPublic(),
        withheld_on=clock.today(),
        withheld_ground=ground,
        decision_id=decision_id,
        closed_before=Comment.closed_through,
        closed_through=Comment.revision,
    )
    count_publicly(comment, -1)
    record(CommentWithheld(comment.id, decision_id))


def restore_comment(comment: Comment) -> None:
    """Bring a withheld comment back to its place, and open again what its decision had closed."""
    _move(
        comment,
        State.WITHHELD,
        State.PUBLISHED,
        Conflict(),
        withheld_on=None,
        withheld_ground=None,
        decision_id=None,
        closed_through=Comment.closed_before,
        closed_before=0,
    )
    count_publicly(comment, 1)
    record(CommentRestored(comment.id))


def withdraw_comment(author: Account, comment: Comment) -> None:
    """Take one's own comment back: its text, history and sources are erased, its place and its replies stay.

    What was never public leaves nothing.
    """
    enforce(may_withdraw(author, comment))
    _withdraw(comment)


def withdraw_all_comments(author: Account) -> None:
    """Take every comment of this person back, as they would one by one."""
    states = (State.PUBLISHED.value, State.HELD.value)
    mine = select(Comment).where(Comment.author_id == author.id, Comment.state.in_(states)).order_by(Comment.id)
    # All of them before the first count: whoever changes one of them and waits for that count is waited for here.
    locked = mine.with_for_update(key_share=True).execution_options(populate_existing=True)
    for comment in sorted(session.scalars(locked), key=lambda one: one.recommendation_id):
        _withdraw(comment)


def _withdraw(comment: Comment) -> None:
    if comment.state == State.HELD:
        _forget_held(comment)
        return
    _move(
        comment, State.PUBLISHED, State.WITHDRAWN, CommentNotPublic(), body="", html="", edited_on=None, closed_before=0
    )
    for kept in (CommentSource, CommentRevision):
        session.execute(delete(kept).where(kept.comment_id == comment.id))
    session.expire(comment, ["sources"])
    count_publicly(comment, -1)
    record(CommentWithdrawn(comment.id))


def _forget_held(comment: Comment) -> None:
    held = delete(Comment).where(Comment.id == comment.id, Comment.state == State.HELD.value)
    if session.execute(held.returning(Comment.id)).first() is None:
        raise Conflict()
    record(CommentWithdrawn(comment.id))


def _move(comment: Comment, current: State, target: State, otherwise: Conflict, **values: Any) -> None:
    """Change the state of a comment that is still in the state expected; raise `otherwise` when it no longer is.

    It is read again first: what is counted afterwards is its alignment as it is, not as it was before a change.
    """
    lock(comment)
    if comment.state != current:
        raise otherwise
    session.execute(update(Comment).where(Comment.id == comment.id).values(state=target.value, **values))
