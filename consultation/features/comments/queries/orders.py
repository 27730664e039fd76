"""In which orders a thread can be read, and where a page of it begins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Any

from sqlalchemy import ColumnElement, tuple_

from consultation.domain.errors import UnknownReading
from consultation.domain.identifiers import is_public_identifier
from consultation.features.comments.models import Comment
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock

_LARGEST = 2**31 - 1


class Order(StrEnum):
    """In which order a thread is read; ties, and the order within a day, follow the random identifiers."""

    SHARED = "shared"
    NEWEST = "newest"
    OLDEST = "oldest"
    DISCUSSED = "discussed"
    DIVIDED = "divided"


@dataclass(frozen=True)
class Key:
    """What an order sorts by, how a cursor writes it, and in which direction it is read."""

    column: Any
    read: Callable[[str], float | date]
    ascends: bool = False

    def sorting(self, column: Any = None, tie: Any = None) -> tuple[ColumnElement[Any], ...]:
        """The clauses that sort by this key, then by identifiers; by default those of the comments themselves."""
        pair = (self.column if column is None else column, Comment.id if tie is None else tie)
        return tuple(one.asc() if self.ascends else one.desc() for one in pair)

    def beyond(self, place: tuple[Any, str], *, backwards: bool = False) -> ColumnElement[bool]:
        """Whether a comment comes after a place in this order, or before it."""
        pair = tuple_(self.column, Comment.id)
        return pair > place if self.ascends is not backwards else pair < place

    def place_of(self, comment: Comment) -> tuple[Any, str]:
        """Where a comment stands in this order."""
        return getattr(comment, self.column.key), comment.id

    def place_at(self, cursor: str) -> tuple[float | date, str]:
        """The place that a cursor names; UnknownReading for a cursor that is none of this order's."""
        key, _, comment_id = cursor.partition("~")
        try:
            place = self.read(key)
        except ValueError as error:
            raise UnknownReading(cursor=cursor) from error
        if not is_public_identifier(comment_id):
            raise UnknownReading(cursor=cursor)
        return place, comment_id


def cursor_at(place: tuple[float | date, str]) -> str:
    """The cursor that names a place."""
    key, comment_id = place
    return f"{key if isinstance(key, date) else repr(key)}~{comment_id}"


def _score(text: str) -> float:
    score = float(text)
    if not isfinite(score):
        raise ValueError(text)
    return score


def _number(text: str) -> int:
    number = int(text)
    if not 0 <= number <= _LARGEST:
        raise ValueError(text)
    return number


KEYS: Mapping[Order, Key] = {
    Order.SHARED: Key(Comment.score, _score),
    Order.NEWEST: Key(Comment.posted_on, date.fromisoformat),
    Order.OLDEST: Key(Comment.posted_on, date.fromisoformat, ascends=True),
    Order.DISCUSSED: Key(Comment.replies, _number),
    Order.DIVIDED: Key(Comment.divided, _score),
}


def usual_order(consultation: Consultation) -> Order:
    """The order of a thread where none is asked for: on the first day nothing has been shared yet."""
    opened_at = consultation.opened_at
    is_first_day = opened_at is not None and clock.day_of(opened_at) == clock.today()
    return Order.NEWEST if is_first_day else Order.SHARED
