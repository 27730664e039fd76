"""Which axioms each method keeps, on generated ballots, and a stored counter-example for each that it does not."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from consultation.domain.social_choice.kemeny import kemeny
from consultation.domain.social_choice.methods import METHODS
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranked_pairs import ranked_pairs
from consultation.domain.social_choice.ranking import WeakOrder

from .axioms import AXIOMS
from .generated import ballots

# Where margins are equal, ranked pairs without a draw leave out more than a draw would, and instant run-off takes away
# all the lowest at once: what they then break is the price of drawing nothing. Kemeny's order is strict, so where
# several are optimal the numbers decide.
BROKEN = {
    ("neutrality", "kemeny"): "2: 1 = 2",
    ("reversal", "kemeny"): "3: 1 = 2",
    ("clone_independence", "kemeny"): "2: 1 = 3 > 2, 4: 2 > 3, 3: 1 = 2 = 3, 3: 1 > 2 = 3",
    ("condorcet", "borda"): "2: 3 > 2 > 1, 1: 2 > 1 > 3",
    ("smith", "borda"): "1: 2 > 3 > 1, 2: 1 > 2 > 3",
    ("clone_independence", "borda"): "4: 1 > 2, 2: 2 > 1",
    ("clone_independence", "copeland"): "1: 2 > 1, 1: 1 > 2",
    ("monotonicity", "ranked_pairs"): "6: 3 > 1 > 4 > 2, 6: 2 > 3 > 1 > 4, 3: 4 > 1 > 2 > 3",
    ("condorcet", "irv"): "4: 1 > 2 > 3, 3: 3 > 2 > 1, 2: 2 > 1 > 3",
    ("smith", "irv"): "4: 1 > 2 > 3, 4: 3 > 2 > 1, 2: 2 > 1 > 3",
    ("monotonicity", "irv"): "6: 1 > 2 > 3, 5: 3 > 1 > 2, 4: 2 > 3 > 1, 2: 2 > 1 > 3",
    ("reversal", "irv"): "3: 2 = 3, 2: 1 > 2 = 3",
    ("clone_independence", "irv"): "1: 2, 2: 1 > 2",
}
KEPT = [(axiom, method) for axiom in AXIOMS for method in METHODS if (axiom, method) not in BROKEN]
EXAMPLES = {"clone_independence": 40, "monotonicity": 60}


def written(text: str) -> list[WeakOrder]:
    """Read ballots such as `2: 1 > 2 = 3, 1: 3`."""
    orders = []
    for line in text.split(", "):
        times, _, ranking = line.partition(": ")
        orders += [WeakOrder.from_tiers(map(int, tier.split("=")) for tier in ranking.split(">"))] * int(times)
    return orders


@pytest.mark.parametrize(("axiom", "method"), KEPT)
def test_a_method_keeps_the_axioms_that_it_claims(axiom, method):
    @settings(max_examples=EXAMPLES.get(axiom, 80))
    @given(ballots(most=9, alternatives=(1, 3, 6, 7)))
    def kept(drawn):
        assert AXIOMS[axiom](method, *drawn)

    kept()


@pytest.mark.parametrize(("axiom", "method"), BROKEN)
def test_a_method_breaks_the_axioms_that_it_does_not_claim(axiom, method):
    orders = written(BROKEN[axiom, method])
    alternatives = tuple(sorted({number for order in orders for number in order.ranked()}))
    assert not AXIOMS[axiom](method, alternatives, orders)


@settings(max_examples=150)
@given(ballots(most=9, alternatives=(1, 3, 6, 7)))
def test_kemeny_keeps_neutrality_and_reversal_where_its_order_is_the_only_optimum(drawn):
    alternatives, orders = drawn
    profile = Profile.from_orders(alternatives, orders)
    if kemeny(profile, PairwiseMatrix.of_profile(profile)).sole:
        assert AXIOMS["neutrality"]("kemeny", alternatives, orders)
        assert AXIOMS["reversal"]("kemeny", alternatives, orders)


@settings(max_examples=150)
@given(st.integers(2, 6), st.integers(0, 2**32))
def test_ranked_pairs_are_monotonic_where_no_two_margins_are_equal(size, seed):
    chance = np.random.default_rng(seed)
    margins = np.zeros((size, size), np.int64)
    above = np.triu_indices(size, 1)
    margins[above] = 4 * (1 + chance.permutation(len(above[0]))) * chance.choice([-1, 1], len(above[0]))
    margins -= margins.T
    winner = first(margins)
    raised = 6 * chance.integers(0, 2, size)
    raised[winner] = 0
    margins[winner] += raised
    margins[:, winner] -= raised
    assume(len(set(np.abs(margins[above]).tolist())) == len(above[0]))
    assert first(margins) == winner


def first(margins: np.ndarray) -> int:
    """Return the index of the winner of ranked pairs, who is alone where no two margins are equal."""
    numbers = tuple(range(1, len(margins) + 1))
    matrix = PairwiseMatrix(numbers, int(margins.max()), np.maximum(margins, 0))
    [winner] = ranked_pairs(Profile.from_orders(numbers, []), matrix).order.tiers[0]
    return winner - 1
