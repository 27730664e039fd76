"""The entries of the index: one for each thing that is public now and can be found, none for anything else."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    delete,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from consultation.infrastructure.database import Model, is_postgresql, session
from consultation.infrastructure.search.lexemes import (
    IS_TEXT,
    WINDOWS,
    as_row,
    as_vector,
    facet,
    stems_of,
    window,
)
from consultation.infrastructure.search.places import TEXTS

KINDS = ("consultation", "recommendation", "comment", "reply", "outcome", "report")
_KINDS = ", ".join(f"'{kind}'" for kind in KINDS)


class SearchEntry(Model):
    """What is found, what a result shows of it, and its words; no name of anybody."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("kind", "object_id"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("place >= 0", name="place"),
        Index("ix_search_entry_consultation_id", "consultation_id", "place"),
        Index("ix_search_entry_recommendation_id", "recommendation_id", "place"),
        # SQLite has FTS5 for this: there the index stays empty, for no place is below nought.
        # Without a list of what is still to be sorted in, which every search would read from end to end.
        Index(
            "ix_search_entry_words",
            "words",
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
            sqlite_where=text("place < 0"),
        ),
    )

    place: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False, doc="see places"
    )
    kind: Mapped[str]
    object_id: Mapped[str]
    consultation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"))
    recommendation_id: Mapped[str | None]
    language: Mapped[str]
    title: Mapped[str]
    body: Mapped[str] = mapped_column(doc="plain text, without markup")
    day: Mapped[date]
    college: Mapped[str | None]
    alignment: Mapped[str | None]
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"), doc="see lexemes")


@dataclass(frozen=True)
class Entry:
    """Something to be found; `place` says where it would like to stand among what is found with it."""

    place: int
    kind: str
    object_id: str
    consultation_id: uuid.UUID
    language: str
    title: str
    body: str
    day: date
    recommendation_id: str | None = None
    college: str | None = None
    alignment: str | None = None


@dataclass(frozen=True)
class Scope:
    """What a search is narrowed to."""

    consultation_id: uuid.UUID | None = None
    recommendation_id: str | None = None
    kind: str | None = None
    college: str | None = None
    alignment: str | None = None

    def marks(self) -> list[str]:
        """The marks that an entry of this scope carries."""
        values = {
            "kind": self.kind,
            "of": self.consultation_id.hex if self.consultation_id else None,
            "on": self.recommendation_id,
            "college": self.college,
            "position": self.alignment,
        }
        return [facet(name, value) for name, value in values.items() if value]


def put(*entries: Entry) -> None:
    """Make these findable, in place of what was found of the same things before."""
    for kind in {entry.kind for entry in entries}:
        remove((kind,), [entry.object_id for entry in entries if entry.kind == kind])
    add(*entries)


def add(*entries: Entry) -> None:
    """Make these findable; none of them is yet."""
    for row in rows_of(entries):
        _insert(row)


def remove(kinds: Collection[str], object_ids: Collection[str]) -> None:
    """Let the things of these identifiers be found no more, in any of these kinds."""
    _delete(SearchEntry.kind.in_(kinds), SearchEntry.object_id.in_(object_ids))


def remove_all(kinds: Collection[str], consultation_id: uuid.UUID | None = None) -> None:
    """Let nothing of these kinds be found any more, in one consultation or in all."""
    within = () if consultation_id is None else (SearchEntry.consultation_id == consultation_id,)
    _delete(SearchEntry.kind.in_(kinds), *within)


def rows_of(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Entries as rows of the table, with the words that this database is to index."""
    postgresql_is_used = is_postgresql()
    for entry in entries:
        scope = Scope(entry.consultation_id, entry.recommendation_id, entry.kind, entry.college, entry.alignment)
        stems, marks = stems_of((entry.title, entry.body), entry.language), scope.marks()
        if entry.place >= TEXTS:
            marks.append(IS_TEXT)
        words = as_vector(stems, [*marks, *_windows(entry.place)]) if postgresql_is_used else as_row(stems, marks)
        yield {**entry.__dict__, "words": words}


def _delete(*conditions: ColumnElement[bool]) -> None:
    session.execute(delete(SearchEntry).where(*conditions).execution_options(synchronize_session=False))


def _windows(place: int) -> list[str]:
    return [] if place >= TEXTS else [window(place, width) for width in WINDOWS]


def _insert(row: dict[str, Any]) -> None:
    """Insert at the place wanted or, where it is taken, at the next one that is free."""
    insert = postgresql.insert if is_postgresql() else sqlite.insert
    while True:
        wanted = insert(SearchEntry).values(row).on_conflict_do_nothing(index_elements=["place"])
        if session.execute(wanted.returning(SearchEntry.place)).first() is not None:
            return
        row["place"] -= 1
