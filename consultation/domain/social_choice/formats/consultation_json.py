"""Our own format: .json, in UTF-8.

{"alternatives": ["Oak", "Elm", "Ash"], "unranked": "last",
 "ballots": [{"ranking": [["Elm"], ["Oak", "Ash"]], "count": 12}, {"ranking": []}]}

`ranking` is a list of tiers, best first, as in the orders that `consultation tally --json` prints; an empty one is a
blank ballot. `count` is 1 where it is left out. `unranked`, "last" or "no-opinion", may be left out as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from consultation.domain.social_choice.formats.quoting import quoted
from consultation.domain.social_choice.formats.ranked_file import (
    Ballots,
    MalformedFile,
    RankedFile,
    Refused,
    at,
    check_ranks,
    checked_number,
    last_line,
    new_name,
    number_of_ballots,
    ranks_of,
)

_IMPLICIT = {"last": True, "no-opinion": False}
_BLANK = re.compile(r"[ \t\n\r]*")
_LONGEST_NUMBER = 12


def read(text: str, file: str) -> RankedFile:
    """Read an election; MalformedFile where the JSON, or what it says, is wrong."""
    content = _decoded(text, file)
    with at(file, 1):
        election = _fields(content, "an election", needed={"alternatives", "ballots"}, optional={"unranked"})
        numbers = _numbers(election["alternatives"])
        implicit = _implicit(election)
        entries = _listed(election["ballots"], "“ballots”")
    with at(file, last_line(text)):
        check_ranks(len(entries), len(numbers))
    ballots: list[Ballots] = []
    for place, entry in enumerate(entries):
        try:
            ballots.append(_ballot(entry, numbers))
        except Refused as refusal:
            raise MalformedFile(file, _line_of_ballot(text, place), str(refusal)) from refusal
    with at(file, last_line(text)):
        return RankedFile.of_ballots(tuple(numbers), ballots, implicit)


def _whole(written: str) -> int | None:
    return int(written) if len(written) <= _LONGEST_NUMBER else None


def _none(_written: str) -> None:
    return None


# An object stays a tuple of its fields, so that one which comes twice is seen; a number that can be no number of
# ballots becomes None, to be refused where it stands.
_DECODER = json.JSONDecoder(object_pairs_hook=tuple, parse_int=_whole, parse_float=_none, parse_constant=_none)


def _decoded(text: str, file: str) -> object:
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise MalformedFile(file, error.lineno, f"not JSON: {error.msg}") from error
    except RecursionError as error:
        raise MalformedFile(file, 1, "not an election: too many lists within lists") from error


def _fields(value: object, what: str, *, needed: set[str], optional: set[str]) -> Mapping[str, Any]:
    fields = dict(value) if isinstance(value, tuple) else {}
    if not needed <= fields.keys() <= needed | optional:
        named = ", ".join(f"“{name}”" for name in sorted(needed))
        raise Refused(f"{what} is an object with {named} and, if need be, “{min(optional)}”")
    if isinstance(value, tuple) and len(fields) < len(value):
        raise Refused(f"a field of {what} comes twice")
    return fields


def _listed(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise Refused(f"{what} is a list")
    return value


def _named(value: object) -> str:
    if not isinstance(value, str):
        raise Refused("an alternative is called by its name, between quotation marks")
    return value


def _numbers(value: object) -> dict[str, int]:
    names = _listed(value, "“alternatives”")
    checked_number(len(names))
    numbers: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        numbers[new_name(_named(name), numbers)] = place
    return numbers


def _implicit(election: Mapping[str, Any]) -> bool | None:
    if "unranked" not in election:
        return None
    rule = election["unranked"]
    if not isinstance(rule, str) or rule not in _IMPLICIT:
        raise Refused("“unranked” is “last” or “no-opinion”")
    return _IMPLICIT[rule]


def _ballot(entry: object, numbers: Mapping[str, int]) -> Ballots:
    fields = _fields(entry, "a ballot", needed={"ranking"}, optional={"count"})
    count = fields.get("count", 1)
    if type(count) is not int:
        raise Refused("“count” is a whole number of at most twelve digits")
    tiers = [_tier(tier, numbers) for tier in _listed(fields["ranking"], "“ranking”")]
    return ranks_of(tiers, len(numbers)), number_of_ballots(str(count))


def _tier(tier: object, numbers: Mapping[str, int]) -> list[int]:
    names = _listed(tier, "a tier")
    try:
        return [numbers[name] for name in names]
    except (KeyError, TypeError):
        return [_number(_named(name), numbers) for name in names]


def _number(name: str, numbers: Mapping[str, int]) -> int:
    if name not in numbers:
        raise Refused(f"no alternative is called {quoted(name)}")
    return numbers[name]


def _line_of_ballot(text: str, place: int) -> int:
    """Find the line of a ballot in a text that is known to be JSON."""
    fields = _elements(text, _after_blank(text, 0), keyed=True)
    start = next(position for key, position in fields if key == "ballots")
    _, position = next(islice(_elements(text, start, keyed=False), place, None))
    return text.count("\n", 0, position) + 1


def _elements(text: str, opening: int, *, keyed: bool) -> Iterator[tuple[object, int]]:
    """Give each key with where its value begins, or each element with where it begins."""
    position = _after_blank(text, opening + 1)
    while text[position] not in "]}":
        element, end = _DECODER.raw_decode(text, position)
        if keyed:
            position = _after_blank(text, _after_blank(text, end) + 1)
            _, end = _DECODER.raw_decode(text, position)
        yield element, position
        position = _after_blank(text, end)
        if text[position] == ",":
            position = _after_blank(text, position + 1)


def _after_blank(text: str, position: int) -> int:
    blank = _BLANK.match(text, position)
    return blank.end() if blank else position
