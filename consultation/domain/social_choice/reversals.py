"""The pairs that two colleges place differently: how far apart they are, and how sure that is.

R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17
(1998), method 10. Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal
Statistical Society B 57 (1995). Floats here measure doubt; they never decide an order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import erfc, hypot, sqrt
from typing import Self

from consultation.domain.social_choice.profile import InvalidProfile

# The 97.5th percentile of the normal distribution, for intervals of 95 %.
NORMAL_95 = 1.959963984540054
FALSE_DISCOVERY_RATE = 0.05


@dataclass(frozen=True)
class Side:
    """A duel in one college: `before` of the `placed` ballots that do not tie it."""

    before: int
    placed: int

    @classmethod
    def of_shares(cls, before: int, after: int, ballots: int) -> Self:
        """Return the side of a duel of which only two shares of so many ballots are known, in percent.

        They stand for the counts that they would be exact for, rounded to whole ballots, halves up.
        """
        counts = [(share * ballots + 50) // 100 for share in (before, after)]
        return cls(counts[0], sum(counts))

    @property
    def share(self) -> Fraction:
        """Return the share of ballots that place the first alternative before, among those that do not tie the two."""
        return Fraction(self.before, self.placed)

    def wilson(self) -> tuple[float, float]:
        """Return the bounds of the interval of 95 % for the share (E. B. Wilson, JASA 22, 1927)."""
        square = NORMAL_95**2
        middle = 2 * self.before + square
        half = NORMAL_95 * sqrt(square + 4 * self.before * (self.placed - self.before) / self.placed)
        return (middle - half) / (2 * (self.placed + square)), (middle + half) / (2 * (self.placed + square))


# The duels of one college, each under the lesser number and the greater.
Duels = Mapping[tuple[int, int], Side]


@dataclass(frozen=True)
class PairDifference:
    """A duel in two colleges: the difference of its shares with its interval of 95 %, and how sure it is.

    `significant` follows Benjamini and Hochberg at 5 % over all the pairs compared.
    """

    first: int
    second: int
    here: Side
    there: Side
    low: float
    high: float
    p_value: float
    significant: bool

    @property
    def difference(self) -> Fraction:
        """Return the share of the one college less that of the other."""
        return self.here.share - self.there.share

    @property
    def reversed(self) -> bool:
        """Tell whether one college places the first before the second, and the other after it."""
        return (2 * self.here.before - self.here.placed) * (2 * self.there.before - self.there.placed) < 0


def pair_differences(here: Duels, there: Duels) -> list[PairDifference]:
    """Compare all the duels that both colleges place, the surest first."""
    if here.keys() != there.keys():
        raise InvalidProfile("two colleges are compared over the same alternatives")
    duels = {pair: (side, there[pair]) for pair, side in here.items()}
    p_values = {pair: p_value(*sides) for pair, sides in duels.items() if all(side.placed for side in sides)}
    threshold = false_discovery_threshold(list(p_values.values()))
    found = [
        PairDifference(*pair, *duels[pair], *newcombe(*duels[pair]), p, significant=p <= threshold)
        for pair, p in p_values.items()
    ]
    return sorted(found, key=lambda pair: (pair.p_value, pair.first, pair.second))


def reversed_pairs(here: Duels, there: Duels) -> list[PairDifference]:
    """Return the pairs that one college places one way and the other the other way, and of which that is sure."""
    return [pair for pair in pair_differences(here, there) if pair.reversed and pair.significant]


def newcombe(here: Side, there: Side) -> tuple[float, float]:
    """Return Newcombe's interval of 95 % for the difference of two shares, built from Wilson's of each."""
    share, other = float(here.share), float(there.share)
    (low, high), (other_low, other_high) = here.wilson(), there.wilson()
    difference = share - other
    return difference - hypot(share - low, other_high - other), difference + hypot(high - share, other - other_low)


def p_value(here: Side, there: Side) -> float:
    """Return the two-sided p-value that both shares are the same (score test on the pooled share)."""
    pooled = Fraction(here.before + there.before, here.placed + there.placed)
    variance = pooled * (1 - pooled) * (Fraction(1, here.placed) + Fraction(1, there.placed))
    return erfc(sqrt((here.share - there.share) ** 2 / variance / 2)) if variance else 1.0


def false_discovery_threshold(p_values: Sequence[float], rate: float = FALSE_DISCOVERY_RATE) -> float:
    """Return the greatest significant p-value: the k-th smallest of n, at most k / n of the rate; -1 for none."""
    ranked = enumerate(sorted(p_values), start=1)
    return max((p for rank, p in ranked if p <= rate * rank / len(p_values)), default=-1.0)
