import numpy as np
import pytest

from consultation.domain.social_choice.kemeny import kemeny
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.infrastructure import solvers
from consultation.infrastructure.solvers import highs, kemeny_solver


def matrix(size: int, seed: int) -> PairwiseMatrix:
    duels = np.random.default_rng(seed).integers(0, 100, (size, size))
    np.fill_diagonal(duels, 0)
    return PairwiseMatrix(tuple(range(1, size + 1)), 100, duels)


@pytest.mark.parametrize("seed", range(4))
def test_mixed_integer_programming_costs_what_dynamic_programming_does(seed):
    drawn = matrix(10, seed)
    solution = highs(drawn.counts.T)
    count = kemeny(Profile.from_orders(drawn.alternatives, []), drawn)
    assert solution.proven
    assert solvers._cost(drawn.counts.T, solution) == count.cost


def test_a_large_circle_is_proven_with_the_solver():
    drawn = matrix(18, 1)
    profile = Profile.from_orders(drawn.alternatives, [])
    count, guess = kemeny(profile, drawn, kemeny_solver()), kemeny(profile, drawn)
    assert (count.exact, guess.exact) == (True, False)
    assert count.cost <= guess.cost


@pytest.mark.parametrize(("name", "value"), [("LARGEST_PROGRAMME", 5), ("TIME_LIMIT", 0.0)])
def test_beyond_its_size_or_time_the_best_order_found_is_given_and_not_proven(monkeypatch, name, value):
    monkeypatch.setattr(solvers, name, value)
    solution = highs(matrix(18, 1).counts.T)
    assert not solution.proven
    assert sorted(solution.order) == list(range(18))


def test_without_scipy_there_is_no_solver(monkeypatch):
    monkeypatch.setattr(solvers.importlib.util, "find_spec", lambda name: None)
    assert kemeny_solver() is None
