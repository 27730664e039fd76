"""PrefLib's files of orders, with the headers of 2022: .soc .soi .toc .toi.

N. Mattei and T. Walsh, "PrefLib: a library for preferences", Algorithmic Decision Theory (2013). Lines `# KEY: value`,
then lines such as `12: 1,{2,3},4`: twelve ballots that place 1 first, tie 2 and 3, and place 4 after them. The four
kinds tell whether orders are strict (s) or may tie (t), and whether they are complete (c) or not (i).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile

from consultation.domain.social_choice.formats.quoting import quoted
from consultation.domain.social_choice.formats.ranked_file import (
    Ballots,
    RankedFile,
    Refused,
    at,
    check_ranks,
    checked_number,
    integer,
    last_line,
    line_by_line,
    new_name,
    number_of_ballots,
    numbered_lines,
    ranks_of,
)

STRICT = ("soc", "soi")
COMPLETE = ("soc", "toc")
_NUMBER = r" *[0-9]{1,12} *"
_SET = rf" *\{{{_NUMBER}(?:,{_NUMBER})*\}} *"
_ORDER = re.compile(rf"(?:{_SET}|{_NUMBER})(?:,(?:{_SET}|{_NUMBER}))*")
_TIER = re.compile(r"\{([^}]*)\}|([0-9]+)")
_NAME = "ALTERNATIVE NAME "

Headers = dict[str, tuple[int, str]]


def read(text: str, file: str) -> RankedFile:
    """Read a file of the kind that its name ends with; MalformedFile where it or its counts are wrong."""
    lines = numbered_lines(text)
    headers = _headers(file, list(takewhile(lambda line: line[1].startswith("#"), lines)))
    kind = file.rpartition(".")[2].lower()
    _check_kind(headers, kind, file)
    names = _names(headers, file)
    numbers = {str(number): number for number in range(1, len(names) + 1)}
    with at(file, last_line(text)):
        check_ranks(len(lines[len(headers) :]), len(names))
    ballots = line_by_line(file, lines[len(headers) :], lambda line: _ballot(line, numbers, kind))
    with at(file, last_line(text)):
        ranked_file = RankedFile.of_ballots(names, ballots)
    _check_count(headers, "NUMBER VOTERS", ranked_file.total, file)
    _check_count(headers, "NUMBER UNIQUE ORDERS", len(ballots), file)
    return ranked_file


def _headers(file: str, lines: list[tuple[int, str]]) -> Headers:
    headers: Headers = {}
    for number, line in lines:
        with at(file, number):
            key, colon, value = line[1:].partition(":")
            if not colon:
                raise Refused(f"a header is written “# KEY: value”, not {quoted(line)}")
            if key.strip() in headers:
                raise Refused(f"the header {quoted(key.strip())} comes twice")
            headers[key.strip()] = number, value.strip()
    with at(file, 1):
        for key in ("NUMBER ALTERNATIVES", "NUMBER VOTERS"):
            if key not in headers:
                raise Refused(f"no header “{key}”: the headers of 2022 are needed")
    return headers


def _check_kind(headers: Headers, kind: str, file: str) -> None:
    number, said = headers.get("DATA TYPE", (1, kind))
    with at(file, number):
        if said != kind:
            raise Refused(f"the header says {quoted(said)}, the name of the file “{kind}”")


def _names(headers: Headers, file: str) -> tuple[str, ...]:
    number, written = headers["NUMBER ALTERNATIVES"]
    with at(file, number):
        expected = checked_number(integer(written))
        if expected != sum(key.startswith(_NAME) for key in headers):
            raise Refused(f"{expected} alternatives are announced, and not as many named")
    names: dict[str, None] = {}
    for alternative in range(1, expected + 1):
        number, name = headers.get(f"{_NAME}{alternative}", (number, ""))
        with at(file, number):
            names[new_name(name, names)] = None
    return tuple(names)


def _ballot(line: str, numbers: Mapping[str, int], kind: str) -> Ballots:
    if line.startswith("#"):
        raise Refused("a header stands before the first ballot")
    count, colon, written = line.partition(":")
    if not colon:
        raise Refused(f"ballots are written “12: 1,2,3”, not {quoted(line)}")
    tiers = _tiers(written.strip(), numbers)
    ranks = ranks_of(tiers, len(numbers))
    if kind in STRICT and any(len(tier) > 1 for tier in tiers):
        raise Refused(f"a tie in a file of strict orders ({kind})")
    if kind in COMPLETE and sum(map(len, tiers)) < len(numbers):
        raise Refused(f"an incomplete order in a file of complete orders ({kind})")
    return ranks, number_of_ballots(count.strip())


def _tiers(written: str, numbers: Mapping[str, int]) -> list[tuple[int, ...]]:
    if not written:
        return []
    try:
        # Most orders are numbers with a comma between them, and nothing else.
        return [(numbers[number],) for number in written.split(",")]
    except KeyError:
        return _general_tiers(written)


def _general_tiers(written: str) -> list[tuple[int, ...]]:
    if not _ORDER.fullmatch(written):
        raise Refused(f"an order is written “1,{{2,3}},4”, not {quoted(written)}")
    return [tuple(map(int, (tied or alone).split(","))) for tied, alone in _TIER.findall(written)]


def _check_count(headers: Headers, key: str, counted: int, file: str) -> None:
    number, written = headers.get(key, (1, str(counted)))
    with at(file, number):
        if integer(written) != counted:
            raise Refused(f"{key} says {written}, the file holds {counted}")
