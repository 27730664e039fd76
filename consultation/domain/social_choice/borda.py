"""The Borda count, ties averaged.

J.-C. de Borda, "Mémoire sur les élections au scrutin" (1781); tied alternatives share their points (D. Black, "Partial
justification of the Borda count", Public Choice 28, 1976).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder


@dataclass(frozen=True)
class BordaCount:
    """The Borda order and the points of each alternative."""

    order: WeakOrder
    scores: Mapping[int, Fraction]


def borda(profile: Profile, matrix: PairwiseMatrix) -> BordaCount:
    """Give a point for each duel that a ballot decides for an alternative, and half a point where it decides nothing.

    A ballot decides nothing where it ties two alternatives or, under the rule "no opinion", ranks but one of them.
    """
    even = matrix.ballots * (len(matrix.alternatives) - 1)
    sums = matrix.margins().sum(axis=1).tolist()
    scores = {n: Fraction(even + margin, 2) for n, margin in zip(matrix.alternatives, sums, strict=True)}
    return BordaCount(order_by(scores), scores)


def order_by(scores: Mapping[int, Fraction]) -> WeakOrder:
    """Order alternatives by their scores, the greatest first; equal scores tie."""
    descending = sorted(set(scores.values()), reverse=True)
    return WeakOrder.from_tiers([n for n, score in scores.items() if score == wanted] for wanted in descending)
