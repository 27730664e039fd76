"""Rank intervals and chances by a block bootstrap whose draws any language can repeat."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Self

import numpy as np
from numpy.typing import NDArray

from consultation.domain.social_choice.dominance import Integers, places
from consultation.domain.social_choice.profile import InvalidProfile, Profile, Unranked
from consultation.domain.social_choice.schulze import strongest_paths

RESAMPLES = 1000
LARGEST_BLOCK_COUNT = 1024
# The 26th of 1,000 from either end leaves 95 % between.
TAIL_SHARE = 40
SEED_PREFIX = b"consultation:bootstrap:1\0"
# Resamples are counted together as long as their matrices hold no more integers than this.
LARGEST_BATCH = 2**22

Advance = Callable[[int], object]


@dataclass(frozen=True)
class RankInterval:
    """The places, from `low` (best) to `high` (worst), that an alternative takes in 95 % of the resamples."""

    low: int
    high: int


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """The best and the worst place of each alternative (columns) in each resample (rows) under the Schulze method."""

    alternatives: tuple[int, ...]
    best: Integers
    worst: Integers

    @classmethod
    def of_profile(
        cls,
        profile: Profile,
        seed: bytes,
        resamples: int = RESAMPLES,
        unranked: Unranked = Unranked.LAST,
        advance: Advance | None = None,
    ) -> Self:
        """Resample the ballots of a profile that are in random order, one a row: ballot i is in block `i mod G`.

        `advance` is told the number of resamples of each batch that is done.
        """
        if profile.weights is not None:
            raise InvalidProfile("ballots are resampled one by one, in random order: see drawn_order")
        if not profile.ballots:
            everything = np.ones((resamples, len(profile.alternatives)), np.int64)
            return cls(profile.alternatives, everything, everything * len(profile.alternatives))
        batches = []
        for margins in _resampled_margins(profile, seed, resamples, unranked):
            paths = strongest_paths(margins)
            batches.append(places(paths > paths.swapaxes(-1, -2)))
            if advance:
                advance(len(margins))
        best, worst = (np.concatenate(ends) for ends in zip(*batches, strict=True))
        return cls(profile.alternatives, best, worst)

    def intervals(self) -> dict[int, RankInterval]:
        """Return the rank interval of each alternative: of 1,000 resamples the 26th best and the 26th worst place."""
        tail = len(self.best) // TAIL_SHARE
        lows = np.sort(self.best, axis=0)[tail].tolist()
        highs = np.sort(self.worst, axis=0)[-1 - tail].tolist()
        return dict(zip(self.alternatives, map(RankInterval, lows, highs), strict=True))

    def chance_of_top(self, places: int) -> Mapping[int, Fraction]:
        """Return how often each alternative is among the first so many; those that are tied share their places."""
        tied = self.worst - self.best + 1
        inside = np.clip(places + 1 - self.best, 0, tied)
        return {
            number: sum(
                (Fraction(int(inside[tied[:, i] == k, i].sum()), k) for k in set(tied[:, i].tolist())), Fraction()
            )
            / len(self.best)
            for i, number in enumerate(self.alternatives)
        }


def bootstrap_seed(root: bytes, college: str) -> bytes:
    """Return the 32-byte seed of a college's draws under the final root of its consultation."""
    return hashlib.sha256(SEED_PREFIX + root + college.encode()).digest()


def file_seed(material: bytes) -> bytes:
    """Return the 32-byte seed of the draws for a file: SHA-256 of its bytes, or of a seed asked for."""
    return hashlib.sha256(material).digest()


def drawn_order(profile: Profile, seed: bytes) -> Profile:
    """Put the ballots of a file in an order drawn from the seed, one a row.

    A file often has equal ballots side by side, which would fall evenly into all blocks and hide how much they vary.
    Row by row, each ballot takes 8 bytes of `shake_256(seed || "order")` as a little-endian integer, and the ballots
    are sorted by it.
    """
    rows = (
        np.arange(len(profile.ranks))
        if profile.weights is None
        else np.repeat(np.arange(len(profile.ranks)), profile.weights)
    )
    keys = np.frombuffer(hashlib.shake_256(seed + b"order").digest(8 * len(rows)), "<u8")
    return Profile(profile.alternatives, np.asfortranarray(profile.ranks[rows[np.argsort(keys, kind="stable")]]))


def rank_intervals(profile: Profile, seed: bytes) -> dict[int, RankInterval]:
    """Return the rank interval of each alternative under the Schulze method, ballots being in commitment order."""
    return Bootstrap.of_profile(profile, seed).intervals()


def drawn_blocks(seed: bytes, resample: int, blocks: int) -> NDArray[np.uint32]:
    """Return the blocks drawn, with repetition, for one resample: SHAKE-256 as little-endian uint32 mod blocks."""
    stream = hashlib.shake_256(seed + resample.to_bytes(4, "big")).digest(4 * blocks)
    return np.frombuffer(stream, "<u4") % np.uint32(blocks)


def _resampled_margins(profile: Profile, seed: bytes, resamples: int, unranked: Unranked) -> Iterator[Integers]:
    """Give the margins of every resample, in batches of ... x m x m."""
    alternatives = len(profile.alternatives)
    blocks = min(profile.ballots, LARGEST_BLOCK_COUNT)
    block_margins = _block_margins(profile, blocks, unranked)
    batch = max(1, LARGEST_BATCH // alternatives**2)
    above = np.triu_indices(alternatives, 1)
    for start in range(0, resamples, batch):
        drawn = range(start, min(start + batch, resamples))
        times_drawn = [np.bincount(drawn_blocks(seed, resample, blocks), minlength=blocks) for resample in drawn]
        margins = np.zeros((len(drawn), alternatives, alternatives), np.int64)
        # Sums of integers far below 2 ** 53: float64 is exact here, and many times quicker than integer products.
        margins[:, *above] = np.array(times_drawn, np.float64) @ block_margins
        yield margins - margins.swapaxes(-1, -2)


def _block_margins(profile: Profile, blocks: int, unranked: Unranked) -> NDArray[np.float64]:
    """Return the margin of each pair of alternatives (columns, i < j) in each block of ballots (rows)."""
    columns = list(profile.ranks.T)
    pairs = list(combinations(range(len(columns)), 2))
    ranked = [column != profile.unranked_rank for column in columns]
    margins = np.empty((blocks, len(pairs)))
    rounds = -(-profile.ballots // blocks)
    signs = np.zeros(rounds * blocks, np.int8)
    for pair, (i, j) in enumerate(pairs):
        sign = np.less(columns[i], columns[j]).view(np.int8) - np.less(columns[j], columns[i]).view(np.int8)
        signs[: profile.ballots] = sign if unranked is Unranked.LAST else sign * (ranked[i] & ranked[j])
        margins[:, pair] = signs.reshape(rounds, blocks).sum(axis=0)
    return margins
