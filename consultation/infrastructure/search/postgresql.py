"""Finding on PostgreSQL: one statement that looks into wider and wider windows of time until enough is found.

A GIN index gives all the rows of a word, in no order: a word of a million comments would cost a million rows. Each
window is therefore a part of the question, met inside the index, and each part of the statement runs only where those
before it have not found enough. What is asked for in vain is rare, and costs its own few rows.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import CTE, ColumnElement, Select, cast, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.exc import DBAPIError

from consultation.domain.errors import SearchTooBroad
from consultation.infrastructure.database import session
from consultation.infrastructure.search.entries import Scope, SearchEntry
from consultation.infrastructure.search.lexemes import IS_TEXT, WINDOWS, window
from consultation.infrastructure.search.places import TEXTS
from consultation.infrastructure.search.questions import Question, Term

# Compiling the statement would take longer than running it, and only the index is ever worth reading. A search for a
# phrase of the commonest words, which no text holds in a row, would read them all: it is given up after a while.
_SETTINGS = {
    "jit": "off",
    "enable_seqscan": "off",
    "max_parallel_workers_per_gather": "0",
    "statement_timeout": "3000",
}
_CANCELLED = "57014"


def expression_of(question: Question, marks: Sequence[str]) -> str:
    """The question in the language of tsquery; every word stands in quotes, so that none is an operator."""
    wanted = [*map(_term, question.terms), *(f"'{mark}'" for mark in marks)]
    return " & ".join([*wanted, *(f"!{_term(term)}" for term in question.excluded)])


def places_of(question: Question, scope: Scope, before: int, limit: int) -> list[int]:
    """The highest places below `before` that answer the question; SearchTooBroad where that would take too long."""
    try:
        with session.begin_nested():
            return _places_of(question, scope, before, limit)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _CANCELLED:
            raise SearchTooBroad() from error
        raise


def _places_of(question: Question, scope: Scope, before: int, limit: int) -> list[int]:
    expression = expression_of(question, scope.marks())
    newest = min(_newest_comment(scope) + 1, before)
    parts: list[CTE] = []
    for words, low, high in _stretches(expression, newest, before):
        parts.append(_part(words, low, high, limit, parts))
    found = union_all(*(select(part.c.place) for part in parts)).subquery()
    return list(session.scalars(select(found.c.place).order_by(found.c.place.desc()).limit(limit)))


def _newest_comment(scope: Scope) -> int:
    """Where the first window is laid: an old debate is not looked for in the windows of this week."""
    newest = select(
        func.max(SearchEntry.place), *(func.set_config(name, value, True) for name, value in _SETTINGS.items())
    ).where(SearchEntry.place < TEXTS)
    if scope.recommendation_id:
        newest = newest.where(SearchEntry.recommendation_id == scope.recommendation_id)
    elif scope.consultation_id:
        newest = newest.where(SearchEntry.consultation_id == scope.consultation_id)
    found = session.execute(newest).one()
    return found[0] if found[0] is not None else -1


def _stretches(expression: str, newest: int, before: int) -> Iterator[tuple[str, int, int]]:
    """What to ask for, stretch by stretch, from the highest places down: each from `low` on and below `high`."""
    if before > TEXTS:
        yield f"({expression}) & '{IS_TEXT}'", TEXTS, before
    high = newest
    for width in WINDOWS:
        low = max((newest >> width) - 1, 0) << width
        here, below = window(newest, width), window(low, width)
        yield f"({expression}) & ('{here}' | '{below}')", low, high
        high = min(high, low)
    yield expression, 0, high


def _part(expression: str, low: int, high: int, limit: int, before: Sequence[CTE]) -> CTE:
    # Adding nought keeps the planner from reading the entries one by one in the order of their places.
    place: ColumnElement[int] = SearchEntry.place + 0
    answers: ColumnElement[bool] = SearchEntry.words.bool_op("@@")(cast(expression, TSQUERY))
    part: Select[int] = select(SearchEntry.place).where(answers, place >= low, place < high)
    if before:
        found = sum((_count(one) for one in before), literal(0))
        part = part.where(found < limit)
    return part.order_by(place.desc()).limit(limit).cte(f"part_{len(before)}").prefix_with("MATERIALIZED")


def _count(part: CTE) -> ColumnElement[int]:
    return select(func.count()).select_from(part).scalar_subquery()


def _term(term: Term) -> str:
    readings = (" <-> ".join(f"'{stem}'" for stem in reading) for reading in term)
    return f"({' | '.join(f'({reading})' for reading in readings)})"
