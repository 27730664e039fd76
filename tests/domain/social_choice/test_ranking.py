import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.social_choice.ranking import (
    DuplicateAlternative,
    EmptyRanking,
    InvalidRanking,
    UnknownAlternative,
    WeakOrder,
)

from .generated import rankings


def order(*tiers: list[int]) -> WeakOrder:
    return WeakOrder.from_tiers(tiers)


def test_equal_ranks_tie_gaps_close_up_and_none_is_left_out():
    assert WeakOrder.from_ranks({24: 1, 10: 5, 3: 5, 7: 9, 6: None}) == order([24], [3, 10], [7])


def test_places_are_shown_with_ties_as_in_a_competition():
    assert order([24], [3, 10], [7]).places() == {24: 1, 3: 2, 10: 2, 7: 4}


def test_an_unranked_alternative_has_no_place_and_is_listed():
    ranking = order([24], [3])
    assert (ranking.rank_of(3), ranking.rank_of(7)) == (2, None)
    assert ranking.unranked([24, 7, 6, 3]) == (6, 7)
    assert 24 in ranking
    assert 7 not in ranking


def test_something_must_be_ranked():
    reason = "a ranking and each of its tiers name at least one alternative"
    with pytest.raises(EmptyRanking, match=reason):
        WeakOrder.from_ranks({24: None})
    with pytest.raises(EmptyRanking, match=reason):
        order([24], [])
    with pytest.raises(EmptyRanking, match=reason):
        order([24]).without(24)


@pytest.mark.parametrize("tiers", [[[24], [24]], [[24, 24]]])
def test_an_alternative_is_refused_twice(tiers):
    with pytest.raises(DuplicateAlternative, match="an alternative stands at one place only"):
        WeakOrder.from_tiers(tiers)


@pytest.mark.parametrize("tiers", [((24, 3),), ((0,),), ((-1, 2),)])
def test_a_tier_out_of_order_or_a_number_below_one_is_refused(tiers):
    with pytest.raises(InvalidRanking, match="alternatives are numbered from 1 and ascend within a tier"):
        WeakOrder(tiers)


def test_up_joins_the_tier_above_then_stands_alone_above_it():
    once = order([24], [10], [3]).raised(3)
    assert once == order([24], [3, 10])
    assert once.raised(3) == order([24], [3], [10])


def test_down_joins_the_tier_below_then_stands_alone_below_it():
    once = order([24], [10], [3]).lowered(24)
    assert once == order([10, 24], [3])
    assert once.lowered(24) == order([10], [24], [3])


def test_the_first_cannot_go_up_nor_the_last_down():
    ranking = order([24], [3])
    assert ranking.raised(24) == ranking
    assert ranking.lowered(3) == ranking


def test_leaving_a_tie_at_either_end_makes_a_new_tier():
    assert order([3, 24]).raised(24) == order([24], [3])
    assert order([3, 24]).lowered(3) == order([24], [3])


def test_an_alternative_taken_out_closes_the_gap_and_one_appended_comes_last():
    assert order([24], [3, 10], [7]).without(24) == order([3, 10], [7])
    assert order([24], [3, 10]).without(3) == order([24], [10])
    assert order([24], [3]).appended(7) == order([24], [3], [7])


def test_moves_of_what_is_not_ranked_or_already_is_are_refused():
    with pytest.raises(DuplicateAlternative):
        order([24]).appended(24)
    for move in (order([24]).raised, order([24]).lowered, order([24]).without):
        with pytest.raises(UnknownAlternative, match="3 is not ranked"):
            move(3)


@given(rankings(), st.data())
def test_up_and_down_undo_each_other_unless_nothing_moved(ranking, data):
    number = data.draw(st.sampled_from(ranking.ranked()))
    for there, back in (("raised", "lowered"), ("lowered", "raised")):
        moved = getattr(ranking, there)(number)
        assert sorted(moved.ranked()) == sorted(ranking.ranked())
        assert moved == ranking or getattr(moved, back)(number) == ranking


@given(rankings())
def test_the_places_shown_give_the_same_ranking_back(ranking):
    assert WeakOrder.from_ranks(ranking.places()) == ranking
