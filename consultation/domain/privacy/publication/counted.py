"""A college as it is counted for publication, before the rules take from it what may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from consultation.domain.social_choice.bootstrap import Advance, Bootstrap
from consultation.domain.social_choice.irv import InstantRunoffCount, irv
from consultation.domain.social_choice.kemeny import Solver
from consultation.domain.social_choice.methods import MAIN_METHOD, METHODS, Count, methods_with
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.schulze import BeatPaths
from consultation.domain.verifiability.plan import CountingPlan

RUNOFF = "irv"


@dataclass(frozen=True, eq=False)
class CountedCollege:
    """The ballots of a college in commitment order, their matrix, the count of the main method and its resamples."""

    profile: Profile
    matrix: PairwiseMatrix
    beat_paths: BeatPaths
    bootstrap: Bootstrap

    @classmethod
    def of(cls, profile: Profile, seed: bytes, advance: Advance | None = None) -> Self:
        """Count a college by the main method; `seed` (32 bytes) draws the resamples, of which `advance` is told."""
        matrix = PairwiseMatrix.of_profile(profile)
        resampled = Bootstrap.of_profile(profile, seed, advance=advance)
        return cls(profile, matrix, BeatPaths.of_matrix(matrix), resampled)

    @property
    def ballots(self) -> int:
        """Return the number of ballots."""
        return self.profile.ballots

    @cached_property
    def runoff(self) -> InstantRunoffCount:
        """Return the instant run-off, whose first round is the count of first choices whatever the plan."""
        return irv(self.profile, self.matrix)

    def counts(self, plan: CountingPlan, solver: Solver | None) -> dict[str, Count]:
        """Return the count of each method that the plan puts beside the main one."""
        methods = methods_with(solver) if solver else METHODS
        return {
            name: self.runoff if name == RUNOFF else method(self.profile, self.matrix)
            for name, method in methods.items()
            if name in plan.methods and name != MAIN_METHOD
        }
