"""The publication rules: which part of a tally is released, in which steps, by number of ballots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from consultation.domain.social_choice.agreement import tau_b
from consultation.domain.social_choice.bootstrap import bootstrap_seed
from consultation.domain.social_choice.methods import MAIN_METHOD
from consultation.domain.social_choice.profile import InvalidProfile, Profile
from consultation.domain.social_choice.release import CollegeRelease, Placement, Release, SuppressedCell
from consultation.domain.social_choice.tally import Tally, tally

VERSION = 1
MINIMUM_FOR_ORDER = 20
TOO_FEW_BALLOTS = "too_few_ballots"
UNDEFINED = "undefined"
AT_MOST = "at_most"
AT_LEAST = "at_least"

ORDER = "order"
PAIRWISE_PERCENT = "pairwise_percent"
AGREEMENT = "agreement"


@dataclass(frozen=True)
class Steps:
    """The steps of a released share, in percent, and the shares beyond which it is clipped."""

    minimum_ballots: int
    step: int
    low: int
    high: int


# Chosen so that a cell always stands for at least 5 possible counts.
TABLE = (Steps(500, 1, 5, 95), Steps(250, 2, 6, 94), Steps(100, 5, 5, 95), Steps(50, 10, 10, 90))


def steps_for(ballots: int) -> Steps | None:
    """Return the steps of a college's percentages, or None where it has too few ballots for any."""
    return next((steps for steps in TABLE if ballots >= steps.minimum_ballots), None)


def share(count: int, ballots: int, steps: Steps) -> int:
    """Return the share of ballots in percent, to the nearest step (halves up), clipped."""
    rounded = (200 * count + steps.step * ballots) // (2 * steps.step * ballots) * steps.step
    return min(max(rounded, steps.low), steps.high)


def duel_shares(before: int, after: int, ballots: int, steps: Steps) -> tuple[int, int]:
    """Return the two released shares of a duel.

    Without ties both shares can fall on a half of a step and both be rounded up: they then exceed 100 % together, which
    a single pair of counts explains (63 and 57 of 120 would be 55 and 50). The smaller is then rounded down instead.
    """
    shares = share(before, ballots, steps), share(after, ballots, steps)
    if sum(shares) <= 100:
        return shares
    larger, smaller = max(shares), max(min(shares) - steps.step, steps.low)
    return (larger, smaller) if before > after else (smaller, larger)


def release_of(
    profiles: Mapping[str, Profile], *, root: bytes, consultation: str, minimum: int = MINIMUM_FOR_ORDER
) -> Release:
    """Count the ballots of all colleges, each profile in commitment order, and build the content of their release.

    `root` is the final root of the consultation; `minimum` is the counting plan's, which may raise the rule's 20.
    """
    if len({profile.alternatives for profile in profiles.values()}) > 1:
        raise InvalidProfile("all colleges rank the same recommendations")
    if minimum < MINIMUM_FOR_ORDER:
        raise ValueError("a counting plan may raise the minimum number of ballots, not lower it")
    tallies = {
        name: tally(profile, bootstrap_seed(root, name), methods={})
        for name, profile in sorted(profiles.items())
        if profile.ballots >= minimum
    }
    colleges = {name: _college(profile.ballots, tallies.get(name)) for name, profile in sorted(profiles.items())}
    release = Release(
        v=VERSION,
        consultation=consultation,
        root=root.hex(),
        method=MAIN_METHOD,
        unranked="last",
        colleges=colleges,
        suppressed=[cell for name, college in colleges.items() for cell in _suppressed(name, college)],
    )
    _add_agreement(release, tallies)
    return release


def _college(ballots: int, count: Tally | None) -> CollegeRelease:
    if count is None:
        return CollegeRelease(ballots=ballots, reason=TOO_FEW_BALLOTS)
    college = CollegeRelease(ballots=ballots, order=_order(count))
    steps = steps_for(ballots)
    if steps:
        college["step"] = steps.step
        college["clip"] = [steps.low, steps.high]
        college["pairwise_percent"] = _pairwise_percent(count, steps)
        college["paths"] = [list(path) for path in count.paths]
    return college


def _order(count: Tally) -> list[Placement]:
    return [
        Placement(recommendation=number, rank=rank, low=count.intervals[number].low, high=count.intervals[number].high)
        for number, rank in count.order.places().items()
    ]


def _pairwise_percent(count: Tally, steps: Steps) -> dict[str, dict[str, int]]:
    matrix = count.matrix
    percent: dict[str, dict[str, int]] = {str(number): {} for number in matrix.alternatives}
    for first, second in combinations(matrix.alternatives, 2):
        before, after = matrix.before(first, second), matrix.before(second, first)
        shares = duel_shares(before, after, matrix.ballots, steps)
        percent[str(first)][str(second)], percent[str(second)][str(first)] = shares
    return percent


def _suppressed(name: str, college: CollegeRelease) -> list[SuppressedCell]:
    absent = [table for table in (ORDER, PAIRWISE_PERCENT) if table not in college]
    cells = [SuppressedCell(college=name, table=table, reason=TOO_FEW_BALLOTS) for table in absent]
    for row, shares in college.get("pairwise_percent", {}).items():
        for column, percent in shares.items():
            # A share on the bound is listed like one beyond it: to tell them apart would undo the clipping.
            if percent in college["clip"]:
                reason = AT_MOST if percent == college["clip"][0] else AT_LEAST
                cell = SuppressedCell(college=name, table=PAIRWISE_PERCENT, row=row, column=column, reason=reason)
                cells.append(cell)
    return cells


def _add_agreement(release: Release, tallies: Mapping[str, Tally]) -> None:
    if len(release["colleges"]) != 2:
        return
    if not all("pairwise_percent" in college for college in release["colleges"].values()):
        release["suppressed"].append(SuppressedCell(table=AGREEMENT, reason=TOO_FEW_BALLOTS))
        return
    first, second = (count.order for count in tallies.values())
    agreement = tau_b(first, second)
    if agreement.defined:
        release["agreement"] = {"tau_b": agreement.rounded()}
    else:
        release["suppressed"].append(SuppressedCell(table=AGREEMENT, reason=UNDEFINED))
