"""What divides two colleges: recommendations whose intervals lie apart, and pairs placed the other way round."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from consultation.domain.privacy.publication.steps import LARGEST_DIFFERENCE
from consultation.domain.social_choice.explanation import comparisons
from consultation.domain.social_choice.release import Placement, Release, ReversedPair
from consultation.features.results.serializers.orders import between
from consultation.features.results.serializers.sentences import NAMES, sentence

# The others are in the files.
MOST_PAIRS = 12


@dataclass(frozen=True)
class DividingRow:
    """A recommendation that surely divides: in each college its rank, its interval where it is wider, and the gap."""

    number: int
    title: str
    ranks: list[tuple[int, str]]
    gap: str


@dataclass(frozen=True)
class ReversedRow:
    """A pair: what the one college places before the other, what the other does, and the difference in points."""

    firsts: list[tuple[int, str]]
    difference: str
    between: str


@dataclass(frozen=True)
class Division:
    """How the colleges compare: sentences, and two tables; `pairs` counts all reversed pairs, shown or not."""

    colleges: list[tuple[str, str]]
    sentences: list[Markup]
    dividing: list[DividingRow]
    reversed: list[ReversedRow]
    pairs: int | None


def division_of(release: Release, titles: Mapping[int, str]) -> Division | None:
    """Compare the colleges by what is released; None where their agreement is not, or where they order nothing."""
    if "agreement" not in release or len(titles) < 2:
        return None
    agreement = release["agreement"]
    pairs = agreement.get("reversed")
    return Division(
        colleges=[(name, str(NAMES[name])) for name in release["colleges"]],
        sentences=[sentence(message, {}) for message in comparisons(release)],
        dividing=[_dividing(release, number, titles[number]) for number in agreement.get("dividing", [])],
        reversed=[_reversed(pair, titles) for pair in _widest(pairs or [])],
        pairs=None if pairs is None else len(pairs),
    )


def _dividing(release: Release, number: int, title: str) -> DividingRow:
    here, there = (_placement(college["order"], number) for college in release["colleges"].values())
    gap = abs(here["rank"] - there["rank"])
    return DividingRow(
        number=number,
        title=title,
        ranks=[(one["rank"], _wider(one)) for one in (here, there)],
        gap=ngettext("%(num)s rank", "%(num)s ranks", gap),
    )


def _wider(one: Placement) -> str:
    return "" if one["low"] == one["high"] else between(one["low"], one["high"])


def _placement(order: list[Placement], number: int) -> Placement:
    return next(placement for placement in order if placement["recommendation"] == number)


def _widest(pairs: list[ReversedPair]) -> list[ReversedPair]:
    """The pairs with the greatest differences, then in numeric order."""
    return sorted(pairs, key=lambda pair: (-abs(pair["difference"]), pair["first"], pair["second"]))[:MOST_PAIRS]


def _reversed(pair: ReversedPair, titles: Mapping[int, str]) -> ReversedRow:
    """Name first what each college places before the other: `first` in the first college, where it is positive."""
    numbers, low, high = [pair["first"], pair["second"]], pair["low"], pair["high"]
    # A difference that is rounded to nothing still leans to the side of its longer bound.
    if (pair["difference"] or low + high) < 0:
        numbers, low, high = numbers[::-1], -high, -low
    return ReversedRow(
        firsts=[(number, titles[number]) for number in numbers],
        difference=_points(abs(pair["difference"])),
        between=_("%(low)s and %(high)s", low=_points(low), high=_points(high)),
    )


def _points(difference: int) -> str:
    sign = "≥ " if difference >= LARGEST_DIFFERENCE else "≤ " if difference <= -LARGEST_DIFFERENCE else ""
    return sign + str(difference).replace("-", "−")
