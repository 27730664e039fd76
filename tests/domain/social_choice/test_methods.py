"""Every method beside its slow, plain twin, on generated profiles under both rules for what is unranked."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.domain.social_choice.borda import borda
from consultation.domain.social_choice.copeland import copeland
from consultation.domain.social_choice.dominance import closure, components, order_of, places
from consultation.domain.social_choice.irv import irv
from consultation.domain.social_choice.kemeny import kemeny
from consultation.domain.social_choice.methods import MAIN_METHOD, METHODS
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile, Unranked
from consultation.domain.social_choice.ranked_pairs import ranked_pairs
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.schulze import BeatPaths, Strength, schulze
from consultation.domain.social_choice.smith import condorcet_winner, smith_set

from . import oracle
from .generated import ballots

RULES = st.sampled_from(Unranked)


def tiers(expected) -> WeakOrder:
    return WeakOrder.from_tiers(expected)


def by_score(scores) -> WeakOrder:
    return WeakOrder.from_ranks(
        {number: sorted(scores.values(), reverse=True).index(s) for number, s in scores.items()}
    )


@settings(max_examples=1200)
@given(ballots(), RULES)
def test_methods_on_the_matrix_are_equal_to_a_slow_plain_count(drawn, unranked):
    alternatives, orders = drawn
    profile = Profile.from_orders(alternatives, orders)
    matrix = PairwiseMatrix.of_profile(profile, unranked)
    duels = oracle.duels(orders, alternatives, unranked)
    assert {pair: matrix.before(*pair) for pair in duels} == duels
    assert schulze(profile, matrix).order == tiers(oracle.schulze_tiers(duels, alternatives))
    winning_votes = BeatPaths.of_matrix(matrix, Strength.WINNING_VOTES)
    assert winning_votes.order == tiers(oracle.schulze_tiers(duels, alternatives, winning_votes=True))
    assert ranked_pairs(profile, matrix).order == tiers(oracle.ranked_pairs_tiers(duels, alternatives))
    expected = oracle.copeland_duels(duels, alternatives)
    counted = copeland(profile, matrix)
    assert {n: (duel.won, duel.tied, duel.lost) for n, duel in counted.duels.items()} == expected
    assert counted.order == by_score({n: won - lost for n, (won, _, lost) in expected.items()})
    smith = oracle.smith(duels, alternatives)
    assert smith_set(matrix) == smith
    assert condorcet_winner(matrix) == (smith[0] if len(smith) == 1 else None)


@settings(max_examples=500)
@given(ballots(), RULES)
def test_borda_and_instant_runoff_are_equal_to_a_slow_plain_count(drawn, unranked):
    alternatives, orders = drawn
    profile = Profile.from_orders(alternatives, orders)
    matrix = PairwiseMatrix.of_profile(profile, unranked)
    scores = oracle.borda_scores(orders, alternatives, unranked)
    assert borda(profile, matrix).scores == scores
    assert borda(profile, matrix).order == by_score(scores)
    rounds = oracle.irv_rounds(orders, alternatives, unranked)
    counted = irv(profile, matrix)
    assert [(r.votes, list(r.eliminated)) for r in counted.rounds] == rounds
    assert [r.exhausted for r in counted.rounds] == [len(orders) - sum(votes.values()) for votes, _ in rounds]
    assert counted.order == tiers([list(rounds[-1][0]), *(leaving for _, leaving in rounds[-2::-1])])


@settings(max_examples=300)
@given(ballots(alternatives=(1, 3, 6, 7, 10)), RULES)
def test_kemeny_is_the_first_of_all_the_orders_of_least_cost(drawn, unranked):
    alternatives, orders = drawn
    profile = Profile.from_orders(alternatives, orders)
    best = oracle.kemeny_orders(oracle.duels(orders, alternatives, unranked), alternatives)
    counted = kemeny(profile, PairwiseMatrix.of_profile(profile, unranked))
    assert counted.order.ranked() == best[0]
    assert (counted.exact, counted.sole) == (True, len(best) == 1)


@settings(max_examples=200)
@given(ballots(), st.lists(st.integers(0, 4), min_size=12, max_size=12), RULES)
def test_an_order_given_many_times_counts_as_many_ballots(drawn, times, unranked):
    alternatives, orders = drawn
    counted = list(zip(orders, times, strict=False))
    weighted = Profile.of_orders(alternatives, counted)
    repeated = Profile.from_orders(alternatives, [order for order, count in counted for _ in range(count)])
    assert weighted.ballots == repeated.ballots
    matrices = [PairwiseMatrix.of_profile(profile, unranked) for profile in (weighted, repeated)]
    assert np.array_equal(matrices[0].counts, matrices[1].counts)
    assert irv(weighted, matrices[0]) == irv(repeated, matrices[1])


@given(ballots().filter(lambda drawn: drawn[1]), RULES)
def test_a_ballot_more_or_less_changes_the_matrix_as_a_recount_does(drawn, unranked):
    alternatives, orders = drawn
    recounted = PairwiseMatrix.of_profile(Profile.from_orders(alternatives, orders), unranked)
    without = PairwiseMatrix.of_profile(Profile.from_orders(alternatives, orders[1:]), unranked)
    for changed, expected in [
        (without.with_ballot(orders[0]), recounted),
        (recounted.without_ballot(orders[0]), without),
    ]:
        assert np.array_equal(changed.counts, expected.counts)
        assert (changed.ballots, changed.unranked) == (expected.ballots, unranked)
        assert not changed.counts.flags.writeable


@settings(max_examples=30)
@given(st.integers(1, 70), st.integers())
def test_the_tiers_of_one_relation_are_those_of_many(size, seed):
    chance = Random(seed)
    above = np.array([[i < j and chance.random() < 0.2 for j in range(size)] for i in range(size)])
    shuffled = above[np.ix_(*[chance.sample(range(size), size)] * 2)]
    best, worst = places(shuffled)
    numbers = range(1, size + 1)
    order = order_of(numbers, shuffled)
    assert order.places() == dict(zip(numbers, best.tolist(), strict=True))
    assert [best[n - 1] + len(tier) - 1 for tier in order for n in tier] == [worst[n - 1] for n in order.ranked()]


def test_chains_and_circles_are_found_wherever_they_begin():
    relation = np.zeros((5, 5), np.bool_)
    for first, second in [(0, 3), (3, 1), (1, 0), (1, 4)]:
        relation[first, second] = True
    assert components(relation) == [[0, 1, 3], [2], [4]]
    assert np.argwhere(closure(relation)[:, 4]).ravel().tolist() == [0, 1, 3]


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("count", [1, 128, 256])
def test_any_number_of_alternatives_can_be_counted(name, count):
    alternatives = tuple(range(1, count + 1))
    order = WeakOrder.from_tiers([n] for n in reversed(alternatives))
    profile = Profile.of_orders(alternatives, [(order, 3)])
    counted = METHODS[name](profile, PairwiseMatrix.of_profile(profile)).order
    if name == "irv":
        # All but the first have no first place at all, and leave together.
        assert counted.tiers[0] == (count,)
    else:
        assert counted == order


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("unranked", Unranked)
def test_without_a_preference_all_are_tied_and_kemeny_says_that_its_order_is_one_of_many(name, unranked):
    for orders in ([], [WeakOrder.from_tiers([[1, 2, 3]])] * 4):
        profile = Profile.from_orders((1, 2, 3), orders)
        counted = METHODS[name](profile, PairwiseMatrix.of_profile(profile, unranked))
        if name == "kemeny":
            assert (counted.order.ranked(), counted.exact, counted.sole) == ((1, 2, 3), True, False)
        else:
            assert counted.order == WeakOrder.from_tiers([[1, 2, 3]])


def test_the_main_method_is_registered_under_its_name():
    assert METHODS[MAIN_METHOD] is schulze
