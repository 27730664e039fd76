"""The Schulze method with margins: strongest beat paths, whole weak order, and the path behind a place.

M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
election method", Social Choice and Welfare 36 (2011).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.ranking import Tier, WeakOrder

Integers = NDArray[np.int64]
Path = tuple[int, ...]


def strongest_paths(margins: Integers) -> Integers:
    """Return the strength of the strongest path between all pairs, 0 for none, of one or many (... x m x m) margins."""
    strengths = np.maximum(margins, 0)
    for middle in range(margins.shape[-1]):
        arriving, leaving = strengths[..., :, middle, None], strengths[..., None, middle, :]
        np.maximum(strengths, np.minimum(arriving, leaving), out=strengths)
    return strengths


def places(strengths: Integers) -> tuple[Integers, Integers]:
    """Return the best and the worst place (... x m, from 1) of each alternative; they differ where a tier is tied.

    A tier is all that no remaining alternative beats, so the first tier is Schulze's set of winners: where path
    strengths are equal his relation is a partial order, and no draw completes it.
    """
    beats = strengths > strengths.swapaxes(-1, -2)
    best, worst = np.zeros(beats.shape[:-1], np.int64), np.zeros(beats.shape[:-1], np.int64)
    remaining = np.ones(beats.shape[:-1], np.bool_)
    while remaining.any():
        tier = remaining & ~(beats & remaining[..., :, None]).any(axis=-2)
        last = (~remaining | tier).sum(axis=-1, keepdims=True)
        first = (~remaining).sum(axis=-1, keepdims=True) + 1
        best += np.where(tier, first, 0)
        worst += np.where(tier, last, 0)
        remaining &= ~tier
    return best, worst


@dataclass(frozen=True, eq=False)
class BeatPaths:
    """The working of a Schulze count: margins and path strengths, both m x m integers."""

    alternatives: tuple[int, ...]
    margins: Integers
    strengths: Integers

    @classmethod
    def of_matrix(cls, matrix: PairwiseMatrix) -> Self:
        """Find the strongest paths of a pairwise matrix."""
        margins = matrix.margins()
        return cls(matrix.alternatives, margins, strongest_paths(margins))

    def beats(self, first: int, second: int) -> bool:
        """Tell whether the strongest path from the first alternative to the second outweighs the way back."""
        i, j = self.alternatives.index(first), self.alternatives.index(second)
        return bool(self.strengths[i, j] > self.strengths[j, i])

    def order(self) -> WeakOrder:
        """Return the whole weak order, ties kept."""
        best, _ = places(self.strengths)
        return WeakOrder.from_ranks(dict(zip(self.alternatives, best.tolist(), strict=True)))

    def path(self, first: int, second: int) -> Path:
        """Return the strongest path (of several the shortest, then first in numeric order), empty if there is none."""
        start, goal = self.alternatives.index(first), self.alternatives.index(second)
        wide_enough = (self.margins > 0) & (self.margins >= self.strengths[start, goal])
        paths = deque([[start]])
        reached = {start}
        while paths:
            path = paths.popleft()
            if path[-1] == goal:
                return tuple(self.alternatives[index] for index in path)
            following = [i for i in np.flatnonzero(wide_enough[path[-1]]).tolist() if i not in reached]
            reached.update(following)
            paths.extend([*path, index] for index in following)
        return ()

    def explaining_paths(self) -> tuple[Path, ...]:
        """Return, for each alternative below the first tier, its shortest beat path from a member of the tier above."""
        return tuple(self._path_from(above, number) for above, tier in pairwise(self.order()) for number in tier)

    def _path_from(self, above: Tier, number: int) -> Path:
        paths = [self.path(better, number) for better in above if self.beats(better, number)]
        return min(paths, key=lambda path: (len(path), path))


def schulze(matrix: PairwiseMatrix) -> WeakOrder:
    """Return the Schulze order of a pairwise matrix."""
    return BeatPaths.of_matrix(matrix).order()
