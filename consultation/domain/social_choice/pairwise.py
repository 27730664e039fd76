"""The pairwise matrix: how many ballots place one alternative before another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Self

import numpy as np
from numpy.typing import NDArray

from consultation.domain.social_choice.profile import Profile, RankArray

# Two columns of a chunk and their comparison stay in the fastest cache of a processor.
CHUNK = 16_384


@dataclass(frozen=True, eq=False)
class PairwiseMatrix:
    """The m x m integers of a count: `counts[i, j]` ballots of `ballots` place alternative i before alternative j."""

    alternatives: tuple[int, ...]
    ballots: int
    counts: NDArray[np.int64]

    @classmethod
    def of_profile(cls, profile: Profile) -> Self:
        """Count a profile by columns, a chunk of ballots at a time."""
        counts = np.zeros((len(profile.alternatives),) * 2, np.int64)
        for start in range(0, profile.ballots, CHUNK):
            _count_chunk(profile.ranks[start : start + CHUNK], counts)
        counts.setflags(write=False)
        return cls(profile.alternatives, profile.ballots, counts)

    def before(self, first: int, second: int) -> int:
        """Return the number of ballots that place the first alternative before the second."""
        return int(self.counts[self.alternatives.index(first), self.alternatives.index(second)])

    def margins(self) -> NDArray[np.int64]:
        """Return the m x m margins: ballots that place i before j, less those that place j before i."""
        return self.counts - self.counts.T


def _count_chunk(ranks: RankArray, counts: NDArray[np.int64]) -> None:
    placed_before = np.empty(len(ranks), np.bool_)
    columns = list(ranks.T)
    for first, second in permutations(range(len(columns)), 2):
        np.less(columns[first], columns[second], out=placed_before)
        counts[first, second] += np.count_nonzero(placed_before)
