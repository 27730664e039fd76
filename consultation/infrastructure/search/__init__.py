"""Search over everything that is public: FTS5 on SQLite, tsvector and GIN on PostgreSQL, the same results on both."""

from consultation.infrastructure.search import index
from consultation.infrastructure.search.entries import (
    KINDS,
    Entry,
    Scope,
    SearchEntry,
    add,
    put,
    remove,
    remove_all,
    rows_of,
)
from consultation.infrastructure.search.excerpts import Piece, excerpt, marked
from consultation.infrastructure.search.finding import Found, find
from consultation.infrastructure.search.places import place_of_comment, place_of_text
from consultation.infrastructure.search.questions import Problem, Question, understood

__all__ = [
    "KINDS",
    "Entry",
    "Found",
    "Piece",
    "Problem",
    "Question",
    "Scope",
    "SearchEntry",
    "add",
    "excerpt",
    "find",
    "index",
    "marked",
    "place_of_comment",
    "place_of_text",
    "put",
    "remove",
    "remove_all",
    "rows_of",
    "understood",
]
