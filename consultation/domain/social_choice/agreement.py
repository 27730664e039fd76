"""Agreement between two orders of the same alternatives."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import isqrt

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

    def rounded(self) -> str:
        """Return tau-b to two decimals, halves away from zero, without passing by a float; "-0.00" is "0.00"."""
        scale = self.first_untied * self.second_untied
        half_hundredths = isqrt((200 * self.concordance) ** 2 // scale)
        hundredths = (half_hundredths + 1) // 2
        sign = "-" if self.concordance < 0 and hundredths else ""
        return f"{sign}{hundredths // 100}.{hundredths % 100:02}"


def tau_b(first: WeakOrder, second: WeakOrder) -> TauB:
    """Compare two weak orders that rank the same alternatives."""
    here, there = first.places(), second.places()
    if here.keys() != there.keys():
        raise UnknownAlternative("two orders are compared over the same alternatives")
    signs = [(_sign(here[a] - here[b]), _sign(there[a] - there[b])) for a, b in combinations(here, 2)]
    return TauB(
        concordance=sum(one * other for one, other in signs),
        first_untied=sum(abs(one) for one, _ in signs),
        second_untied=sum(abs(other) for _, other in signs),
    )


def _sign(difference: int) -> int:
    return (difference > 0) - (difference < 0)
