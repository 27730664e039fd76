"""People parted into opinion groups, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from consultation.domain.deliberation.opinion_groups.axes import Axes
from consultation.domain.deliberation.opinion_groups.clustering import best_clustering
from consultation.domain.deliberation.opinion_groups.votes import Integers, Reals, VoteMatrix

LETTERS = "ABCDE"
SEED = 2018


@dataclass(frozen=True, eq=False)
class Grouping:
    """The axes, the place of each person on them (n x 2), and each person's group, the largest being 0; -1 for none.

    `silhouette` is None where nobody has voted enough, or where all stand in one place: there are no groups then.
    """

    axes: Axes
    places: Reals
    labels: Integers
    centers: Reals
    silhouette: float | None

    @property
    def groups(self) -> int:
        """Return the number of groups."""
        return len(self.centers)

    @property
    def sizes(self) -> list[int]:
        """Return the number of people in each group, the largest first."""
        return [int(size) for size in np.bincount(self.labels[self.labels >= 0], minlength=self.groups)]


def grouped(matrix: VoteMatrix, seed: int = SEED) -> Grouping:
    """Part people into groups by what they say of comments; those who have said little are given none.

    The axes are those of everybody, as on Pol.is; the groups those of the people with enough votes.
    """
    axes = Axes.of_votes(matrix)
    places = axes.places(matrix)
    kept = matrix.has_enough
    labels = np.full(matrix.people, -1, np.int64)
    found = best_clustering(places[kept], seed) if kept.any() else None
    if found is None:
        return Grouping(axes, places, labels, np.empty((0, 2)), None)
    labels[kept] = found.labels
    return Grouping(axes, places, labels, found.centers, found.silhouette)
