"""Why a Schulze order is what it is: messages built from exact counts, for files that are public anyway."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType

from consultation.domain.social_choice.explanation import Message, Value
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.ranking import Tier
from consultation.domain.social_choice.schulze import BeatPaths, Path
from consultation.domain.social_choice.smith import cycles

# All that can be said, and the values that each message gives for its sentence: `first`, `second`, `through` and
# `members` are alternatives, the others are ballots.
REASONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "exact.no_ballots": (),
        "exact.cycle": ("members",),
        "exact.duel": ("first", "second", "before", "after"),
        "exact.way_back": ("first", "second", "forth", "back"),
        "exact.path": ("first", "second", "through", "strength"),
        "exact.duel_against": ("first", "second", "before", "after"),
        "exact.duel_even": ("first", "second", "before", "after"),
        "exact.duel_too_weak": ("first", "second", "before", "after"),
        "exact.tied": ("first", "second", "each"),
        "exact.tied_in_circle": ("first", "second", "strength"),
    }
)


def reasons(matrix: PairwiseMatrix, paths: BeatPaths) -> list[Message]:
    """Explain a whole order by margins, from its head: circles first, then each tie and each step down to a tier."""
    if not matrix.ballots:
        return [Message("exact.no_ballots", {})]
    said = [Message("exact.cycle", {"members": members}) for members in cycles(matrix)]
    explained = iter(paths.explaining_paths())
    for above, tier in pairwise(((), *paths.order)):
        said += [message for _ in tier if above for message in _step_down(matrix, paths, next(explained))]
        said += _ties(matrix, paths, tier)
    return said


def _ties(matrix: PairwiseMatrix, paths: BeatPaths, tier: Tier) -> Iterator[Message]:
    """Say of each two neighbours of a tier why neither stands above the other."""
    for first, second in pairwise(tier):
        strength = paths.strength(first, second)
        values: dict[str, Value] = {"first": first, "second": second}
        if strength:
            yield Message("exact.tied_in_circle", values | {"strength": strength})
        else:
            yield Message("exact.tied", values | {"each": matrix.before(first, second)})


def _step_down(matrix: PairwiseMatrix, paths: BeatPaths, path: Path) -> Iterator[Message]:
    """Say by which duels an alternative stands above another, and why what speaks against it weighs less."""
    first, second = path[0], path[-1]
    margin, back = _margin(matrix, first, second), paths.strength(second, first)
    forth = margin if margin > back else paths.strength(first, second)
    if margin > back:
        yield _duel("exact.duel", matrix, first, second)
    else:
        yield Message("exact.path", {"first": first, "second": second, "through": path[1:-1], "strength": forth})
        for one, other in pairwise(path):
            yield _duel("exact.duel", matrix, one, other)
        direct = "exact.duel_too_weak" if margin > 0 else "exact.duel_against" if margin < 0 else "exact.duel_even"
        yield _duel(direct, matrix, first, second)
    if back:
        yield Message("exact.way_back", {"first": first, "second": second, "forth": forth, "back": back})


def _margin(matrix: PairwiseMatrix, first: int, second: int) -> int:
    return matrix.before(first, second) - matrix.before(second, first)


def _duel(reason: str, matrix: PairwiseMatrix, first: int, second: int) -> Message:
    before, after = matrix.before(first, second), matrix.before(second, first)
    return Message(reason, {"first": first, "second": second, "before": before, "after": after})
