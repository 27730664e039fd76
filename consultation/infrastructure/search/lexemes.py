"""What the index holds of an entry: its stems in order, and marks by which a search is narrowed.

A mark begins with a sign that no word holds. The windows are marks of time that PostgreSQL alone needs: an inverted
index of it cannot be read from its newest end, so that a word of a million comments would fetch them all to show
twenty. An entry therefore carries, in several widths, the window that its place falls in, and a search asks for the
narrowest windows first.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from consultation.infrastructure.search.words import stem_of, words_of

SIGN = "§"
IS_TEXT = f"{SIGN}text"
WINDOWS = range(39, 60, 3)  # from a hundredth of a day to twenty years, each eight times as wide as the one before
_REPEATS = 255  # PostgreSQL keeps no more positions of a word


def stems_of(texts: Iterable[str], language: str) -> list[str]:
    """The stems of some texts, with a gap between two texts that no phrase reaches over."""
    stems: list[str] = []
    for text in texts:
        stems += [stem_of(word.folded, language) for word in words_of(text)]
        stems.append(SIGN)
    seen: Counter[str] = Counter()
    for place, stem in enumerate(stems):
        seen[stem] += 1
        stems[place] = stem if seen[stem] <= _REPEATS else SIGN
    return stems


def facet(name: str, value: str) -> str:
    """The mark of a property: its kind, its consultation and so on."""
    return f"{SIGN}{name}{value}"


def window(place: int, width: int) -> str:
    """The mark of the window of a width (a power of two) that a place falls in."""
    return f"{SIGN}{width}w{place >> width:x}"


def as_row(stems: Sequence[str], marks: Iterable[str]) -> str:
    """Everything as one text, for FTS5 with its tokenizer `ascii`, which leaves folded words as they are."""
    return " ".join([*stems, *marks])


def as_vector(stems: Sequence[str], marks: Iterable[str]) -> str:
    """Everything as the text of a tsvector: positions for words, none for marks."""
    positions: dict[str, list[int]] = {}
    for position, stem in enumerate(stems, start=1):
        if stem != SIGN:
            positions.setdefault(stem, []).append(position)
    return " ".join([*_with_positions(positions), *(f"'{mark}'" for mark in marks)])


def _with_positions(positions: Mapping[str, list[int]]) -> list[str]:
    return [f"'{stem}':{','.join(map(str, places))}" for stem, places in positions.items()]
