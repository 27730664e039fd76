from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranked_pairs import Lock, ranked_pairs
from consultation.domain.social_choice.ranking import WeakOrder


def counted(alternatives, **ballots: int):
    orders = [(WeakOrder.from_tiers([int(n)] for n in ballot[1:]), times) for ballot, times in ballots.items()]
    profile = Profile.of_orders(alternatives, orders)
    return ranked_pairs(profile, PairwiseMatrix.of_profile(profile))


def test_the_weakest_duel_of_a_circle_is_left_out():
    count = counted((1, 2, 3), b123=9, b231=8, b312=6)
    assert count.locks == (Lock(11, ((2, 3),), ()), Lock(7, ((1, 2),), ()), Lock(5, (), ((3, 1),)))
    assert count.order == WeakOrder.from_tiers([[1], [2], [3]])


def test_equal_margins_that_close_a_circle_are_all_left_out_and_the_others_are_locked():
    count = counted((1, 2, 3, 4), b1234=1, b2314=1, b3124=1)
    assert count.locks == (
        Lock(3, ((1, 4), (2, 4), (3, 4)), ()),
        Lock(1, (), ((1, 2), (2, 3), (3, 1))),
    )
    assert count.order == WeakOrder.from_tiers([[1, 2, 3], [4]])


def test_without_a_won_duel_nothing_is_locked():
    assert counted((1, 2), b12=2, b21=2).locks == ()
