"""Profiles: all the ballots of one college as an array of ranks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from consultation.domain.social_choice.ranking import UnknownAlternative, WeakOrder

RankArray = NDArray[np.unsignedinteger[Any]]

LARGEST_BYTE = 255


class InvalidProfile(ValueError):
    """Alternatives or ballots that cannot be counted."""


def rank_type(alternatives: int) -> np.dtype[Any]:
    """Return the type of a stored rank: one byte, or two little-endian bytes beyond 255 alternatives."""
    return np.dtype("u1") if alternatives <= LARGEST_BYTE else np.dtype("<u2")


def ranks_blob(order: WeakOrder, alternatives: Sequence[int]) -> bytes:
    """Encode a ballot as one rank per alternative: 1 for the first tier, 2 for the next, 0 for unranked."""
    ranks = {number: rank for rank, tier in enumerate(order, start=1) for number in tier}
    if not ranks.keys() <= set(alternatives):
        raise UnknownAlternative("a ballot ranks an alternative that is not put to the vote")
    return np.array([ranks.get(number, 0) for number in alternatives], rank_type(len(alternatives))).tobytes()


@dataclass(frozen=True, eq=False)
class Profile:
    """The ballots of one college: n x m ranks, 0 for the first tier; unranked is the type's greatest value, so last."""

    alternatives: tuple[int, ...]
    ranks: RankArray

    def __post_init__(self) -> None:
        """Refuse alternatives that are missing, below 1 or not strictly ascending, and ranks of another width."""
        numbers = self.alternatives
        if not numbers or numbers[0] < 1 or any(a >= b for a, b in pairwise(numbers)):
            raise InvalidProfile("alternatives are numbered from 1 and strictly ascend")
        if self.ranks.ndim != 2 or self.ranks.shape[1] != len(numbers):
            raise InvalidProfile("a ballot has one rank per alternative")
        self.ranks.setflags(write=False)

    @classmethod
    def from_blobs(cls, alternatives: Sequence[int], blobs: Iterable[bytes]) -> Self:
        """Read a profile from its ballots, each as `ranks_blob` writes it, in the order given."""
        stored_type = rank_type(len(alternatives))
        ballots = list(blobs)
        if any(len(ballot) != len(alternatives) * stored_type.itemsize for ballot in ballots):
            raise InvalidProfile("a ballot has one rank per alternative")
        stored: RankArray = np.frombuffer(b"".join(ballots), stored_type).reshape(len(ballots), len(alternatives))
        if np.any(stored > len(alternatives)):
            raise InvalidProfile("a rank is at most the number of alternatives")
        # Unsigned arithmetic wraps: the stored 0 of an unranked alternative becomes the greatest value, the last place.
        return cls(tuple(alternatives), np.asfortranarray(stored - stored_type.type(1)))

    @classmethod
    def from_orders(cls, alternatives: Sequence[int], orders: Iterable[WeakOrder]) -> Self:
        """Build a profile from one weak order per ballot, in the order given."""
        return cls.from_blobs(alternatives, (ranks_blob(order, alternatives) for order in orders))

    @property
    def ballots(self) -> int:
        """Return the number of ballots."""
        return len(self.ranks)
