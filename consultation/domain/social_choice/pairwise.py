"""The pairwise matrix: how many ballots place one alternative before another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations
from typing import Self

import numpy as np
from numpy.typing import NDArray

from consultation.domain.social_choice.profile import Profile, RankArray, Unranked, Weights
from consultation.domain.social_choice.ranking import WeakOrder

# Two columns of a chunk and their comparison, 192 KiB, stay in a processor's second cache; a quarter of that would stay
# in the first, but most of the time would go into calls.
CHUNK = 65_536


@dataclass(frozen=True, eq=False)
class PairwiseMatrix:
    """The m x m integers of a count: `counts[i, j]` ballots of `ballots` place alternative i before alternative j.

    `unranked` is the rule of the count: what a ballot leaves unranked is last, or is not compared with anything.
    """

    alternatives: tuple[int, ...]
    ballots: int
    counts: NDArray[np.int64]
    unranked: Unranked = Unranked.LAST

    @classmethod
    def of_profile(cls, profile: Profile, unranked: Unranked = Unranked.LAST) -> Self:
        """Count a profile by columns, a chunk of ballots at a time."""
        counts = np.zeros((len(profile.alternatives),) * 2, np.int64)
        last = profile.unranked_rank if unranked is Unranked.NO_OPINION else None
        for start in range(0, len(profile.ranks), CHUNK):
            rows = slice(start, start + CHUNK)
            weights = None if profile.weights is None else profile.weights[rows]
            _count_chunk(profile.ranks[rows], weights, last, counts)
        counts.setflags(write=False)
        return cls(profile.alternatives, profile.ballots, counts, unranked)

    def before(self, first: int, second: int) -> int:
        """Return the number of ballots that place the first alternative before the second."""
        return int(self.counts[self.alternatives.index(first), self.alternatives.index(second)])

    def margins(self) -> NDArray[np.int64]:
        """Return the m x m margins: ballots that place i before j, less those that place j before i."""
        return self.counts - self.counts.T

    def with_ballot(self, order: WeakOrder) -> Self:
        """Return the matrix with one ballot more, without a recount."""
        return self._changed(order, +1)

    def without_ballot(self, order: WeakOrder) -> Self:
        """Return the matrix with one ballot less, which must be one that was counted."""
        return self._changed(order, -1)

    def _changed(self, order: WeakOrder, change: int) -> Self:
        last = len(self.alternatives)
        rank_of = {number: rank for rank, tier in enumerate(order) for number in tier}
        ranks = np.array([rank_of.get(number, last) for number in self.alternatives])
        placed_before = ranks[:, None] < ranks[None, :]
        if self.unranked is Unranked.NO_OPINION:
            placed_before &= (ranks < last)[None, :]
        counts = self.counts + change * placed_before
        counts.setflags(write=False)
        return replace(self, ballots=self.ballots + change, counts=counts)


def _count_chunk(ranks: RankArray, weights: Weights | None, last: int | None, counts: NDArray[np.int64]) -> None:
    """Add the duels of some rows; where `last` is given, an alternative at that rank is compared with nothing."""
    placed_before = np.empty(len(ranks), np.bool_)
    columns = list(ranks.T)
    ranked = [None if last is None else column != last for column in columns]
    for first, second in permutations(range(len(columns)), 2):
        np.less(columns[first], columns[second], out=placed_before)
        if (both_ranked := ranked[second]) is not None:
            placed_before &= both_ranked
        counts[first, second] += np.count_nonzero(placed_before) if weights is None else weights @ placed_before
