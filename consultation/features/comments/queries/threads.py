"""Pages of a thread: whatever the length of the thread, no more is read than a page shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from typing import Any

from sqlalchemy import ColumnElement, Select, TextClause, select, text, union_all
from sqlalchemy.sql.selectable import Subquery

from consultation.domain.colleges import College
from consultation.domain.deliberation.alignment import Alignment
from consultation.features.comments.models import Comment, State
from consultation.features.comments.queries.loading import shown
from consultation.features.comments.queries.orders import KEYS, Key, Order, cursor_at
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.database import session
from consultation.infrastructure.pagination import Page

PAGE_LENGTH = 20
REPLIES_SHOWN = 3
# An index of its own has each of these orders; any other reading is put together from those of the facets.
_INDEXED = (Order.SHARED, Order.NEWEST, Order.OLDEST)

_FIRST_REPLIES = (
    "SELECT * FROM (SELECT posted_on, id, parent_id FROM comment WHERE parent_id = :root_NUMBER"  # noqa: S608
    f" AND state <> '{State.HELD.value}' ORDER BY posted_on, id LIMIT {REPLIES_SHOWN}) AS first_NUMBER"
)


@dataclass(frozen=True)
class Branch:
    """A comment with the first of the replies that stand under it."""

    root: Comment
    replies: Sequence[Comment]


def thread_page(
    recommendation: Recommendation,
    order: Order = Order.SHARED,
    college: College | None = None,
    alignment: Alignment | None = None,
    cursor: str | None = None,
) -> Page[Branch]:
    """Twenty comments after the cursor, each with up to three replies; UnknownReading for a cursor that is not ours."""
    found = session.execute(roots_after(recommendation.id, order, college, alignment, cursor)).all()
    rows = found[:PAGE_LENGTH]
    replies = _first_replies([row.id for row in rows if row.replies])
    comments = _loaded([*(row.id for row in rows), *chain.from_iterable(replies.values())])
    branches = [Branch(comments[row.id], [comments[one] for one in replies.get(row.id, ())]) for row in rows]
    return Page(branches, cursor_at((rows[-1].key, rows[-1].id)) if len(found) > len(rows) else None)


def replies_page(root: Comment, cursor: str | None = None) -> Page[Comment]:
    """Twenty replies to a comment after the cursor, the oldest first."""
    key = KEYS[Order.OLDEST]
    replies = select(Comment).where(Comment.parent_id == root.id, LISTED, *_after(key, cursor)).order_by(*key.sorting())
    found = session.scalars(replies.limit(PAGE_LENGTH + 1).options(*shown())).all()
    rows = found[:PAGE_LENGTH]
    return Page(rows, cursor_at(key.place_of(rows[-1])) if len(found) > len(rows) else None)


# A comment that waits for a reading is in no list.
LISTED = Comment.state != State.HELD.value


def roots_after(
    recommendation_id: str, order: Order, college: College | None, alignment: Alignment | None, cursor: str | None
) -> Select[Any]:
    """The statement that reads one more than a page: the place of each (`key` and `id`) and how many replies it has."""
    key = KEYS[order]
    place = select(key.column.label("key"), Comment.id, Comment.replies.label("replies"))
    if order in _INDEXED and college is None and alignment is None:
        return _first_of(place, key, recommendation_id, cursor)
    facets = product([college] if college else College, [alignment] if alignment else Alignment)
    keys = _together(
        _first_of(place, key, recommendation_id, cursor, Comment.college == one.value, Comment.alignment == other.value)
        for one, other in facets
    )
    return select(keys).order_by(*key.sorting(keys.c.key, keys.c.id)).limit(PAGE_LENGTH + 1)


def _first_of(
    statement: Select[Any], key: Key, recommendation_id: str, cursor: str | None, *facet: ColumnElement[bool]
) -> Select[Any]:
    # PostgreSQL sees that an index sorts only where the column that is null everywhere is sorted by as well.
    sorting = Comment.parent_id.asc() if key.ascends else Comment.parent_id.desc()
    return (
        statement.where(Comment.recommendation_id == recommendation_id, Comment.parent_id.is_(None), LISTED)
        .where(*facet, *_after(key, cursor))
        .order_by(sorting, *key.sorting())
        .limit(PAGE_LENGTH + 1)
    )


def _after(key: Key, cursor: str | None) -> tuple[ColumnElement[bool], ...]:
    return () if cursor is None else (key.beyond(key.place_at(cursor)),)


def _together(pages: Iterable[Select[Any]]) -> Subquery:
    """Several short lists as one; each keeps its own order and bound, which SQLite takes inside a subquery only."""
    short = [page.subquery() for page in pages]
    return union_all(*(select(*one.c) for one in short)).subquery()


def _first_replies(root_ids: Sequence[str]) -> dict[str, list[str]]:
    """The first replies to each of these comments, each list read by itself: one of them may be very long."""
    if not root_ids:
        return {}
    asked = {f"root_{place}": root_id for place, root_id in enumerate(root_ids)}
    branches: dict[str, list[str]] = {}
    for _day, reply_id, root_id in sorted(session.execute(_replies_to(len(root_ids)), asked).all()):
        branches.setdefault(root_id, []).append(reply_id)
    return branches


@cache
def _replies_to(count: int) -> TextClause:
    """The statement for as many comments, as text: twenty subqueries take longer to put together than to answer."""
    return text(" UNION ALL ".join(_FIRST_REPLIES.replace("NUMBER", str(number)) for number in range(count)))


def _loaded(ids: Sequence[str]) -> dict[str, Comment]:
    """These comments with all that a page shows of them, by identifier."""
    found = session.scalars(select(Comment).where(Comment.id.in_(ids)).options(*shown())) if ids else ()
    return {comment.id: comment for comment in found}
