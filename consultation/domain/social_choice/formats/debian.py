"""The tally sheets of the Debian project's votes (debian.org/vote): .txt.

After some prose, `Option 1--->: name` for each option, then a line per ballot: `V: 21-1 digest`, one character per
option: its rank, 1 the best, equal ranks tied, `-` unranked. A sheet of more than nine options may still rank nine.
"""

from __future__ import annotations

import re

from consultation.domain.social_choice.formats.quoting import quoted
from consultation.domain.social_choice.formats.ranked_file import (
    Ballots,
    RankedFile,
    Refused,
    at,
    check_ranks,
    last_line,
    line_by_line,
    new_name,
    numbered_lines,
)
from consultation.domain.social_choice.profile import packed

_OPTION = re.compile(r"[ /|]*Option +([0-9]{1,5})-*>: *(.+)")
_UNRANKED = "-"
_RANKS = frozenset("123456789")


def read(text: str, file: str) -> RankedFile:
    """Read a tally sheet; MalformedFile where a line is wrong."""
    lines = numbered_lines(text)
    first_ballot = next((place for place, (_, line) in enumerate(lines) if line.startswith("V:")), len(lines))
    names = _options(lines[:first_ballot], file)
    with at(file, last_line(text)):
        check_ranks(len(lines[first_ballot:]), len(names))
    ballots = line_by_line(file, lines[first_ballot:], lambda line: _ballot(line, len(names)))
    with at(file, last_line(text)):
        return RankedFile.of_ballots(names, ballots)


def _options(lines: list[tuple[int, str]], file: str) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for number, line in lines:
        if option := _OPTION.fullmatch(line):
            with at(file, number):
                if int(option[1]) != len(names) + 1:
                    raise Refused(f"option {len(names) + 1} should come before option {int(option[1])}")
                names[new_name(option[2], names)] = None
    with at(file, 1):
        if not names:
            raise Refused("no option: a tally sheet lists them as “Option 1--->: name” before the ballots")
    return tuple(names)


def _ballot(line: str, options: int) -> Ballots:
    fields = line.removeprefix("V:").split()
    if not line.startswith("V:") or not fields:
        raise Refused(f"a ballot is written “V: 21-1 digest”, not {quoted(line)}")
    ranks = fields[0]
    if len(ranks) != options:
        raise Refused(f"a ballot has {options} ranks, one per option, not {len(ranks)}: {quoted(ranks)}")
    given = set(ranks) - {_UNRANKED}
    if not given <= _RANKS:
        raise Refused(f"a rank is a digit from 1 to 9, or “-”: {quoted(ranks)}")
    # Gaps close up: the ranks given are numbered from 1.
    rank_of = {_UNRANKED: 0} | {sign: rank for rank, sign in enumerate(sorted(given), start=1)}
    return packed([rank_of[sign] for sign in ranks]), 1
