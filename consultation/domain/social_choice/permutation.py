"""The permutation reference of tau-b: how far two random groups of these sizes would agree."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from consultation.domain.social_choice.agreement import TauB, tau_b
from consultation.domain.social_choice.bootstrap import RESAMPLES, TAIL_SHARE, Advance
from consultation.domain.social_choice.dominance import Integers, order_of
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import InvalidProfile, Profile
from consultation.domain.social_choice.schulze import BeatPaths, strongest_paths

SEED_PREFIX = b"consultation:permutation:1\0"


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


def drawn_group(seed: bytes, division: int, size: int, ballots: int) -> NDArray[np.int64]:
    """Return the ballots of the smaller group of one division, ascending: `size` of `ballots`, none twice.

    They are the first different values of `shake_256(seed || division as 4 bytes big-endian)`, read as little-endian
    uint32 mod ballots.
    """
    words = 2 * size
    while True:
        stream = hashlib.shake_256(seed + division.to_bytes(4, "big")).digest(4 * words)
        drawn, first_seen = np.unique(np.frombuffer(stream, "<u4") % np.uint32(ballots), return_index=True)
        if len(drawn) >= size:
            return np.sort(drawn[np.argsort(first_seen)[:size]]).astype(np.int64)
        words *= 2


def permutation_reference(
    first: Profile, second: Profile, seed: bytes, divisions: int = RESAMPLES, advance: Advance | None = None
) -> Reference:
    """Compare two colleges by tau-b of their Schulze orders, and 1,000 times two random groups of all their ballots.

    The colleges come in the order of their names, each with its ballots in commitment order; unranked is last. Neither
    may be empty. `advance` is told of each division.
    """
    if first.weights is not None or second.weights is not None or not first.ballots or not second.ballots:
        raise InvalidProfile("two colleges are compared ballot by ballot, and neither is empty")
    matrices = PairwiseMatrix.of_profile(first), PairwiseMatrix.of_profile(second)
    observed = tau_b(*(BeatPaths.of_matrix(matrix).order for matrix in matrices))
    pooled = Profile(first.alternatives, np.asfortranarray(np.vstack([first.ranks, second.ranks])))
    whole = matrices[0].margins() + matrices[1].margins()
    size = min(first.ballots, second.ballots)
    drawn = []
    for division in range(divisions):
        chosen = drawn_group(seed, division, size, pooled.ballots)
        group = Profile(pooled.alternatives, np.asfortranarray(pooled.ranks[chosen]))
        drawn.append(_tau_of_margins(pooled.alternatives, PairwiseMatrix.of_profile(group).margins(), whole))
        if advance:
            advance(1)
    drawn.sort(key=lambda tau: tau.signed_square)
    tail = divisions // TAIL_SHARE
    no_better = sum(tau.signed_square <= observed.signed_square for tau in drawn)
    return Reference(observed, drawn[tail], drawn[-1 - tail], Fraction(no_better + 1, divisions + 1))


def _tau_of_margins(alternatives: tuple[int, ...], margins: Integers, whole: Integers) -> TauB:
    """Return the tau-b of a group, by its margins, and of all the others."""
    strengths = [strongest_paths(group) for group in (margins, whole - margins)]
    return tau_b(*(order_of(alternatives, paths > paths.T) for paths in strengths))
