"""The social welfare functions, by the name under which a counting plan, a release and `tally` cite them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Protocol

from consultation.domain.social_choice.borda import borda
from consultation.domain.social_choice.copeland import copeland
from consultation.domain.social_choice.irv import irv
from consultation.domain.social_choice.kemeny import Solver, kemeny
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranked_pairs import ranked_pairs
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.schulze import schulze


class Count(Protocol):
    """What every method returns: a whole weak order, and beside it the method's own working."""

    @property
    def order(self) -> WeakOrder:
        """Return the order, best first, ties kept."""


Method = Callable[[Profile, PairwiseMatrix], Count]

MAIN_METHOD = "schulze"
METHODS: Mapping[str, Method] = MappingProxyType(
    {
        MAIN_METHOD: schulze,
        "ranked_pairs": ranked_pairs,
        "kemeny": kemeny,
        "borda": borda,
        "copeland": copeland,
        "irv": irv,
    }
)


def methods_with(solver: Solver) -> Mapping[str, Method]:
    """Return all the methods, Kemeny's with a solver for circles too large for dynamic programming."""
    return {**METHODS, "kemeny": partial(kemeny, solver=solver)}
