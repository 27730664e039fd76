"""What every ranked-ballot file says, whatever its format, and the bounds that a hostile file cannot pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self, TypeVar

from consultation.domain.social_choice.formats.quoting import printable, quoted
from consultation.domain.social_choice.profile import Profile, packed
from consultation.domain.social_choice.ranking import InvalidRanking, WeakOrder

MOST_BYTES = 2**28
MOST_ALTERNATIVES = 65_535
MOST_BALLOTS = 10**9
# What is kept in memory: one rank per line of ballots and alternative, so that short lines cannot swell beyond it.
MOST_RANKS = 2**29
LONGEST_NAME = 200
_INTEGER = re.compile(r"[0-9]{1,12}")

Understood = TypeVar("Understood")
# The ranks of a ballot as `profile.ranks_blob` writes them, 0 for unranked, and how many ballots say the same.
Ballots = tuple[bytes, int]


class MalformedFile(ValueError):
    """A file that cannot be read: `file`, `line` (from 1) and `reason`, said together in one line."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{printable(file)}: line {line}: {reason}")
        self.file, self.line, self.reason = file, line, reason


class Refused(ValueError):
    """A reason to refuse what a line says; `at` completes it with the file and the line."""


@dataclass(frozen=True)
class RankedFile:
    """The names of the alternatives, the first being number 1, and how many ballots give each row of ranks.

    `blank` ballots rank nothing, and have no row. `implicit` is what the file itself says of the alternatives that a
    ballot leaves unranked: they come last (True) or nothing is known of them (False); None where it says neither.
    """

    names: tuple[str, ...]
    ballots: tuple[Ballots, ...]
    blank: int = 0
    implicit: bool | None = None

    def __post_init__(self) -> None:
        """Refuse what would not fit in memory or in the integers of a count."""
        if self.total > MOST_BALLOTS:
            raise Refused(f"more than {MOST_BALLOTS} ballots")
        check_ranks(len(self.ballots), len(self.names))

    @classmethod
    def of_ballots(cls, names: Sequence[str], ballots: Iterable[Ballots], implicit: bool | None = None) -> Self:
        """Put together what was read, and set apart the ballots that rank nothing."""
        read = list(ballots)
        blank = packed([0] * len(names))
        ranked = tuple(entry for entry in read if entry[0] != blank)
        return cls(tuple(names), ranked, sum(count for ranks, count in read if ranks == blank), implicit)

    @property
    def total(self) -> int:
        """Return the number of ballots, blank ones included."""
        return self.blank + sum(count for _, count in self.ballots)

    def profile(self) -> Profile:
        """Return the profile of the ballots, the blank ones last, weighted where a row stands for several."""
        blank = [(packed([0] * len(self.names)), self.blank)] if self.blank else []
        ballots = [*self.ballots, *blank]
        counts = [count for _, count in ballots]
        several = any(count != 1 for count in counts)
        return Profile.from_blobs(
            range(1, len(self.names) + 1), (ranks for ranks, _ in ballots), counts if several else None
        )


@contextmanager
def at(file: str, line: int) -> Iterator[None]:
    """Complete what is refused inside with the file and the line that it was read from."""
    try:
        yield
    except Refused as refusal:
        raise MalformedFile(file, line, str(refusal)) from refusal


def line_by_line(
    file: str, lines: Iterable[tuple[int, str]], understand: Callable[[str], Understood]
) -> list[Understood]:
    """Understand numbered lines one by one; what is refused is completed with the file and the line."""
    understood = []
    for number, line in lines:
        try:
            understood.append(understand(line))
        except Refused as refusal:
            raise MalformedFile(file, number, str(refusal)) from refusal
    return understood


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """Return the lines that are not blank with their numbers, from 1, without the spaces at their end."""
    return [(number, line.rstrip()) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def last_line(text: str) -> int:
    """Return the number of the last line, which a fault of the whole file is told at."""
    return text.count("\n", 0, len(text.rstrip())) + 1


def integer(written: str) -> int:
    """Read a whole number written in at most twelve digits 0 to 9."""
    if not _INTEGER.fullmatch(written):
        raise Refused(f"{quoted(written)} is not a whole number of at most twelve digits")
    return int(written)


def number_of_ballots(written: str) -> int:
    """Read a number of ballots, 1 or more."""
    if not (number := integer(written)):
        raise Refused("a line of ballots stands for at least one")
    return number


def new_name(name: str, known: Container[str]) -> str:
    """Return the name of one more alternative: printable, of a bounded length, and unlike those known."""
    if not 1 <= len(name) <= LONGEST_NAME or printable(name) != name:
        raise Refused(f"a name is made of 1 to {LONGEST_NAME} printable characters: {quoted(name)}")
    if name in known:
        raise Refused(f"two alternatives are called {quoted(name)}")
    return name


def checked_number(alternatives: int) -> int:
    """Return a number of alternatives that can be counted."""
    if not 1 <= alternatives <= MOST_ALTERNATIVES:
        raise Refused(f"a file names 1 to {MOST_ALTERNATIVES} alternatives, not {alternatives}")
    return alternatives


def check_ranks(lines: int, alternatives: int) -> None:
    """Refuse more ranks than fit in memory: to be asked before a row of them is made for each line."""
    if lines * alternatives > MOST_RANKS:
        raise Refused(f"more than {MOST_RANKS} ranks: lines of ballots times alternatives")


def ranks_of(tiers: Sequence[Sequence[int]], alternatives: int) -> bytes:
    """Return the ranks that a ballot gives by its tiers, best first; all are 0 where it ranks nothing."""
    # The place of number 0, which is no alternative, is there to be found taken.
    ranks = [0] * (alternatives + 1)
    try:
        for rank, tier in enumerate(tiers, start=1):
            for number in tier:
                ranks[number] = rank
    except IndexError as error:
        raise Refused(f"alternative {max(map(max, tiers))} has no name") from error
    if ranks[0] or not all(tiers) or len(ranks) - ranks.count(0) != sum(map(len, tiers)):
        _refuse(tiers)
    return packed(ranks[1:])


def _refuse(tiers: Sequence[Sequence[int]]) -> None:
    """Refuse tiers in the words of the rule of weak orders that they break."""
    try:
        WeakOrder.from_tiers(tiers)
    except InvalidRanking as refusal:
        raise Refused(str(refusal)) from refusal
