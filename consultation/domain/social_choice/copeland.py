"""Copeland's method: duels won, less duels lost.

A. H. Copeland, "A reasonable social welfare function" (University of Michigan, 1951).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder


@dataclass(frozen=True)
class Duels:
    """How many of its duels an alternative has won, tied and lost."""

    won: int
    tied: int
    lost: int


@dataclass(frozen=True)
class CopelandCount:
    """The Copeland order and the duels of each alternative."""

    order: WeakOrder
    duels: Mapping[int, Duels]


def copeland(profile: Profile, matrix: PairwiseMatrix) -> CopelandCount:
    """Order alternatives by the duels that they win less those that they lose; a tied duel counts for neither."""
    signs = np.sign(matrix.margins())
    won, lost = (signs > 0).sum(axis=1).tolist(), (signs < 0).sum(axis=1).tolist()
    others = len(matrix.alternatives) - 1
    duels = {
        number: Duels(wins, others - wins - losses, losses)
        for number, wins, losses in zip(matrix.alternatives, won, lost, strict=True)
    }
    return CopelandCount(WeakOrder.from_ranks({number: duel.lost - duel.won for number, duel in duels.items()}), duels)
