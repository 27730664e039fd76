"""k-means in the plane, from seeded beginnings, and how well it parts people (silhouette)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from consultation.domain.deliberation.opinion_groups.votes import Integers, Reals

MOST_ROUNDS = 100
RESTARTS = 8
FEWEST_GROUPS, MOST_GROUPS = 2, 5
# The distances between 1,000 people take 8 MB; of more people every second, third… is asked.
MOST_COMPARED = 1_000
# Places that rounding alone tells apart are the same place.
DECIMALS = 9


@dataclass(frozen=True, eq=False)
class Clustering:
    """A label from 0 for each point, the centre of each cluster (k x 2), and the mean silhouette, from -1 to 1."""

    labels: Integers
    centers: Reals
    silhouette: float

    @property
    def groups(self) -> int:
        """Return the number of clusters."""
        return len(self.centers)


def best_clustering(
    points: Reals,
    seed: int,
    weights: Reals | None = None,
    restarts: int = RESTARTS,
    compared: int = MOST_COMPARED,
) -> Clustering | None:
    """Part points into 2 to 5 clusters, as many as give the greatest silhouette; None where all are in one place.

    P. J. Rousseeuw, "Silhouettes", Journal of Computational and Applied Mathematics 20 (1987). Points are taken in the
    order of their places, so that the order in which people come changes nothing.
    """
    weights = np.ones(len(points)) if weights is None else weights
    order = np.lexsort(np.round(points.T, DECIMALS)[::-1])
    ordered, ordered_weights = points[order], weights[order]
    random = np.random.default_rng(seed)
    places = len(np.unique(np.round(ordered, DECIMALS), axis=0))
    few = slice(None, None, -(-len(points) // compared))
    distances = _distances(ordered[few])
    best: Clustering | None = None
    for groups in range(FEWEST_GROUPS, min(MOST_GROUPS, places) + 1):
        labels, centers = k_means(ordered, ordered_weights, groups, random, restarts)
        silhouette = _silhouette(distances, labels[few], ordered_weights[few], groups)
        if best is None or silhouette > best.silhouette:
            best = Clustering(labels, centers, silhouette)
    return None if best is None else _lettered(best, order, weights)


def nearest(points: Reals, centers: Reals) -> Integers:
    """Return for each point which centre is the nearest, the first of equals."""
    labels: Integers = ((centers**2).sum(axis=1) - 2 * points @ centers.T).argmin(axis=1)
    return labels


def k_means(
    points: Reals, weights: Reals, groups: int, random: np.random.Generator, restarts: int = RESTARTS
) -> tuple[Integers, Reals]:
    """Return the labels and centres of the tightest of several runs of Lloyd's algorithm.

    S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on Information Theory 28 (1982).
    """
    runs = [_lloyd(points, weights, _spread_out(points, weights, groups, random)) for _ in range(restarts)]
    return min(runs, key=lambda run: _inertia(points, weights, *run))


def _inertia(points: Reals, weights: Reals, labels: Integers, centers: Reals) -> float:
    """Return the sum of squared distances to the centres, rounded so that the first of equal runs is taken."""
    return round(float(weights @ ((points - centers[labels]) ** 2).sum(axis=1)), DECIMALS)


def _spread_out(points: Reals, weights: Reals, groups: int, random: np.random.Generator) -> Reals:
    """Draw beginnings far from each other: D. Arthur and S. Vassilvitskii, "k-means++", SODA (2007)."""
    chosen = [_drawn(weights, random)]
    distances = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < groups:
        chosen.append(_drawn(weights * distances, random))
        distances = np.minimum(distances, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    return points[chosen]


def _drawn(weights: Reals, random: np.random.Generator) -> int:
    sums = weights.cumsum()
    return min(int(np.searchsorted(sums, random.random() * sums[-1], side="right")), len(weights) - 1)


def _lloyd(points: Reals, weights: Reals, centers: Reals) -> tuple[Integers, Reals]:
    groups = len(centers)
    labels = nearest(points, centers)
    for _ in range(MOST_ROUNDS):
        sizes = np.bincount(labels, weights, groups)
        sums = np.stack([np.bincount(labels, weights * axis, groups) for axis in points.T], axis=1)
        # A cluster that has lost everybody keeps its centre.
        centers = np.where(sizes[:, None] > 0, sums / np.where(sizes > 0, sizes, 1)[:, None], centers)
        moved = nearest(points, centers)
        if np.array_equal(moved, labels):
            break
        labels = moved
    return labels, centers


def _distances(points: Reals) -> Reals:
    squares = np.zeros((len(points), len(points)))
    for axis in points.T:
        difference = axis[:, None] - axis[None, :]
        squares += difference * difference
    return np.sqrt(squares, out=squares)


def _silhouette(distances: Reals, labels: Integers, weights: Reals, groups: int) -> float:
    """Return the mean of (b - a) / max(a, b): a in one's own cluster, b to the nearest other; 0 for who is alone."""
    members = (labels[:, None] == np.arange(groups)) * weights[:, None]
    sums, sizes = distances @ members, members.sum(axis=0)
    own = np.arange(len(labels)), labels
    inside = np.divide(sums[own], sizes[labels] - 1, out=np.zeros(len(labels)), where=sizes[labels] > 1)
    others = np.divide(sums, sizes, out=np.full(sums.shape, np.inf), where=sizes > 0)
    others[own] = np.inf
    outside = others.min(axis=1)
    wider = np.maximum(inside, outside)
    usable = (sizes[labels] > 1) & np.isfinite(wider) & (wider > 0)
    values = np.divide(outside - inside, wider, out=np.zeros(len(labels)), where=usable)
    return float(weights @ values / weights.sum())


def _lettered(found: Clustering, order: Integers, weights: Reals) -> Clustering:
    """Bring labels back to the order of people and number the clusters by size; of equals the leftmost is first."""
    labels = np.empty_like(found.labels)
    labels[order] = found.labels
    sizes = np.bincount(labels, weights, found.groups)
    ranked = np.lexsort((found.centers[:, 1], found.centers[:, 0], -sizes))
    number = np.empty_like(ranked)
    number[ranked] = np.arange(found.groups)
    return Clustering(number[labels], found.centers[ranked], found.silhouette)
