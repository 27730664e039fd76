"""Kemeny's method: the strict order that contradicts the fewest ballots, pair by pair.

J. G. Kemeny, "Mathematics without numbers", Daedalus 88 (1959). Components: M. Truchon, "An extension of the Condorcet
criterion and Kemeny orders" (Laval, 1998). Dynamic programming: N. Betzler et al., "Fixed-parameter algorithms for
Kemeny rankings", Theoretical Computer Science 410 (2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from consultation.domain.social_choice.dominance import Integers, Relation, components
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder

# 2 ** 16 subsets of 16 alternatives take some tenths of a second; each alternative more doubles that.
LARGEST_EXACT = 16


@dataclass(frozen=True)
class Solution:
    """A strict order of indexes, best first, and whether it is proven that none costs less."""

    order: tuple[int, ...]
    proven: bool


class Solver(Protocol):
    """Finds an order of least cost where there are too many alternatives to look at every subset of them."""

    def __call__(self, costs: Integers) -> Solution:
        """Order the indexes of an m x m matrix, where to place i before j costs `costs[i, j]`."""


@dataclass(frozen=True)
class KemenyCount:
    """A Kemeny order: what it costs, whether that is proven to be least, and whether no other order costs as little.

    The cost is the number of times that a ballot places a pair the other way round. Among equal optima the order is the
    first in numeric order, or, where a solver was needed, the solver's. `sole` is False where other optima are not
    excluded.
    """

    order: WeakOrder
    cost: int
    exact: bool
    sole: bool


def kemeny(profile: Profile, matrix: PairwiseMatrix, solver: Solver | None = None) -> KemenyCount:
    """Order each circle of the majority, then join them so that no duel between two of them is contradicted.

    Without a solver a circle of more than 16 alternatives is ordered by local search, which proves nothing.
    """
    costs, margins = matrix.counts.T, matrix.margins()
    groups = [_component(costs, members, solver or local_search) for members in components(margins > 0)]
    order, sole = _joined(margins > 0, groups)
    cost = sum(int(costs[first, order[place + 1 :]].sum()) for place, first in enumerate(order))
    exact = all(group.proven for group in groups)
    return KemenyCount(WeakOrder.from_tiers([matrix.alternatives[i]] for i in order), cost, exact, sole)


def local_search(costs: Integers) -> Solution:
    """Move one alternative at a time to where it costs least, until no move helps; nothing is proven."""
    order = np.argsort(costs.sum(axis=1) - costs.sum(axis=0), kind="stable").tolist()
    moved = True
    while moved:
        moved = False
        for chosen in tuple(order):
            place, better = order.index(chosen), _cheapest_place(costs, order, chosen)
            if better != place:
                order.insert(better, order.pop(place))
                moved = True
    return Solution(tuple(order), proven=False)


def _cheapest_place(costs: Integers, order: list[int], chosen: int) -> int:
    """Return the place at which one alternative costs least among the others: its own if none is cheaper."""
    place = order.index(chosen)
    rest = [*order[:place], *order[place + 1 :]]
    # To stand one place further down puts one alternative more before the chosen one.
    place_costs = np.zeros(len(order), np.int64)
    place_costs[1:] = np.cumsum(costs[rest, chosen] - costs[chosen, rest])
    cheapest = int(place_costs.argmin())
    return cheapest if place_costs[cheapest] < place_costs[place] else place


@dataclass(frozen=True)
class _Solved:
    """A component of which one order is known."""

    members: Sequence[int]
    proven: bool
    all_known: bool = False

    def openings(self, placed: Relation) -> list[int]:
        """Return the one who comes next, of those not placed (m truth values)."""
        return [index for index in self.members if not placed[index]][:1]


@dataclass(frozen=True)
class _Exact:
    """A component with, for each subset of its members (as bits), the least cost of ordering it."""

    members: Sequence[int]
    costs: Integers
    least: Integers
    proven: bool = True
    all_known: bool = True

    def openings(self, placed: Relation) -> list[int]:
        """Return all who can come next in an optimal order of the members that are not placed (m truth values)."""
        left = [(bit, index) for bit, index in enumerate(self.members) if not placed[index]]
        subset = sum(1 << bit for bit, _ in left)
        others = [index for _, index in left]
        if len(others) <= 1:
            return others
        return [
            index
            for bit, index in left
            if self.costs[index, others].sum() + self.least[subset ^ 1 << bit] == self.least[subset]
        ]


_Component = _Exact | _Solved


def _component(costs: Integers, members: Sequence[int], solver: Solver) -> _Component:
    among = costs[np.ix_(members, members)]
    if len(members) <= LARGEST_EXACT:
        return _Exact(members, costs, _least_costs(among))
    solution = solver(among)
    return _Solved([members[index] for index in solution.order], solution.proven)


def _least_costs(costs: Integers) -> Integers:
    """Return the least cost of ordering each subset of k alternatives, 2 ** k integers, by growing size of subset."""
    size = len(costs)
    coming_first = np.zeros((size, 1), np.int64)
    for other in range(size):
        coming_first = np.hstack([coming_first, coming_first + costs[:, [other]]])
    subsets = np.arange(1 << size)
    held = (subsets[:, None] >> np.arange(size) & 1).astype(np.bool_)
    sizes = held.sum(axis=1)
    least = np.where(sizes == 0, 0, np.iinfo(np.int64).max)
    for grown in range(1, size + 1):
        for first in range(size):
            these = subsets[(sizes == grown) & held[:, first]]
            rest = these ^ 1 << first
            least[these] = np.minimum(least[these], least[rest] + coming_first[first, rest])
    return least


def _joined(wins: Relation, groups: Sequence[_Component]) -> tuple[list[int], bool]:
    """Return the first in numeric order of the optimal orders, as indexes, and whether there is no other."""
    across = wins.copy()
    for group in groups:
        across[np.ix_(group.members, group.members)] = False
    placed = np.zeros(len(wins), np.bool_)
    order: list[int] = []
    sole = all(group.all_known for group in groups)
    while len(order) < len(wins):
        held_back = np.any(across & ~placed[:, None], axis=0)
        ready = [index for group in groups for index in group.openings(placed) if not held_back.item(index)]
        sole = sole and len(ready) == 1
        order.append(min(ready))
        placed[order[-1]] = True
    return order, sole
