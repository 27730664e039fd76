"""Comments as they are read: pages of a thread, one comment, and where it stands."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.orm import defer, joinedload, raiseload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from consultation.domain.colleges import College
from consultation.domain.errors import Missing
from consultation.domain.identifiers import is_public_identifier
from consultation.features.comments.models import Comment, CommentReaction, PenName
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.database import session
from consultation.infrastructure.pagination import Page

PAGE_LENGTH = 20
REPLIES_SHOWN = 3


class Order(StrEnum):
    """In which order a thread is read; ties, and the order within a day, follow the random identifiers."""

    SHARED = "shared"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True)
class Branch:
    """A comment with the first of the replies that stand under it."""

    root: Comment
    replies: Sequence[Comment]


def thread_page(
    recommendation: Recommendation,
    order: Order = Order.SHARED,
    college: College | None = None,
    cursor: str | None = None,
) -> Page[Branch]:
    """Twenty comments after the cursor, each with up to three replies; Missing for a cursor that is none of ours."""
    roots = _roots(recommendation.id)
    if college is not None:
        roots = roots.where(Comment.college == college.value)
    page = _page(roots, order, cursor)
    replies = _first_replies([root.id for root in page.rows if root.replies])
    return Page([Branch(root, replies.get(root.id, ())) for root in page.rows], page.cursor)


def replies_page(root: Comment, cursor: str | None = None) -> Page[Comment]:
    """Twenty replies to a comment after the cursor, the oldest first."""
    return _page(select(Comment).where(Comment.parent_id == root.id).options(*_shown()), Order.OLDEST, cursor)


def comment_by_id(comment_id: str) -> Comment:
    """The comment with all that a page shows of it, in whatever state; Missing where there is none."""
    by_id = select(Comment).where(Comment.id == comment_id).options(joinedload(Comment.recommendation), *_shown())
    found = session.scalar(by_id) if is_public_identifier(comment_id) else None
    if found is None:
        raise Missing(comment=comment_id)
    return found


def comment_of_submission(author_id: uuid.UUID, submission: str) -> Comment | None:
    """What this author made of a form sent before, or None."""
    return session.scalar(select(Comment).filter_by(author_id=author_id, submission=submission))


def pen_name_of(account_id: uuid.UUID, consultation_id: uuid.UUID) -> PenName | None:
    """The name of an account in a consultation, or None before it has chosen one."""
    return session.scalar(select(PenName).filter_by(account_id=account_id, consultation_id=consultation_id))


def reactions_of(account_id: uuid.UUID, comment_ids: Sequence[str]) -> dict[str, str]:
    """The reactions of one person to these comments, by comment."""
    reactions = session.scalars(
        select(CommentReaction).where(
            CommentReaction.account_id == account_id, CommentReaction.comment_id.in_(comment_ids)
        )
    )
    return {reaction.comment_id: reaction.kind for reaction in reactions}


def wrote_in_thread(account_id: uuid.UUID, comment: Comment) -> bool:
    """Whether an account wrote the comment, the one it stands under, or any reply beside it."""
    root_id = comment.parent_id or comment.id
    thread = or_(Comment.id == root_id, Comment.parent_id == root_id)
    return session.scalar(select(Comment.id).where(Comment.author_id == account_id, thread).limit(1)) is not None


def cursor_before(comment: Comment) -> str | None:
    """The cursor of a page of its thread, in the usual order, that shows this root comment; None for the first page."""
    return _cursor_before(comment, Comment.score, Comment.parent_id.is_(None), ascends=False)


def cursor_before_reply(reply: Comment) -> str | None:
    """The cursor of a page of all replies to one comment that shows this one; None for the first page."""
    return _cursor_before(reply, Comment.posted_on, Comment.parent_id == reply.parent_id, ascends=True)


def stands_among_first_replies(reply: Comment) -> bool:
    """Whether a reply is one of those that come with the thread itself."""
    before = tuple_(Comment.posted_on, Comment.id) < (reply.posted_on, reply.id)
    found = select(Comment.id).where(Comment.parent_id == reply.parent_id, before).limit(REPLIES_SHOWN)
    return len(session.scalars(found).all()) < REPLIES_SHOWN


def _cursor_before(comment: Comment, key: Any, beside: ColumnElement[bool], *, ascends: bool) -> str | None:
    """Read one page backwards from a comment, however long the list is."""
    place, own = tuple_(key, Comment.id), (getattr(comment, key.key), comment.id)
    sorting = (key.desc(), Comment.id.desc()) if ascends else (key.asc(), Comment.id.asc())
    before = session.execute(
        select(key, Comment.id)
        .where(Comment.recommendation_id == comment.recommendation_id, beside, place < own if ascends else place > own)
        .order_by(*sorting)
        .limit(PAGE_LENGTH)
    ).all()
    return _cursor(*before[0]) if len(before) == PAGE_LENGTH else None


def _shown() -> tuple[ORMOption, ...]:
    answered = joinedload(Comment.answered).load_only(Comment.id, Comment.state, raiseload=True)
    return (
        defer(Comment.body),
        joinedload(Comment.pen_name),
        answered.joinedload(Comment.pen_name),
        selectinload(Comment.sources),
        raiseload("*"),
    )


def _roots(recommendation_id: str) -> Select[Comment]:
    return (
        select(Comment)
        .where(Comment.recommendation_id == recommendation_id, Comment.parent_id.is_(None))
        .options(*_shown())
    )


def _page(comments: Select[Comment], order: Order, cursor: str | None) -> Page[Comment]:
    key: Any = Comment.score if order is Order.SHARED else Comment.posted_on
    ascends = order is Order.OLDEST
    if cursor is not None:
        comments = comments.where(_is_after(key, ascends, _position(order, cursor)))
    sorting = (key.asc(), Comment.id.asc()) if ascends else (key.desc(), Comment.id.desc())
    found = session.scalars(comments.order_by(*sorting).limit(PAGE_LENGTH + 1)).all()
    rows = found[:PAGE_LENGTH]
    is_last = len(found) == len(rows)
    return Page(rows, None if is_last else _cursor(getattr(rows[-1], key.key), rows[-1].id))


def _is_after(key: Any, ascends: bool, position: tuple[float | date, str]) -> ColumnElement[bool]:
    place = tuple_(key, Comment.id)
    return place > position if ascends else place < position


def _cursor(key: float | date, comment_id: str) -> str:
    return f"{key if isinstance(key, date) else repr(key)}~{comment_id}"


def _position(order: Order, cursor: str) -> tuple[float | date, str]:
    key, _, comment_id = cursor.partition("~")
    try:
        place = float(key) if order is Order.SHARED else date.fromisoformat(key)
    except ValueError as error:
        raise Missing(cursor=cursor) from error
    if not is_public_identifier(comment_id):
        raise Missing(cursor=cursor)
    return place, comment_id


def _first_replies(root_ids: Sequence[str]) -> dict[str, list[Comment]]:
    place = func.row_number().over(partition_by=Comment.parent_id, order_by=(Comment.posted_on, Comment.id))
    numbered = select(Comment.id, place.label("place")).where(Comment.parent_id.in_(root_ids)).subquery()
    found = session.scalars(
        select(Comment)
        .join(numbered, numbered.c.id == Comment.id)
        .where(numbered.c.place <= REPLIES_SHOWN)
        .order_by(Comment.posted_on, Comment.id)
        .options(*_shown())
    )
    branches: dict[str, list[Comment]] = {}
    for reply in found:
        branches.setdefault(reply.parent_id or "", []).append(reply)
    return branches
