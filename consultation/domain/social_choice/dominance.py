"""Relations between alternatives as m x m truth values: chains, circles, and the tiers that they leave."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from consultation.domain.social_choice.ranking import WeakOrder

Relation = NDArray[np.bool_]
Integers = NDArray[np.int64]


def closure(relation: Relation) -> Relation:
    """Return the pairs joined by a chain of the relation, of one step or more (Warshall, 1962)."""
    reached = relation.copy()
    for middle in range(len(reached)):
        reached |= np.outer(reached[:, middle], reached[middle])
    return reached


def components(relation: Relation) -> list[list[int]]:
    """Return the strongly connected components, as ascending indexes, in the order of their first index."""
    reached = closure(relation)
    together = (reached & reached.T) | np.eye(len(reached), dtype=np.bool_)
    return [np.flatnonzero(row).tolist() for index, row in enumerate(together) if row.argmax() == index]


def places(beats: Relation) -> tuple[Integers, Integers]:
    """Return the best and the worst place (... x m, from 1) of each alternative; they differ where a tier is tied.

    A tier is all that no remaining alternative beats: where the relation leaves pairs undecided no draw completes it.
    The relation (... x m x m) has no circle.
    """
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


def order_of(alternatives: Sequence[int], beats: Relation) -> WeakOrder:
    """Return the whole weak order of one relation (m x m, without circles): the tiers of `places`, by bits, quicker."""
    packed = np.packbits(beats.T, axis=1, bitorder="little")
    beaten_by = {index: int.from_bytes(row.tobytes(), "little") for index, row in enumerate(packed)}
    remaining = (1 << len(beaten_by)) - 1
    tiers = []
    while beaten_by:
        tier = [index for index, above in beaten_by.items() if not above & remaining]
        for index in tier:
            del beaten_by[index]
            remaining ^= 1 << index
        tiers.append([alternatives[index] for index in tier])
    return WeakOrder.from_tiers(tiers)
