"""The Condorcet winner and the Smith set.

J. H. Smith, "Aggregation of preferences with variable electorate", Econometrica 41 (1973).
"""

from __future__ import annotations

import numpy as np

from consultation.domain.social_choice.dominance import closure, components
from consultation.domain.social_choice.pairwise import PairwiseMatrix

Numbers = tuple[int, ...]


def condorcet_winner(matrix: PairwiseMatrix) -> int | None:
    """Return the alternative that wins every duel, or None where there is none."""
    wins = (matrix.margins() > 0).sum(axis=1)
    winners = np.flatnonzero(wins == len(matrix.alternatives) - 1).tolist()
    return matrix.alternatives[winners[0]] if winners else None


def smith_set(matrix: PairwiseMatrix) -> Numbers:
    """Return the smallest set of alternatives that win every duel against all outside it."""
    unbeaten = matrix.margins() >= 0
    reached = closure(unbeaten)
    return tuple(number for number, row in zip(matrix.alternatives, reached, strict=True) if row.all())


def cycles(matrix: PairwiseMatrix) -> tuple[Numbers, ...]:
    """Return the groups of alternatives in which won duels lead round in a circle."""
    groups = components(matrix.margins() > 0)
    return tuple(tuple(matrix.alternatives[index] for index in group) for group in groups if len(group) > 1)
