"""Rank intervals by a block bootstrap whose draws any language can repeat."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.schulze import places, strongest_paths

RESAMPLES = 1000
LARGEST_BLOCK_COUNT = 1024
# The 26th of 1,000 from either end leaves 95 % between.
TAIL = 26
SEED_PREFIX = b"consultation:bootstrap:1\0"


@dataclass(frozen=True)
class RankInterval:
    """The places, from `low` (best) to `high` (worst), that an alternative takes in 95 % of the resamples."""

    low: int
    high: int


def bootstrap_seed(root: bytes, college: str) -> bytes:
    """Return the 32-byte seed of a college's draws under the final root of its consultation."""
    return hashlib.sha256(SEED_PREFIX + root + college.encode()).digest()


def rank_intervals(profile: Profile, seed: bytes) -> dict[int, RankInterval]:
    """Return the rank interval of each alternative under the Schulze method, ballots being in commitment order."""
    alternatives = len(profile.alternatives)
    if not profile.ballots:
        return dict.fromkeys(profile.alternatives, RankInterval(1, alternatives))
    best, worst = places(strongest_paths(_resampled_margins(profile, seed)))
    lows = np.sort(best, axis=0)[TAIL - 1].tolist()
    highs = np.sort(worst, axis=0)[-TAIL].tolist()
    return dict(zip(profile.alternatives, map(RankInterval, lows, highs), strict=True))


def drawn_blocks(seed: bytes, resample: int, blocks: int) -> NDArray[np.uint32]:
    """Return the blocks drawn, with repetition, for one resample: SHAKE-256 as little-endian uint32 mod blocks."""
    stream = hashlib.shake_256(seed + resample.to_bytes(4, "big")).digest(4 * blocks)
    return np.frombuffer(stream, "<u4") % np.uint32(blocks)


def _resampled_margins(profile: Profile, seed: bytes) -> NDArray[np.int64]:
    """Return the margins of every resample, RESAMPLES x m x m."""
    blocks = min(profile.ballots, LARGEST_BLOCK_COUNT)
    times_drawn = np.empty((RESAMPLES, blocks))
    for resample in range(RESAMPLES):
        times_drawn[resample] = np.bincount(drawn_blocks(seed, resample, blocks), minlength=blocks)
    # Sums of integers far below 2 ** 53: float64 is exact here, and many times quicker than integer products.
    drawn_margins = (times_drawn @ _block_margins(profile, blocks)).astype(np.int64)
    alternatives = len(profile.alternatives)
    margins = np.zeros((RESAMPLES, alternatives, alternatives), np.int64)
    for column, (first, second) in enumerate(combinations(range(alternatives), 2)):
        margins[:, first, second] = drawn_margins[:, column]
        margins[:, second, first] = -drawn_margins[:, column]
    return margins


def _block_margins(profile: Profile, blocks: int) -> NDArray[np.float64]:
    """Return the margin of each pair of alternatives (columns, i < j) in each block of ballots (rows)."""
    columns = list(profile.ranks.T)
    pairs = list(combinations(columns, 2))
    margins = np.empty((blocks, len(pairs)))
    rounds = -(-profile.ballots // blocks)
    signs = np.zeros(rounds * blocks, np.int8)
    for pair, (first, second) in enumerate(pairs):
        signs[: profile.ballots] = np.less(first, second).view(np.int8) - np.less(second, first).view(np.int8)
        margins[:, pair] = signs.reshape(rounds, blocks).sum(axis=0, dtype=np.int64)
    return margins
