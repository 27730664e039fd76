"""Profiles: all the ballots of one college as an array of ranks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from consultation.domain.social_choice.ranking import UnknownAlternative, WeakOrder

RankArray = NDArray[np.unsignedinteger[Any]]
Weights = NDArray[np.int64]

LARGEST_BYTE = 255
LARGEST_TWO_BYTES = 65_535
# More than there are people, and few enough for every sum of a count to be exact in 64 bits.
MOST_BALLOTS = 2**40


class Unranked(StrEnum):
    """What a ballot says of what it leaves unranked: that it comes last, or nothing at all."""

    LAST = "last"
    NO_OPINION = "no-opinion"


class InvalidProfile(ValueError):
    """Alternatives or ballots that cannot be counted."""


def rank_type(alternatives: int) -> np.dtype[Any]:
    """Return the type of a stored rank: one byte, or two little-endian bytes beyond 255 alternatives."""
    if alternatives > LARGEST_TWO_BYTES:
        raise InvalidProfile("at most 65,535 alternatives can be counted")
    return np.dtype("u1") if alternatives <= LARGEST_BYTE else np.dtype("<u2")


def ranks_blob(order: WeakOrder, alternatives: Sequence[int]) -> bytes:
    """Encode a ballot as one rank per alternative: 1 for the first tier, 2 for the next, 0 for unranked."""
    ranks = {number: rank for rank, tier in enumerate(order, start=1) for number in tier}
    if not ranks.keys() <= set(alternatives):
        raise UnknownAlternative("a ballot ranks an alternative that is not put to the vote")
    return packed([ranks.get(number, 0) for number in alternatives])


def packed(ranks: Sequence[int]) -> bytes:
    """Encode the ranks of a ballot, one per alternative, in their type."""
    # Short ballots are many, and `bytes` is ten times as quick for them as an array.
    return bytes(ranks) if len(ranks) <= LARGEST_BYTE else np.array(ranks, rank_type(len(ranks))).tobytes()


@dataclass(frozen=True, eq=False)
class Profile:
    """The ballots of one college: n x m ranks, 0 for the first tier; unranked is the type's greatest value, so last.

    `weights` says how many ballots each of the n rows stands for; without it each row is one ballot.
    """

    alternatives: tuple[int, ...]
    ranks: RankArray
    weights: Weights | None = None

    def __post_init__(self) -> None:
        """Refuse alternatives that are missing, below 1 or not strictly ascending, and arrays of another shape."""
        numbers = self.alternatives
        if not numbers or numbers[0] < 1 or any(a >= b for a, b in pairwise(numbers)):
            raise InvalidProfile("alternatives are numbered from 1 and strictly ascend")
        if self.ranks.ndim != 2 or self.ranks.shape[1] != len(numbers):
            raise InvalidProfile("a ballot has one rank per alternative")
        self.ranks.setflags(write=False)
        if self.weights is not None:
            _check_weights(self.weights, len(self.ranks))
            self.weights.setflags(write=False)

    @classmethod
    def from_blobs(
        cls, alternatives: Sequence[int], blobs: Iterable[bytes], counts: Sequence[int] | None = None
    ) -> Self:
        """Read a profile from its ballots, each as `ranks_blob` writes it, in the order given.

        `counts` says how many ballots each of them stands for; without it each is one.
        """
        ranks = _ranks_of_blobs(alternatives, list(blobs))
        return cls(tuple(alternatives), ranks, None if counts is None else _weights(counts))

    @classmethod
    def from_orders(cls, alternatives: Sequence[int], orders: Iterable[WeakOrder]) -> Self:
        """Build a profile from one weak order per ballot, in the order given."""
        return cls.from_blobs(alternatives, (ranks_blob(order, alternatives) for order in orders))

    @classmethod
    def of_orders(cls, alternatives: Sequence[int], counted: Iterable[tuple[WeakOrder, int]]) -> Self:
        """Build a profile from weak orders and the number of ballots that give each of them."""
        pairs = list(counted)
        blobs = (ranks_blob(order, alternatives) for order, _ in pairs)
        return cls.from_blobs(alternatives, blobs, [count for _, count in pairs])

    @property
    def ballots(self) -> int:
        """Return the number of ballots."""
        return len(self.ranks) if self.weights is None else int(self.weights.sum())

    @property
    def unranked_rank(self) -> int:
        """Return the rank that stands for unranked: the greatest value of the type of the ranks."""
        return int(np.iinfo(self.ranks.dtype).max)


def _ranks_of_blobs(alternatives: Sequence[int], ballots: Sequence[bytes]) -> RankArray:
    stored_type = rank_type(len(alternatives))
    if any(len(ballot) != len(alternatives) * stored_type.itemsize for ballot in ballots):
        raise InvalidProfile("a ballot has one rank per alternative")
    stored: RankArray = np.frombuffer(b"".join(ballots), stored_type).reshape(len(ballots), len(alternatives))
    if np.any(stored > len(alternatives)):
        raise InvalidProfile("a rank is at most the number of alternatives")
    # Unsigned arithmetic wraps: the stored 0 of an unranked alternative becomes the greatest value, the last place.
    return np.asfortranarray(stored - stored_type.type(1))


def _weights(counts: Sequence[int]) -> Weights:
    if any(not 0 <= count <= MOST_BALLOTS for count in counts):
        raise InvalidProfile("an order is given by a number of ballots from 0 to 2 ** 40")
    return np.array(counts, np.int64)


def _check_weights(weights: Weights, rows: int) -> None:
    if weights.shape != (rows,) or weights.dtype != np.int64:
        raise InvalidProfile("each row of ranks has one weight, a whole number")
    counts = weights.tolist()
    if min(counts, default=0) < 0 or sum(counts) > MOST_BALLOTS:
        raise InvalidProfile("weights are not negative, and at most 2 ** 40 ballots together")
