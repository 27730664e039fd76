"""Shares as they are published: in steps and between bounds that the number of ballots decides."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from consultation.domain.verifiability.plan import LEAST_MINIMUM, STEPS

MINIMUM_FOR_ORDER = LEAST_MINIMUM
MINIMUM_FOR_BANDS = 100
MINIMUM_FOR_MEAN_PLACE = 1000
# Between the two bounds of a share: what lies beyond is behind clipped shares.
LARGEST_DIFFERENCE = 90


@dataclass(frozen=True)
class Steps:
    """The steps of a released share, in percent, and the shares beyond which it is clipped."""

    minimum_ballots: int
    step: int
    low: int
    high: int


TABLE = tuple(Steps(row.ballots, row.step, row.low, row.high) for row in STEPS)
MINIMUM_FOR_SHARES = TABLE[-1].minimum_ballots
# Counts that add up to the ballots narrow each other down: their rows are rounded as those of the next smaller colleges
# (docs/decisions/0009), and those of the smallest to a fifth.
COARSEST = Steps(0, 20, 20, 80)
ROW_TABLE = tuple(
    Steps(own.minimum_ballots, coarser.step, coarser.low, coarser.high) for own, coarser in pairwise((*TABLE, COARSEST))
)
# Chances count resamples, not people: their steps are the same for every college.
CHANCE_STEPS = Steps(MINIMUM_FOR_SHARES, 5, 5, 95)


def steps_for(ballots: int) -> Steps | None:
    """Return the steps of a college's percentages, or None where it has too few ballots for any."""
    return next((steps for steps in TABLE if ballots >= steps.minimum_ballots), None)


def row_steps_for(ballots: int) -> Steps | None:
    """Return the steps of rows that add up to all the ballots, or None where a college has too few for any."""
    return next((steps for steps in ROW_TABLE if ballots >= steps.minimum_ballots), None)


def share(count: int | Fraction, ballots: int, steps: Steps) -> int:
    """Return the share of ballots in percent, to the nearest step (halves up), clipped."""
    rounded = (200 * count + steps.step * ballots) // (2 * steps.step * ballots) * steps.step
    return clipped(rounded, steps)


def clipped(percent: int, steps: Steps) -> int:
    """Return a rounded share between the bounds."""
    return min(max(percent, steps.low), steps.high)


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


def difference_of_shares(difference: Fraction, step: int) -> int:
    """Return a difference of two shares, from -1 to 1, in percent: to the nearest step (halves up), clipped."""
    rounded = (200 * difference + step) // (2 * step) * step
    return min(max(rounded, -LARGEST_DIFFERENCE), LARGEST_DIFFERENCE)


def tenths(value: Fraction) -> str:
    """Return a value that is not negative to one decimal, halves up."""
    rounded = (20 * value + 1) // 2
    return f"{rounded // 10}.{rounded % 10}"


def hundredths(value: Fraction) -> str:
    """Return a value to two decimals, halves away from zero; "-0.00" is "0.00"."""
    rounded = (200 * abs(value) + 1) // 2
    sign = "-" if value < 0 and rounded else ""
    return f"{sign}{rounded // 100}.{rounded % 100:02}"
