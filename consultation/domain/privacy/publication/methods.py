"""What is published of each method: its order, and of its working only what cannot point to a few ballots."""

from __future__ import annotations

from collections.abc import Mapping

from consultation.domain.privacy.publication.steps import MINIMUM_FOR_MEAN_PLACE, tenths
from consultation.domain.social_choice.borda import BordaCount
from consultation.domain.social_choice.copeland import CopelandCount
from consultation.domain.social_choice.kemeny import KemenyCount
from consultation.domain.social_choice.methods import Count
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.release import MethodRelease, Tiers


def shown_methods(counts: Mapping[str, Count], ballots: int) -> dict[str, MethodRelease]:
    """Return what is published of each count of a college with so many ballots."""
    return {name: _shown(count, ballots) for name, count in counts.items()}


def tiers_of(order: WeakOrder) -> Tiers:
    """Return the tiers of an order as lists."""
    return [list(tier) for tier in order]


def _shown(count: Count, ballots: int) -> MethodRelease:
    shown = MethodRelease(order=tiers_of(count.order))
    match count:
        case KemenyCount():
            shown["exact"], shown["sole"] = count.exact, count.sole
        case CopelandCount():
            shown["duels"] = {str(n): [duels.won, duels.tied, duels.lost] for n, duels in count.duels.items()}
        case BordaCount() if ballots >= MINIMUM_FOR_MEAN_PLACE:
            shown["mean_place"] = _mean_places(count, ballots)
    return shown


def _mean_places(count: BordaCount, ballots: int) -> dict[str, str]:
    """Return the mean place of each alternative, those that are tied on a ballot sharing their places."""
    return {str(n): tenths(len(count.scores) - score / ballots) for n, score in count.scores.items()}
