"""What can be computed of a cell by somebody who takes the public counters of a comment and the other groups' cells.

The counters of a comment are public to the last person, and all groups together may be everybody who reacted: what one
group said is then the counter less what the others said, known within their steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from consultation.domain.deliberation.opinion_groups.votes import Integers
from consultation.domain.privacy.publication.steps import Steps

# So few people are protected: that so many numbers of them remain possible.
FEW, LEAST_LEFT = 5, 3
MOST_ROUNDS = 20
# Agree, disagree, pass; what is told of some is told of the others.
AGREE, DISAGREE, PASS = range(3)
PARTS = ([AGREE], [DISAGREE], [DISAGREE, PASS], [AGREE, PASS])


@dataclass(frozen=True)
class Shown:
    """What is released of a group: how many people it may hold, the shares that agree and disagree, their steps."""

    people: range
    agree: int
    disagree: int
    steps: Steps


def tells_of_few(shown: Sequence[Shown], people: int, totals: Sequence[int]) -> bool:
    """Tell whether cells and totals (agree, disagree, pass) give away what fewer than five people of a group said.

    For all numbers of people that are possible, the numbers that agree, disagree and pass are looked for within bounds.
    Fewer than three that hold one under five are too few, unless the totals alone leave no more.
    """
    low, high = _possible(shown, people, np.array(totals)[:, None])
    return any(
        _is_told(low[:, parts].sum(axis=1), high[:, parts].sum(axis=1), sum(totals[part] for part in parts))
        for parts in PARTS
    )


def _possible(shown: Sequence[Shown], people: int, totals: Integers) -> tuple[Integers, Integers]:
    """Return the bounds (ways x 3 x groups) of each way in which so many people may be shared out among the groups."""
    ways = np.array([way for way in product(*(one.people for one in shown)) if sum(way) == people], dtype=np.int64)
    sizes = ways.reshape(-1, 1, len(shown))
    low, high = _behind(shown, sizes)
    for _ in range(MOST_ROUNDS):
        before = low, high
        low, high = _narrowed(low, high, totals, axis=2)
        low, high = _narrowed(low, high, sizes, axis=1)
        if np.array_equal(before, (low, high)):
            break
    lawful = (low <= high).all(axis=(1, 2))
    return low[lawful], high[lawful]


def _behind(shown: Sequence[Shown], sizes: Integers) -> tuple[Integers, Integers]:
    """Return the least and the most numbers of people whose shares are rounded to the released ones."""
    steps = [one.steps for one in shown]
    step, floor, ceiling = (np.array([getattr(one, name) for one in steps]) for name in ("step", "low", "high"))
    shares = np.array([[one.agree for one in shown], [one.disagree for one in shown]])
    least = np.where(shares <= floor, 0, -(-(2 * shares - step) * sizes // 200))
    most = np.where(shares >= ceiling, sizes, -(-(2 * shares + step) * sizes // 200) - 1)
    return np.concatenate([least, np.zeros_like(sizes)], axis=1), np.concatenate([most, sizes], axis=1)


def _narrowed(low: Integers, high: Integers, sums: Integers, axis: int) -> tuple[Integers, Integers]:
    """Return what is left where numbers along an axis add up: each is the sum less what the others may be."""
    others_low, others_high = (bounds.sum(axis=axis, keepdims=True) - bounds for bounds in (low, high))
    return np.maximum(low, sums - others_high), np.minimum(high, sums - others_low)


def _is_told(low: Integers, high: Integers, total: int) -> bool:
    """Look at each group (columns) in all ways (rows)."""
    if not len(low):
        return True
    least, most = low.min(axis=0), high.max(axis=0)
    return bool(((least < FEW) & (most - least + 1 < min(LEAST_LEFT, total + 1))).any())
