"""Rankings that are read, not changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.web.language import current_language


@dataclass(frozen=True)
class Line:
    """A line of a ranking that is read, not changed."""

    number: int
    title: str
    place: str
    is_tied: bool


def lines_of(order: WeakOrder, recommendations: Sequence[Recommendation]) -> list[Line]:
    """A ranking line by line, best first."""
    titles = {one.number: one.title for one in recommendations}
    places = order.places()
    tied = {number for tier in order if len(tier) > 1 for number in tier}
    return [Line(number, titles[number], said_place(places[number]), number in tied) for number in order.ranked()]


def aside_of(order: WeakOrder, recommendations: Sequence[Recommendation]) -> list[Recommendation]:
    """What a ranking leaves out, by number."""
    return [one for one in recommendations if one.number not in order]


def said_place(place: int) -> str:
    """A place in the language of the page: 1ᵉʳ, 2ᵉ; 1st, 2nd, 3rd, 11th."""
    if current_language() == "fr":
        return "1ᵉʳ" if place == 1 else f"{place}ᵉ"
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"
