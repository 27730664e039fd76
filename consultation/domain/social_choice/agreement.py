"""Agreement between two orders or two colleges, and inside one college."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import isqrt

import numpy as np

from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.ranking import UnknownAlternative, WeakOrder


@dataclass(frozen=True)
class TauB:
    """Kendall's tau-b, exact: `concordance / sqrt(first_untied * second_untied)`.

    M. G. Kendall, "The treatment of ties in ranking problems", Biometrika 33 (1945). `concordance` is the number of
    pairs that both orders place alike less the pairs that they reverse; the others count the pairs that one order
    does not tie.
    """

    concordance: int
    first_untied: int
    second_untied: int

    @property
    def defined(self) -> bool:
        """Tell whether neither order ties everything."""
        return self.first_untied > 0 and self.second_untied > 0

    @property
    def signed_square(self) -> Fraction:
        """Return the square with the sign of tau-b, by which two of them compare exactly; 0 where it is not defined."""
        if not self.defined:
            return Fraction()
        return Fraction(self.concordance * abs(self.concordance), self.first_untied * self.second_untied)

    def rounded(self) -> str:
        """Return tau-b to two decimals, halves away from zero, without passing by a float; "-0.00" is "0.00"."""
        scale = self.first_untied * self.second_untied
        half_hundredths = isqrt((200 * self.concordance) ** 2 // scale)
        hundredths = (half_hundredths + 1) // 2
        sign = "-" if self.concordance < 0 and hundredths else ""
        return f"{sign}{hundredths // 100}.{hundredths % 100:02}"


@dataclass(frozen=True)
class Divide:
    """An alternative and its places in two orders."""

    alternative: int
    place: int
    other_place: int

    @property
    def gap(self) -> int:
        """Return how many places lie between."""
        return abs(self.place - self.other_place)


def tau_b(first: WeakOrder, second: WeakOrder) -> TauB:
    """Compare two weak orders that rank the same alternatives."""
    here, there = first.places(), second.places()
    _check_same(here, there)
    signs = [(_sign(here[a] - here[b]), _sign(there[a] - there[b])) for a, b in combinations(here, 2)]
    return TauB(
        concordance=sum(one * other for one, other in signs),
        first_untied=sum(abs(one) for one, _ in signs),
        second_untied=sum(abs(other) for _, other in signs),
    )


def divides(first: WeakOrder, second: WeakOrder) -> list[Divide]:
    """Return the alternatives whose places differ, the widest gap first, then in numeric order."""
    here, there = first.places(), second.places()
    _check_same(here, there)
    apart = [Divide(number, place, there[number]) for number, place in here.items() if place != there[number]]
    return sorted(apart, key=lambda divide: (-divide.gap, divide.alternative))


def mean_tau_inside(matrix: PairwiseMatrix) -> Fraction | None:
    """Return Kendall's tau (tau-a, a tie counting 0) of two ballots of the matrix, in the mean over all such couples.

    Over couples of different ballots the products of their signs on a pair add up to margin ** 2 less the ballots that
    place the pair at all. None where there are fewer than two ballots or two alternatives.
    """
    ballots, pairs = matrix.ballots, len(matrix.alternatives) * (len(matrix.alternatives) - 1) // 2
    if ballots < 2 or not pairs:
        return None
    above = np.triu_indices(len(matrix.alternatives), 1)
    margins, placed = matrix.margins()[above].tolist(), (matrix.counts + matrix.counts.T)[above].tolist()
    products = sum(margin * margin for margin in margins) - sum(placed)
    return Fraction(products, ballots * (ballots - 1) * pairs)


def _check_same(here: dict[int, int], there: dict[int, int]) -> None:
    if here.keys() != there.keys():
        raise UnknownAlternative("two orders are compared over the same alternatives")


def _sign(difference: int) -> int:
    return (difference > 0) - (difference < 0)
