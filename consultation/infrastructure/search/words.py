"""Words as they are compared: case, accents, ligatures, elisions and endings set aside, in French and in English.

The same folding serves what is indexed, what is asked and what is marked in an excerpt, on both databases: none of it
is left to a database's own dictionaries. Accents are taken away before a word is cut to its stem, so that it is found
whether or not whoever searches types them.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import snowballstemmer

LANGUAGES = ("fr", "en")
LONGEST = 64
_READ, _REMEMBERED = 4 * LONGEST, 20_000
_WORD = re.compile(
    r"(?:\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ](?=\w))?"  # l’hôpital is filed under hôpital
    r"(?P<word>[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*)"
    r"(?:['’ʼ]s\b)?",
    re.IGNORECASE,
)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l"})
# Endings that French stemming knows by their accent, given back to words that have lost it.
_PARTICIPLE, _QUALITY = re.compile(r"(?<=\w\w)ees?$"), re.compile(r"(?<=\w\w)ites?$")
_COMMON = frozenset((Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").split())
_stemmers = {"fr": snowballstemmer.stemmer("french"), "en": snowballstemmer.stemmer("english")}
_one_at_a_time = Lock()  # a stemmer keeps the word it works on


class Word(NamedTuple):
    """A word of a text: where it begins and ends, and how it is compared before its ending is set aside."""

    start: int
    end: int
    folded: str


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in their order, those apart that every text holds."""
    return (word for word in all_words_of(text) if not is_common(word.folded))


def all_words_of(text: str) -> Iterator[Word]:
    """The words of a text in their order, whatever they are."""
    for found in _WORD.finditer(text):
        folded = _folded(found["word"][:_READ])[:LONGEST]
        if folded:
            yield Word(found.start("word"), found.end("word"), folded)


def is_common(folded: str) -> bool:
    """Whether a word stands in every text of a language, and so finds nothing."""
    return folded in _COMMON


@lru_cache(_REMEMBERED)
def stem_of(folded: str, language: str) -> str:
    """What the forms of a word share in a language: hopitaux and hopital, donnee and donnees."""
    if language != "en":
        folded = _QUALITY.sub("ité", _PARTICIPLE.sub("é", folded))
    with _one_at_a_time:
        stem = _stemmers.get(language, _stemmers["fr"]).stemWord(folded)
    return _folded(stem)


@lru_cache(_REMEMBERED)
def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_LIGATURES))
    return "".join(one for one in plain if one.isalnum()).casefold()
