"""The Schulze method: strongest beat paths, whole weak order, and the path behind a place.

M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
election method", Social Choice and Welfare 36 (2011).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Self

import numpy as np

from consultation.domain.social_choice.dominance import Integers, order_of
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import Tier, WeakOrder

Path = tuple[int, ...]


class Strength(StrEnum):
    """What a won duel weighs: its margin, or the ballots of the winning side alone."""

    MARGINS = "margins"
    WINNING_VOTES = "winning-votes"


def strongest_paths(duels: Integers) -> Integers:
    """Return the strength of the strongest path between all pairs, 0 for none, of one or many (... x m x m) duels.

    A duel counts where it is above 0: margins may be given as they are.
    """
    strengths = np.maximum(duels, 0)
    for middle in range(duels.shape[-1]):
        arriving, leaving = strengths[..., :, middle, None], strengths[..., None, middle, :]
        np.maximum(strengths, np.minimum(arriving, leaving), out=strengths)
    return strengths


@dataclass(frozen=True, eq=False)
class BeatPaths:
    """The Schulze count: its order, and its working, all m x m integers.

    `duels` holds what each won duel weighs (0 where it is not won), `strengths` the strongest paths. The first tier is
    Schulze's set of winners: where path strengths are equal his relation is a partial order, and no draw completes it.
    """

    alternatives: tuple[int, ...]
    margins: Integers
    duels: Integers
    strengths: Integers
    order: WeakOrder

    @classmethod
    def of_matrix(cls, matrix: PairwiseMatrix, strength: Strength = Strength.MARGINS) -> Self:
        """Find the strongest paths of a pairwise matrix."""
        margins = matrix.margins()
        weights = margins if strength is Strength.MARGINS else matrix.counts
        duels = np.where(margins > 0, weights, 0)
        strengths = strongest_paths(duels)
        return cls(
            matrix.alternatives, margins, duels, strengths, order_of(matrix.alternatives, strengths > strengths.T)
        )

    def beats(self, first: int, second: int) -> bool:
        """Tell whether the strongest path from the first alternative to the second outweighs the way back."""
        return self.strength(first, second) > self.strength(second, first)

    def strength(self, first: int, second: int) -> int:
        """Return the strength of the strongest path from the first alternative to the second, 0 for none."""
        return int(self.strengths[self.alternatives.index(first), self.alternatives.index(second)])

    def path(self, first: int, second: int) -> Path:
        """Return the strongest path (of several the shortest, then first in numeric order), empty if there is none."""
        start, goal = self.alternatives.index(first), self.alternatives.index(second)
        wide_enough = (self.duels > 0) & (self.duels >= self.strengths[start, goal])
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
        return tuple(self._path_from(above, number) for above, tier in pairwise(self.order) for number in tier)

    def _path_from(self, above: Tier, number: int) -> Path:
        paths = [self.path(better, number) for better in above if self.beats(better, number)]
        return min(paths, key=lambda path: (len(path), path))


def schulze(profile: Profile, matrix: PairwiseMatrix) -> BeatPaths:
    """Count by the Schulze method with margins."""
    return BeatPaths.of_matrix(matrix)
