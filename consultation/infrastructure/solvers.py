"""Kemeny orders by mixed-integer programming: HiGHS through scipy, where the extra `kemeny` is installed."""

from __future__ import annotations

import importlib
import importlib.util
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consultation.domain.social_choice.dominance import Integers
from consultation.domain.social_choice.kemeny import Solution, Solver, local_search

# The programme has a row for each three alternatives: 161,700 for 100.
LARGEST_PROGRAMME = 100
TIME_LIMIT = 120.0


def kemeny_solver() -> Solver | None:
    """Return the solver of this installation, or None without scipy."""
    return highs if importlib.util.find_spec("scipy") else None


def highs(costs: Integers) -> Solution:
    """Minimise the cost of a strict order: a binary x(ij) for each i < j, 0 <= x(ij) + x(jk) - x(ik) <= 1.

    Beyond 100 alternatives or two minutes the order is the best that was found, and not proven.
    """
    found = local_search(costs)
    if len(costs) > LARGEST_PROGRAMME:
        return found
    # Imported here by name: half a second that no other command should wait for.
    optimize: Any = importlib.import_module("scipy.optimize")
    pairs = list(combinations(range(len(costs)), 2))
    outcome = optimize.milp(
        c=np.array([costs[i, j] - costs[j, i] for i, j in pairs], np.float64),
        integrality=np.ones(len(pairs)),
        bounds=optimize.Bounds(0, 1),
        constraints=_transitivity(optimize, len(costs)),
        options={"time_limit": TIME_LIMIT, "mip_rel_gap": 0},
    )
    if outcome.x is not None:
        found = min(found, Solution(_order(outcome.x, len(costs)), proven=False), key=lambda one: _cost(costs, one))
    constant = sum(int(costs[j, i]) for i, j in pairs)
    # Costs are whole numbers: nothing costs less when the bound is less than one below.
    bound = outcome.mip_dual_bound
    return Solution(found.order, bound is not None and _cost(costs, found) - constant < bound + 0.5)


def _transitivity(optimize: Any, size: int) -> Any:
    sparse: Any = importlib.import_module("scipy.sparse")
    column = {pair: index for index, pair in enumerate(combinations(range(size), 2))}
    triples = list(combinations(range(size), 3))
    columns = [column[pair] for i, j, k in triples for pair in ((i, j), (j, k), (i, k))]
    rows = np.repeat(np.arange(len(triples)), 3)
    matrix = sparse.csr_array((np.tile([1, 1, -1], len(triples)), (rows, columns)), (len(triples), len(column)))
    return optimize.LinearConstraint(matrix, 0, 1)


def _order(before: NDArray[np.float64], size: int) -> tuple[int, ...]:
    """Order alternatives by how many they are placed before."""
    placed = np.zeros((size, size), np.int64)
    placed[np.triu_indices(size, 1)] = np.rint(before)
    wins = placed.sum(axis=1) + np.triu(1 - placed, 1).sum(axis=0)
    return tuple(np.argsort(-wins, kind="stable").tolist())


def _cost(costs: Integers, solution: Solution) -> int:
    return sum(int(costs[i, j]) for i, j in combinations(solution.order, 2))
