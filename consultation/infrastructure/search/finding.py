"""Finding: the entries that answer a question, in the order of their places, twenty at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import defer

from consultation.infrastructure.database import is_postgresql, session
from consultation.infrastructure.search import postgresql, sqlite
from consultation.infrastructure.search.entries import Scope, SearchEntry
from consultation.infrastructure.search.questions import Question

PAGE_LENGTH = 20
COUNTED = 100
_ABOVE_ALL = (1 << 63) - 1


@dataclass(frozen=True)
class Found:
    """One page of what was found; `total` counts from this page on, to a hundred at most, which `is_more` says."""

    entries: Sequence[SearchEntry]
    total: int
    is_more: bool
    cursor: int | None


def find(question: Question, scope: Scope, before: int | None = None) -> Found:
    """The first entries that answer a question, or the first below a place: where the page before ended."""
    limit = COUNTED + 1
    before = _ABOVE_ALL if before is None else before
    if is_postgresql():
        places = postgresql.places_of(question, scope, before, limit)
    else:
        places = sqlite.places_of(question, scope.marks(), before, limit)
    shown = places[:PAGE_LENGTH]
    return Found(
        entries=_entries_at(shown),
        total=min(len(places), COUNTED),
        is_more=len(places) > COUNTED,
        cursor=shown[-1] if len(places) > len(shown) else None,
    )


def _entries_at(places: Sequence[int]) -> list[SearchEntry]:
    entries = select(SearchEntry).where(SearchEntry.place.in_(places)).options(defer(SearchEntry.words))
    return list(session.scalars(entries.order_by(SearchEntry.place.desc())))
