"""What somebody types to search, understood: words, "phrases" and -exclusions; everything else is only punctuation.

All the words asked for must stand in what is found, in whatever form and order; the words of a phrase one after the
other (words that every text holds do not count). The language of what is typed is not known: a word is looked for as
French and as English.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from consultation.infrastructure.search.words import LANGUAGES, Word, all_words_of, is_common, stem_of

LONGEST = 200
MOST_WORDS = 12
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟＂", '"'))
_PART = re.compile(r'(?P<no>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<chunk>[^\s"]+))')

Reading = tuple[str, ...]
Term = tuple[Reading, ...]


class Problem(StrEnum):
    """Why nothing can be looked for."""

    EMPTY = "empty"
    LONG = "long"
    COMMON = "common"
    NO_WORD = "no_word"
    ONLY_EXCLUDED = "only_excluded"


@dataclass(frozen=True)
class Question:
    """What is looked for, and what must not be there: terms, each in one of its readings (stems in a row)."""

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    problem: Problem | None = None

    @property
    def readings(self) -> frozenset[Reading]:
        """Every sequence of stems that answers a part of the question."""
        return frozenset(reading for term in self.terms for reading in term)


def understood(text: str) -> Question:
    """The question that a text asks; where it asks none, the problem with it."""
    if not text.strip():
        return Question(problem=Problem.EMPTY)
    if len(text) > LONGEST:
        return Question(problem=Problem.LONG)
    parts = list(_parts(text))
    asked, excluded = (tuple(_terms(parts, excluded=excluded)) for excluded in (False, True))
    if sum(len(term[0]) for term in (*asked, *excluded)) > MOST_WORDS:
        return Question(problem=Problem.LONG)
    if asked:
        return Question(asked, excluded)
    return Question(problem=_problem(parts, excluded))


def _parts(text: str) -> Iterator[tuple[bool, list[Word]]]:
    for part in _PART.finditer(text.translate(_QUOTES)):
        words = part["phrase"] if part["phrase"] is not None else part["chunk"]
        yield part["no"] is not None, list(all_words_of(words))


def _terms(parts: list[tuple[bool, list[Word]]], *, excluded: bool) -> Iterator[Term]:
    seen: set[Term] = set()
    for is_excluded, words in parts:
        term = _term([word.folded for word in words if not is_common(word.folded)])
        if is_excluded is excluded and term and term not in seen:
            seen.add(term)
            yield term


def _term(folded: list[str]) -> Term:
    readings = (tuple(stem_of(word, language) for word in folded) for language in LANGUAGES)
    return tuple(dict.fromkeys(reading for reading in readings if reading))


def _problem(parts: list[tuple[bool, list[Word]]], excluded: tuple[Term, ...]) -> Problem:
    if excluded:
        return Problem.ONLY_EXCLUDED
    return Problem.COMMON if any(words for _, words in parts) else Problem.NO_WORD
