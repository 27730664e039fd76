"""Whether groups hold: the same people drawn again with repetition, and the whole way gone anew."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from consultation.domain.deliberation.opinion_groups.axes import Axes
from consultation.domain.deliberation.opinion_groups.clustering import best_clustering, nearest
from consultation.domain.deliberation.opinion_groups.votes import Integers, Reals, VoteMatrix

RESAMPLES = 100
# D. Steinley, "Properties of the Hubert-Arabie adjusted Rand index", Psychological Methods 9 (2004): good from .80 on.
LEAST_STABILITY = 0.8
# A resample is one of many: fewer beginnings and fewer distances do for each.
RESTARTS = 2
COMPARED = 250

Advance = Callable[[int], object]


def stability(
    matrix: VoteMatrix, labels: Integers, seed: int, resamples: int = RESAMPLES, advance: Advance | None = None
) -> float:
    """Return the mean adjusted Rand index between groups and those of resamples of people, from about 0 to 1.

    In each resample axes, number of groups and groups are found anew, then everybody goes to the nearest centre (Y.
    Fang and J. Wang, "Selection of the number of clusters via the bootstrap method", Computational Statistics & Data
    Analysis 56, 2012). `labels` has one for each person, below 0 for those without a group.
    """
    random = np.random.default_rng(seed)
    indices = []
    for _ in range(resamples):
        drawn = np.bincount(random.integers(0, matrix.people, matrix.people), minlength=matrix.people).astype(float)
        indices.append(_agreement(matrix, labels, drawn, seed))
        if advance:
            advance(1)
    return float(np.mean(indices))


def adjusted_rand(one: Integers, other: Integers) -> float:
    """Return how far two partitions agree beyond chance, 1 where they are the same.

    L. Hubert and P. Arabie, "Comparing partitions", Journal of Classification 2 (1985).
    """
    table = np.zeros((one.max(initial=0) + 1, other.max(initial=0) + 1))
    np.add.at(table, (one, other), 1)
    together, here, there = (_pairs(cells) for cells in (table, table.sum(axis=1), table.sum(axis=0)))
    chance = here * there / max(_pairs(np.array([len(one)])), 1.0)
    most = (here + there) / 2
    return 1.0 if most == chance else float((together - chance) / (most - chance))


def _pairs(counts: Reals) -> float:
    return float((counts * (counts - 1) / 2).sum())


def _agreement(matrix: VoteMatrix, labels: Integers, drawn: Reals, seed: int) -> float:
    present = drawn > 0
    axes = Axes.of_votes(VoteMatrix(matrix.votes[present]), drawn[present])
    places, kept = axes.places(matrix), labels >= 0
    chosen = kept & present
    found = best_clustering(places[chosen], seed, drawn[chosen], RESTARTS, COMPARED) if chosen.any() else None
    return 0.0 if found is None else adjusted_rand(labels[kept], nearest(places[kept], found.centers))
