"""The permutation reference of tau-b: how far two random groups of these sizes would agree."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from consultation.domain.social_choice.agreement import TauB, tau_b
from consultation.domain.social_choice.bootstrap import RESAMPLES, TAIL_SHARE, Advance
from consultation.domain.social_choice.dominance import Integers, places
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import InvalidProfile, Profile, RankArray
from consultation.domain.social_choice.schulze import BeatPaths, strongest_paths

SEED_PREFIX = b"consultation:permutation:1\0"
# Ballots of which all groups are counted together, a multiple of 8; and groups whose paths are sought together.
CHUNK = 4096
BATCH = 50


@dataclass(frozen=True)
class Reference:
    """The tau-b of two colleges beside those of random groups: 95 % of these lie from `low` to `high`.

    `p_value` is the share of the random divisions, the real one among them, that agree no better than the colleges do.
    """

    observed: TauB
    low: TauB
    high: TauB
    p_value: Fraction


def permutation_seed(root: bytes) -> bytes:
    """Return the 32-byte seed of the draws under the final root of a consultation."""
    return hashlib.sha256(SEED_PREFIX + root).digest()


def drawn_group(seed: bytes, division: int, size: int, ballots: int) -> NDArray[np.uint32]:
    """Return the ballots of the smaller group of one division, ascending: `size` of `ballots`, none twice.

    They are the first different values of `shake_256(seed || division as 4 bytes big-endian)`, read as little-endian
    uint32 mod ballots.
    """
    return np.sort(_first_different(seed, division, size, ballots))


def _first_different(seed: bytes, division: int, size: int, ballots: int) -> NDArray[np.uint32]:
    words = size + size // 2 + 1
    while True:
        stream = hashlib.shake_256(seed + division.to_bytes(4, "big")).digest(4 * words)
        drawn = np.frombuffer(stream, "<u4") % np.uint32(ballots)
        turns = np.arange(words, dtype=np.uint32)
        # Written from the last word to the first, each value keeps the first turn at which it was drawn.
        first_turn = np.empty(ballots, np.uint32)
        first_turn[drawn[::-1]] = turns[::-1]
        different: NDArray[np.uint32] = drawn[first_turn[drawn] == turns]
        if len(different) >= size:
            return different[:size]
        words *= 2


def permutation_reference(
    first: Profile, second: Profile, seed: bytes, divisions: int = RESAMPLES, advance: Advance | None = None
) -> Reference:
    """Compare two colleges by tau-b of their Schulze orders, and 1,000 times two random groups of all their ballots.

    The colleges come in the order of their names, each with its ballots in commitment order; unranked is last. Neither
    may be empty. `advance` is told the number of divisions of each batch that is done.
    """
    if first.weights is not None or second.weights is not None or not first.ballots or not second.ballots:
        raise InvalidProfile("two colleges are compared ballot by ballot, and neither is empty")
    matrices = PairwiseMatrix.of_profile(first), PairwiseMatrix.of_profile(second)
    observed = tau_b(*(BeatPaths.of_matrix(matrix).order for matrix in matrices))
    ranks = np.asfortranarray(np.vstack([first.ranks, second.ranks]))
    drawn_margins = _drawn_margins(ranks, seed, min(first.ballots, second.ballots), divisions)
    drawn: list[TauB] = []
    for start in range(0, divisions, BATCH):
        margins = _squares(drawn_margins[start : start + BATCH], len(first.alternatives))
        drawn += _taus_of_margins(margins, matrices[0].margins() + matrices[1].margins() - margins)
        if advance:
            advance(len(margins))
    drawn.sort(key=lambda tau: tau.signed_square)
    tail = divisions // TAIL_SHARE
    no_better = sum(tau.signed_square <= observed.signed_square for tau in drawn)
    return Reference(observed, drawn[tail], drawn[-1 - tail], Fraction(no_better + 1, divisions + 1))


def _drawn_margins(ranks: RankArray, seed: bytes, size: int, divisions: int) -> Integers:
    """Return the margin of each pair of alternatives (columns, i < j) in the smaller group of each division (rows)."""
    ballots, alternatives = ranks.shape
    groups = np.zeros((divisions, -(-ballots // 8)), np.uint8)
    for division in range(divisions):
        chosen = np.zeros(ballots, np.bool_)
        chosen[_first_different(seed, division, size, ballots)] = True
        groups[division] = np.packbits(chosen)
    pairs = list(combinations(range(alternatives), 2))
    margins = np.zeros((divisions, len(pairs)), np.int64)
    for start in range(0, ballots, CHUNK):
        rows = ranks[start : start + CHUNK]
        inside = np.unpackbits(groups[:, start // 8 : (start + CHUNK) // 8], axis=1)[:, : len(rows)]
        # Sums of a chunk are far below 2 ** 24: float32 is exact here, and many times quicker than integer products.
        margins += (inside.astype(np.float32) @ _signs(rows, pairs).T).astype(np.int64)
    return margins


def _signs(ranks: RankArray, pairs: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """Return, for each pair (rows), 1 for each ballot (columns) that places the first before the second, -1 after."""
    columns = list(np.ascontiguousarray(ranks.T))
    signs = np.empty((len(pairs), len(ranks)), np.float32)
    for pair, (i, j) in enumerate(pairs):
        np.subtract(columns[i] < columns[j], columns[j] < columns[i], out=signs[pair], dtype=np.float32)
    return signs


def _squares(margins: Integers, alternatives: int) -> Integers:
    """Return the margins of pairs (... x pairs, i < j) as matrices (... x m x m)."""
    above = np.zeros((*margins.shape[:-1], alternatives, alternatives), np.int64)
    above[..., *np.triu_indices(alternatives, 1)] = margins
    return above - above.swapaxes(-1, -2)


def _taus_of_margins(margins: Integers, others: Integers) -> list[TauB]:
    """Return the tau-b of the Schulze orders of each group and of all the others, by their margins (... x m x m)."""
    signs = [_signs_of_order(group) for group in (margins, others)]
    counts = signs[0] * signs[1], np.abs(signs[0]), np.abs(signs[1])
    return [TauB(*row) for row in np.stack([count.sum(axis=-1) for count in counts], axis=-1).tolist()]


def _signs_of_order(margins: Integers) -> Integers:
    """Return which of two alternatives the Schulze order places first (... x pairs): -1 the first, 1 the other."""
    paths = strongest_paths(margins)
    best, _worst = places(paths > paths.swapaxes(-1, -2))
    first, second = np.triu_indices(margins.shape[-1], 1)
    signs: Integers = np.sign(best[..., first] - best[..., second])
    return signs
