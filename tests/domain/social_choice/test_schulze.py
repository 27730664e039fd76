from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.schulze import BeatPaths

from .generated import ALTERNATIVES, ballots, rankings


def count(alternatives, orders) -> BeatPaths:
    return BeatPaths.of_matrix(PairwiseMatrix.of_profile(Profile.from_orders(alternatives, orders)))


def strict(text: str) -> WeakOrder:
    return WeakOrder.from_tiers([int(number)] for number in text)


def orders_with_margins(won: dict[tuple[int, int], int]) -> list[WeakOrder]:
    """Make ballots that give even margins: two that agree on a pair and cancel out elsewhere (McGarvey, 1953)."""
    orders = []
    for (first, second), margin in won.items():
        others = sorted({number for pair in won for number in pair} - {first, second})
        for ranking in ([first, second, *others], [*reversed(others), first, second]):
            orders += [WeakOrder.from_tiers([number] for number in ranking)] * (margin // 2)
    return orders


def test_the_worked_example_of_schulze_gives_his_strengths_and_his_order():
    # The 45 voters of the first example of the paper of 2011, A to E numbered from 1; strengths as margins.
    voters = {"13254": 5, "14532": 5, "25413": 8, "31254": 3, "31524": 7, "32145": 2, "43521": 7, "52143": 8}
    paths = count((1, 2, 3, 4, 5), [strict(ballot) for ballot, times in voters.items() for _ in range(times)])
    assert paths.order == strict("51324")
    without_diagonal = [[strength for j, strength in enumerate(row) if i != j] for i, row in enumerate(paths.strengths)]
    assert without_diagonal == [[11, 11, 15, 3], [5, 11, 21, 3], [5, 13, 13, 3], [5, 11, 11, 3], [5, 11, 11, 17]]


def test_a_cycle_is_cut_at_its_weakest_duel_and_the_path_says_so():
    paths = count((1, 2, 3), [strict("123")] * 9 + [strict("231")] * 8 + [strict("312")] * 6)
    assert paths.order == strict("123")
    assert (paths.path(1, 3), paths.path(3, 1)) == ((1, 2, 3), (3, 1))
    assert paths.explaining_paths() == ((1, 2), (2, 3))


def test_a_place_won_against_the_direct_duel_is_explained_by_its_path():
    won = {(1, 2): 8, (2, 3): 10, (3, 1): 14, (3, 4): 12, (4, 1): 6, (4, 2): 16}
    paths = count((1, 2, 3, 4), orders_with_margins(won))
    assert {pair: paths.margins[pair[0] - 1, pair[1] - 1] for pair in won} == won
    assert paths.order == strict("3421")
    assert paths.explaining_paths() == ((3, 4), (4, 2), (2, 3, 1))


def test_of_equally_strong_paths_the_shortest_and_first_is_given():
    orders = [WeakOrder.from_tiers([[1], [2, 3], [4]])]
    assert count((1, 2, 3, 4), orders).path(1, 4) == (1, 4)


def test_a_place_below_several_equals_is_explained_by_the_one_with_the_shortest_path():
    # 1 and 2 are first; 3, 4 and 5 go round in a circle, which 1 enters at 4 and 2 at 3.
    won = {(1, 4): 10, (2, 3): 10, (4, 3): 8, (3, 5): 8, (5, 4): 8}
    paths = count((1, 2, 3, 4, 5), orders_with_margins(won))
    assert paths.order == WeakOrder.from_tiers([[1, 2], [3, 4, 5]])
    assert paths.explaining_paths() == ((2, 3), (1, 4), (2, 3, 5))


def test_there_is_no_path_where_no_duel_is_won():
    paths = count((1, 2), [strict("12")])
    assert paths.path(2, 1) == ()


def test_ties_stay_ties():
    everything_tied = WeakOrder.from_tiers([[1, 2, 3]])
    assert count((1, 2, 3), [everything_tied] * 4).order == everything_tied
    assert count((1, 2, 3), []).order == everything_tied
    assert count((1, 2), [strict("12"), strict("21")]).order == WeakOrder.from_tiers([[1, 2]])
    assert count((1, 2, 3), [strict("123"), strict("231"), strict("312")]).order == everything_tied


def test_all_that_nothing_beats_is_first_even_where_it_beats_nothing_itself():
    # 1 beats 2; neither has a path to or from 3, whose duels are all equal.
    paths = count((1, 2, 3), [WeakOrder.from_tiers([[3], [1], [2]]), WeakOrder.from_tiers([[1], [2], [3]])])
    assert paths.order == WeakOrder.from_tiers([[1, 3], [2]])


def test_one_ballot_is_its_own_order_with_the_unranked_last():
    ballot = WeakOrder.from_tiers([[3], [1, 4]])
    assert count((1, 2, 3, 4), [ballot]).order == WeakOrder.from_tiers([[3], [1, 4], [2]])


def test_one_alternative_is_first_with_any_number_of_ballots():
    assert count((7,), []).order == WeakOrder.from_tiers([[7]])
    assert count((7,), [WeakOrder.from_tiers([[7]])] * 3).order == WeakOrder.from_tiers([[7]])


@given(ballots(), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_whose_ballot_is_whose(drawn, chance):
    alternatives, orders = drawn
    shuffled = chance.sample(orders, len(orders))
    assert count(alternatives, shuffled).order == count(alternatives, orders).order


@given(st.lists(rankings(), max_size=9), st.permutations(ALTERNATIVES))
def test_the_order_does_not_depend_on_the_numbers_of_the_alternatives(orders, names):
    renamed = dict(zip(ALTERNATIVES, names, strict=True))

    def rename(order: WeakOrder) -> WeakOrder:
        return WeakOrder.from_tiers([renamed[number] for number in tier] for tier in order)

    assert count(ALTERNATIVES, map(rename, orders)).order == rename(count(ALTERNATIVES, orders).order)


@given(ballots())
def test_reversed_ballots_reverse_every_beat_path_and_dethrone_a_sole_winner(drawn):
    alternatives, orders = drawn
    complete = [
        WeakOrder.from_tiers([*order, rest] if (rest := order.unranked(alternatives)) else order) for order in orders
    ]
    there = count(alternatives, complete)
    back = count(alternatives, [WeakOrder.from_tiers(reversed(order.tiers)) for order in complete])
    assert (back.strengths == there.strengths.T).all()
    if len(there.order.tiers[0]) == 1 and len(alternatives) > 1:
        assert there.order.tiers[0] != back.order.tiers[0]


@given(ballots())
def test_a_condorcet_winner_comes_first_alone(drawn):
    alternatives, orders = drawn
    paths = count(alternatives, orders)
    for row, number in enumerate(alternatives):
        if all(margin > 0 for column, margin in enumerate(paths.margins[row]) if column != row):
            assert paths.order.tiers[0] == (number,)


@given(ballots())
def test_every_place_below_the_first_is_explained_by_won_duels_from_the_tier_above(drawn):
    alternatives, orders = drawn
    paths = count(alternatives, orders)
    explained = iter(paths.explaining_paths())
    for above, tier in pairwise(paths.order):
        for number in tier:
            path = next(explained)
            assert path[0] in above
            assert path[-1] == number
            rows = [alternatives.index(step) for step in path]
            weakest = min(paths.margins[i, j] for i, j in pairwise(rows))
            assert weakest == paths.strengths[rows[0], rows[-1]] > paths.strengths[rows[-1], rows[0]]
    assert next(explained, None) is None
