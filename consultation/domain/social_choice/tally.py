"""The tally: all that the ballots of one college say, exactly; only a release of it is ever shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consultation.domain.social_choice.bootstrap import RankInterval, rank_intervals
from consultation.domain.social_choice.methods import MAIN_METHOD, METHODS
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.schulze import BeatPaths, Path


@dataclass(frozen=True, eq=False)
class Tally:
    """The exact count of one college: matrix, order by method, rank intervals, and the path behind each place."""

    matrix: PairwiseMatrix
    orders: Mapping[str, WeakOrder]
    intervals: Mapping[int, RankInterval]
    paths: tuple[Path, ...]

    @property
    def ballots(self) -> int:
        """Return the number of ballots counted."""
        return self.matrix.ballots

    @property
    def order(self) -> WeakOrder:
        """Return the order of the main method."""
        return self.orders[MAIN_METHOD]


def tally(profile: Profile, seed: bytes) -> Tally:
    """Count a profile whose ballots are in commitment order, the resamples being drawn from `bootstrap_seed`."""
    matrix = PairwiseMatrix.of_profile(profile)
    return Tally(
        matrix=matrix,
        orders={name: method(matrix) for name, method in METHODS.items()},
        intervals=rank_intervals(profile, seed),
        paths=BeatPaths.of_matrix(matrix).explaining_paths(),
    )
