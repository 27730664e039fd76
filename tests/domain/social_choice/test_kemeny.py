from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.domain.social_choice.kemeny import LARGEST_EXACT, Solution, kemeny, local_search
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile


def matrix_of(duels: np.ndarray) -> PairwiseMatrix:
    return PairwiseMatrix(tuple(range(1, len(duels) + 1)), int(duels.max()), duels.astype(np.int64))


def circle(size: int) -> PairwiseMatrix:
    """Each alternative beats the half that follow it round a circle, the nearer the more clearly."""
    ahead = np.subtract.outer(np.arange(size), np.arange(size)).T % size
    return matrix_of(np.where((ahead > 0) & (2 * ahead < size), 2 * size - ahead, 0))


def counted(matrix: PairwiseMatrix, solver=None):
    return kemeny(Profile.from_orders(matrix.alternatives, []), matrix, solver)


def test_equal_optima_are_flagged_and_the_first_in_numeric_order_is_given():
    count = counted(circle(3))
    assert (count.order.ranked(), count.exact, count.sole) == ((1, 2, 3), True, False)


def test_components_that_no_duel_joins_are_woven_in_numeric_order():
    # 5 > 1, 4 > 2 and nothing else: of all orders that contradict no duel the first is 3 4 2 5 1.
    duels = np.zeros((5, 5))
    duels[4, 0] = duels[3, 1] = 1
    count = counted(matrix_of(duels))
    assert (count.order.ranked(), count.cost, count.sole) == ((3, 4, 2, 5, 1), 0, False)


def test_a_circle_beyond_dynamic_programming_is_not_proven_without_a_solver():
    count = counted(circle(LARGEST_EXACT + 1))
    assert (count.exact, count.sole) == (False, False)
    assert sorted(count.order.ranked()) == list(range(1, LARGEST_EXACT + 2))


def test_a_circle_of_the_largest_size_and_a_crowd_that_no_duel_parts_are_counted_exactly():
    assert counted(circle(LARGEST_EXACT)).exact
    crowd = counted(matrix_of(np.zeros((2 * LARGEST_EXACT, 2 * LARGEST_EXACT))))
    assert crowd.order.ranked() == tuple(range(1, 2 * LARGEST_EXACT + 1))
    assert (crowd.exact, crowd.sole) == (True, False)


def test_a_solver_is_asked_for_large_circles_only_and_its_order_is_kept():
    asked = []

    def solver(costs):
        asked.append(len(costs))
        return Solution(tuple(reversed(range(len(costs)))), proven=True)

    size = LARGEST_EXACT + 1
    duels = np.zeros((size + 4, size + 4))
    duels[:size, :size] = circle(size).counts
    duels[:size, size:] = 1
    duels[size:, size:] = circle(4).counts
    count = counted(matrix_of(duels), solver)
    assert asked == [size]
    assert count.order.ranked()[:size] == tuple(range(size, 0, -1))
    assert (count.exact, count.sole) == (True, False)


def cost(costs: np.ndarray, order) -> int:
    return sum(int(costs[i, j]) for i, j in combinations(order, 2))


@settings(max_examples=60)
@given(st.integers(2, 9), st.integers(0, 2**32))
def test_local_search_leaves_no_single_move_that_helps(size, seed):
    costs = np.random.default_rng(seed).integers(0, 30, (size, size))
    order = local_search(costs).order
    for moved in order:
        rest = [index for index in order if index != moved]
        assert min(cost(costs, [*rest[:place], moved, *rest[place:]]) for place in range(size)) >= cost(costs, order)


@given(st.integers(2, 24), st.integers(0, 2**32))
def test_the_order_of_local_search_does_not_depend_on_the_numbers_of_the_alternatives(size, seed):
    chance = np.random.default_rng(seed)
    costs = chance.integers(0, 2**40, (size, size))
    names = chance.permutation(size)
    renamed = local_search(costs[np.ix_(names, names)]).order
    assert tuple(names[list(renamed)].tolist()) == local_search(costs).order


def test_local_search_leaves_those_that_nothing_parts_in_numeric_order():
    # To place an odd index before an even one costs something, and nothing else does.
    odd = np.arange(40) % 2
    assert local_search(np.outer(odd, 1 - odd)).order == (*range(0, 40, 2), *range(1, 40, 2))


@pytest.mark.parametrize("size", [1, 2, 5, 12])
def test_the_cost_is_that_of_the_order_pair_by_pair(size):
    duels = np.random.default_rng(size).integers(1, 9, (size, size))
    np.fill_diagonal(duels, 0)
    count = counted(matrix_of(duels))
    assert count.cost == cost(duels.T, [number - 1 for number in count.order.ranked()])
