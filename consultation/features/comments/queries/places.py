"""Where a comment stands: the page that shows it, found without reading those before it."""

from typing import Any

from sqlalchemy import ColumnElement, select

from consultation.features.comments.models import Comment
from consultation.features.comments.queries.orders import KEYS, Key, Order, cursor_at
from consultation.features.comments.queries.threads import LISTED, PAGE_LENGTH, REPLIES_SHOWN
from consultation.infrastructure.database import session

# A page is opened some places before the comment that is looked for: what others post meanwhile moves it, not away.
_BEFORE = PAGE_LENGTH // 2


def cursor_before(root: Comment, order: Order) -> str | None:
    """The cursor of a page of its thread, in this order, that shows this root comment; None for the first page."""
    key = KEYS[order]
    siblings = (Comment.recommendation_id == root.recommendation_id, Comment.parent_id.is_(None))
    above = Comment.parent_id.desc() if key.ascends else Comment.parent_id.asc()
    return _cursor_before(root, key, siblings, above)


def cursor_before_reply(reply: Comment) -> str | None:
    """The cursor of a page of all replies to one comment that shows this one; None for the first page."""
    return _cursor_before(reply, KEYS[Order.OLDEST], (Comment.parent_id == reply.parent_id,))


def stands_among_first_replies(reply: Comment) -> bool:
    """Whether a reply is one of those that come with the thread itself."""
    key = KEYS[Order.OLDEST]
    before = key.beyond(key.place_of(reply), backwards=True)
    found = select(Comment.id).where(Comment.parent_id == reply.parent_id, LISTED, before).limit(REPLIES_SHOWN)
    return len(session.scalars(found).all()) < REPLIES_SHOWN


def _cursor_before(
    comment: Comment, key: Key, beside: tuple[ColumnElement[bool], ...], *above: ColumnElement[Any]
) -> str | None:
    """Read half a page backwards from a comment, however long the list is."""
    backwards = Key(key.column, key.read, ascends=not key.ascends)
    before = session.execute(
        select(key.column, Comment.id)
        .where(*beside, LISTED, backwards.beyond(key.place_of(comment)))
        .order_by(*above, *backwards.sorting())
        .limit(_BEFORE)
    ).all()
    return cursor_at((before[-1][0], before[-1][1])) if len(before) == _BEFORE else None
