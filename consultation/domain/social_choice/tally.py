"""The tally: all that the ballots of one college, or of a file, say, exactly; of a college only a release is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consultation.domain.social_choice.bootstrap import RESAMPLES, Advance, Bootstrap, RankInterval
from consultation.domain.social_choice.methods import METHODS, Count, Method
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile, Unranked
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.schulze import BeatPaths, Path
from consultation.domain.social_choice.smith import condorcet_winner, smith_set


@dataclass(frozen=True, eq=False)
class Tally:
    """An exact count: the matrix, the count of each method, the strongest paths, and the resamples where asked for."""

    matrix: PairwiseMatrix
    counts: Mapping[str, Count]
    beat_paths: BeatPaths
    bootstrap: Bootstrap | None

    @property
    def ballots(self) -> int:
        """Return the number of ballots counted."""
        return self.matrix.ballots

    @property
    def order(self) -> WeakOrder:
        """Return the order of the main method."""
        return self.beat_paths.order

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the path behind each place of the main method below the first tier."""
        return self.beat_paths.explaining_paths()

    @property
    def intervals(self) -> Mapping[int, RankInterval]:
        """Return the rank interval of each alternative, none where no resample was drawn."""
        return self.bootstrap.intervals() if self.bootstrap else {}

    @property
    def condorcet_winner(self) -> int | None:
        """Return the alternative that wins every duel, or None."""
        return condorcet_winner(self.matrix)

    @property
    def smith_set(self) -> tuple[int, ...]:
        """Return the smallest set that wins every duel against the others."""
        return smith_set(self.matrix)


def tally(
    profile: Profile,
    seed: bytes | None = None,
    *,
    unranked: Unranked = Unranked.LAST,
    methods: Mapping[str, Method] = METHODS,
    resamples: int = RESAMPLES,
    advance: Advance | None = None,
) -> Tally:
    """Count a profile by some methods, and resample it where there is a seed.

    For resamples the ballots are in commitment order, or for a file in `drawn_order`.
    """
    matrix = PairwiseMatrix.of_profile(profile, unranked)
    return Tally(
        matrix=matrix,
        counts={name: method(profile, matrix) for name, method in methods.items()},
        beat_paths=BeatPaths.of_matrix(matrix),
        bootstrap=None if seed is None else Bootstrap.of_profile(profile, seed, resamples, unranked, advance),
    )
