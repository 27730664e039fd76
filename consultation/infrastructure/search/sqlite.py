"""Finding on SQLite: FTS5 reads its lists from the highest place down, and stops as soon as enough is found."""

from collections.abc import Sequence

from sqlalchemy import text

from consultation.infrastructure.database import session
from consultation.infrastructure.search.questions import Question, Term

_FOUND = text(
    "SELECT rowid FROM search_index WHERE search_index MATCH :expression AND rowid < :before "
    "ORDER BY rowid DESC LIMIT :limit"
)


def expression_of(question: Question, marks: Sequence[str]) -> str:
    """The question in the language of FTS5; every word stands in quotes, so that none is an operator."""
    wanted = " AND ".join([*map(_term, question.terms), *(f'"{mark}"' for mark in marks)])
    if not question.excluded:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(map(_term, question.excluded))})"


def places_of(question: Question, marks: Sequence[str], before: int, limit: int) -> list[int]:
    """The highest places below `before` that answer the question."""
    values = {"expression": expression_of(question, marks), "before": before, "limit": limit}
    return list(session.scalars(_FOUND, values))


def _term(term: Term) -> str:
    return f"({' OR '.join(chr(34) + ' '.join(reading) + chr(34) for reading in term)})"
