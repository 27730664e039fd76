"""Ranked pairs with margins, without a draw: equal margins are locked together.

T. N. Tideman, "Independence of clones as a criterion for voting rules", Social Choice and Welfare 4 (1987).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from consultation.domain.social_choice.dominance import Relation, order_of
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder

Pair = tuple[int, int]


@dataclass(frozen=True)
class Lock:
    """The won duels of one margin: those that were locked, and those left out because they close a circle."""

    margin: int
    locked: tuple[Pair, ...]
    left_out: tuple[Pair, ...]


@dataclass(frozen=True)
class RankedPairsCount:
    """The order of ranked pairs, and what was locked, the greatest margin first."""

    order: WeakOrder
    locks: tuple[Lock, ...]


def ranked_pairs(profile: Profile, matrix: PairwiseMatrix) -> RankedPairsCount:
    """Lock won duels from the greatest margin down, all of one margin together.

    Those that close a circle with locked duels or with others of the same margin are left out, every one of them.
    """
    margins = matrix.margins()
    above = np.zeros(margins.shape, np.bool_)
    locks = []
    for margin in sorted(set(margins[margins > 0].tolist()), reverse=True):
        equal = [(first, second) for first, second in np.argwhere(margins == margin).tolist()]
        closed = _with_duels(above, equal)
        locked = [(first, second) for first, second in equal if not closed[second, first]]
        left_out = [(first, second) for first, second in equal if closed[second, first]]
        above = _with_duels(above, locked) if left_out else closed
        locks.append(Lock(margin, _numbered(matrix, locked), _numbered(matrix, left_out)))
    return RankedPairsCount(order_of(matrix.alternatives, above), tuple(locks))


def _with_duels(above: Relation, duels: Iterable[Pair]) -> Relation:
    """Return who stands above whom by a chain of locked duels, with some duels more."""
    joined = above.copy()
    for first, second in duels:
        upward, downward = joined[:, first].copy(), joined[second].copy()
        upward[first] = downward[second] = True
        joined[upward] |= downward
    return joined


def _numbered(matrix: PairwiseMatrix, pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple((matrix.alternatives[first], matrix.alternatives[second]) for first, second in pairs)
