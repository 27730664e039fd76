"""The two axes on which people differ most, and where each person stands on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from consultation.domain.deliberation.opinion_groups.votes import Reals, VoteMatrix

DIMENSIONS = 2
# Below this part of the greatest one, an eigenvalue is what rounding leaves of zero.
NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class Axes:
    """The mean vote on each comment (c), and the first two principal components (2 x c), each of length 1 or 0.

    C. Small et al., "Polis: scaling deliberation by mapping high dimensional opinion spaces", Recerca 26 (2021): what
    somebody has not seen counts as the mean of those who have. Of the two directions of a component the one is taken
    in which the sum of its cubes is positive, so that the map does not turn over from one computation to the next.
    """

    center: Reals
    components: Reals

    @classmethod
    def of_votes(cls, matrix: VoteMatrix, weights: Reals | None = None) -> Self:
        """Find the axes of a matrix, in which each person weighs 1 or as given."""
        weights = np.ones(matrix.people) if weights is None else weights
        seen = np.isfinite(matrix.votes)
        said = np.where(seen, matrix.votes, 0.0)
        voters = weights @ seen
        center = np.divide(weights @ said, voters, out=np.zeros(matrix.comments), where=voters > 0)
        differences = np.where(seen, said - center, 0.0) * np.sqrt(weights)[:, None]
        return cls(center, _principal(differences))

    def places(self, matrix: VoteMatrix) -> Reals:
        """Return the place of each person (n x 2), moved away from the middle by sqrt(c / votes) for what is unseen."""
        seen = np.isfinite(matrix.votes)
        differences = np.where(seen, matrix.votes - self.center, 0.0)
        scale = np.sqrt(matrix.comments / np.maximum(1, seen.sum(axis=1)))
        places: Reals = differences @ self.components.T * scale[:, None]
        return places


def _principal(differences: Reals) -> Reals:
    """Return the first two right singular vectors, by the smaller of the two Gram matrices."""
    people, comments = differences.shape
    is_wide = people < comments
    gram = differences @ differences.T if is_wide else differences.T @ differences
    values, vectors = np.linalg.eigh(gram)
    components = np.zeros((DIMENSIONS, comments))
    for index in range(min(DIMENSIONS, len(values))):
        if values[-1 - index] > NOTHING * max(values[-1], 1.0):
            vector = vectors[:, -1 - index]
            components[index] = _directed(differences.T @ vector if is_wide else vector)
    return components


def _directed(vector: Reals) -> Reals:
    unit = vector / np.linalg.norm(vector)
    asymmetry = float((unit**3).sum())
    if abs(asymmetry) < NOTHING:
        asymmetry = float(unit[np.abs(unit) > NOTHING][0])
    return unit if asymmetry > 0 else -unit
