"""The Condorcet Election Format, version 1 (github.com/CondorcetVote/CondorcetElectionFormat): .cvotes.

Parameters (`#/Candidates: A ; B`, `#/Implicit Ranking: false`, `#/Weight Allowed: true`), then one line per ranking:
`tag, tag || A > B = C ^7 * 42 # comment`, 42 ballots of weight 7. As the format asks, weights count only where they
are allowed, and names that are not candidates are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from consultation.domain.social_choice.formats.quoting import quoted
from consultation.domain.social_choice.formats.ranked_file import (
    Ballots,
    RankedFile,
    Refused,
    at,
    check_ranks,
    checked_number,
    last_line,
    line_by_line,
    new_name,
    number_of_ballots,
    numbered_lines,
    ranks_of,
)

BLANK = ("/EMPTY_RANKING/", "/EMPTY/")
_RESERVED = frozenset("<>=;,#/|*^")
_NOBODY = 0
_TRUTH = {"true": True, "false": False}

Lines = list[tuple[int, str]]
NamedTiers = list[list[str]]
# The line that the parameter stands in, and its value.
Parameters = dict[str, tuple[int, str]]


def read(text: str, file: str) -> RankedFile:
    """Read an election; MalformedFile where a line is wrong."""
    lines = numbered_lines(text)
    parameters = _parameters(lines, file)
    weighted = _is_set(parameters, "weight allowed", file, default=False)
    votes = [(number, vote) for number, line in lines if (vote := line.partition("#")[0].strip())]
    numbers = _candidates(parameters, votes, file)
    with at(file, last_line(text)):
        check_ranks(len(votes), len(numbers))
    ballots = line_by_line(file, votes, lambda vote: _ballots(vote, numbers, weighted))
    implicit = _is_set(parameters, "implicit ranking", file, default=True)
    with at(file, last_line(text)):
        return RankedFile.of_ballots(tuple(numbers), ballots, implicit)


def _parameters(lines: Iterable[tuple[int, str]], file: str) -> Parameters:
    parameters: Parameters = {}
    votes_began = False
    for number, line in lines:
        with at(file, number):
            if not line.lstrip().startswith("#/"):
                votes_began = votes_began or not line.lstrip().startswith("#")
                continue
            if votes_began or line != line.lstrip():
                raise Refused("a parameter stands at the beginning of its line, before the first vote")
            name, value = _parameter(line)
            if name in parameters:
                raise Refused(f"the parameter {quoted(name)} comes twice")
            parameters[name] = number, value
    return parameters


def _parameter(line: str) -> tuple[str, str]:
    name, colon, value = line.removeprefix("#/").partition(":")
    if not colon or "#" in value:
        raise Refused(f"a parameter is written “#/Name: value”, without a comment, not {quoted(line)}")
    return name.strip().lower(), value.strip()


def _is_set(parameters: Parameters, name: str, file: str, *, default: bool) -> bool:
    number, written = parameters.get(name, (1, str(default)))
    with at(file, number):
        if written.lower() not in _TRUTH:
            raise Refused(f"{quoted(name)} is “true” or “false”, not {quoted(written)}")
        return _TRUTH[written.lower()]


def _ballots(vote: str, numbers: Mapping[str, int], weighted: bool) -> Ballots:
    ranking, weight, count = _parts(vote)
    return ranks_of(_tiers(ranking, numbers), len(numbers)), count * weight if weighted else count


def _parts(vote: str) -> tuple[str, int, int]:
    """Return the ranking, the weight of each ballot, and the number of ballots."""
    ranking, quantified, times = vote.rpartition("||")[2].partition("*")
    ranking, heavier, weight = ranking.partition("^")
    count = number_of_ballots(times.strip()) if quantified else 1
    return ranking.strip(), number_of_ballots(weight.strip()) if heavier else 1, count


def _tiers(ranking: str, numbers: Mapping[str, int]) -> list[list[int]]:
    """Return a ranking by the numbers of the candidates; others are passed over, once they are seen to be names."""
    tiers = [[numbers.get(name, _NOBODY) for name in map(str.strip, tier.split("="))] for tier in ranking.split(">")]
    if not any(_NOBODY in tier for tier in tiers):
        return tiers
    known = [[numbers[name] for name in tier if name in numbers] for tier in _named_tiers(ranking)]
    return [tier for tier in known if tier]


def _named_tiers(ranking: str) -> NamedTiers:
    if ranking.upper() in BLANK:
        return []
    tiers = [[_name(name) for name in tier.split("=")] for tier in ranking.split(">")]
    if not all(name for tier in tiers for name in tier):
        raise Refused(f"a rank is empty: {quoted(ranking)}")
    return tiers


def _name(written: str) -> str:
    name = written.strip()
    if reserved := _RESERVED.intersection(name):
        raise Refused(f"“{min(reserved)}” cannot stand in a name: {quoted(name)}")
    return name


def _candidates(parameters: Parameters, votes: Lines, file: str) -> dict[str, int]:
    number, written = parameters.get("candidates", (1, None))
    candidates = _named_by(votes, file) if written is None else written.split(";")
    numbers: dict[str, int] = {}
    with at(file, number):
        checked_number(len(candidates))
        for place, candidate in enumerate(candidates, start=1):
            numbers[new_name(_name(candidate), numbers)] = place
    return numbers


def _named_by(votes: Lines, file: str) -> list[str]:
    """Return the names that the votes rank, in the order in which they come."""
    named = line_by_line(file, votes, lambda vote: _named_tiers(_parts(vote)[0]))
    return list(dict.fromkeys(name for tiers in named for tier in tiers for name in tier))
