"""Invented rankings: seeded, so that every first start shows the same results."""

import math
from collections.abc import Sequence
from random import Random

from consultation.domain.colleges import College
from consultation.domain.social_choice.ranking import WeakOrder

_NUMBERS = (1, 3, 6, 7, 10, 15, 16, 18, 24, 29, 31, 32)
# How much each recommendation attracts in each college; higher comes first more often.
_ATTRACTION = {
    College.CITIZENS: dict(
        zip(_NUMBERS, (1.4, 2.7, 1.5, 1.8, 2.1, 1.0, 0.4, 0.3, 3.2, 0.0, 0.8, 2.3), strict=True),
    ),
    College.PHYSICIANS: dict(
        zip(_NUMBERS, (0.9, 2.0, 1.2, 1.3, 2.9, 2.5, 0.9, 0.6, 3.0, 0.4, 1.0, 1.5), strict=True),
    ),
}


def invented_ranking(random: Random, college: College, numbers: Sequence[int]) -> WeakOrder:
    """A ranking drawn after Plackett (1975) and Luce (1959): some long, some of a few places, some with ties."""
    attraction = _ATTRACTION[college]
    drawn = sorted(numbers, key=lambda number: -(attraction[number] - math.log(random.expovariate(1.0))))
    kept = drawn[: _length(random, len(numbers))]
    tiers: list[list[int]] = []
    for number in kept:
        if tiers and random.random() < 0.12:
            tiers[-1].append(number)
        else:
            tiers.append([number])
    return WeakOrder.from_tiers(tiers)


def _length(random: Random, alternatives: int) -> int:
    """How many are ranked: all for four people in ten, otherwise from three on."""
    return alternatives if random.random() < 0.4 else random.randint(min(3, alternatives), alternatives)
