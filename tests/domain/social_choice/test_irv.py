from fractions import Fraction

import numpy as np

from consultation.domain.social_choice.irv import Round, irv
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile, Unranked
from consultation.domain.social_choice.ranking import WeakOrder


def counted(alternatives, unranked=Unranked.LAST, **ballots: int):
    orders = [(WeakOrder.from_tiers([int(n)] for n in ballot[1:]), times) for ballot, times in ballots.items()]
    profile = Profile.of_orders(alternatives, orders)
    return irv(profile, PairwiseMatrix.of_profile(profile, unranked))


def test_every_round_is_kept_with_who_leaves():
    count = counted((1, 2, 3), b123=4, b231=3, b321=2)
    assert count.rounds == (
        Round({1: Fraction(4), 2: Fraction(3), 3: Fraction(2)}, 0, (3,)),
        Round({1: Fraction(4), 2: Fraction(5)}, 0, (1,)),
        Round({2: Fraction(9)}, 0, ()),
    )
    assert count.order == WeakOrder.from_tiers([[2], [1], [3]])
    assert (count.winner, count.majority) == (2, None)


def test_a_shared_first_place_counts_as_a_fraction_for_each():
    orders = [(WeakOrder.from_tiers([[1, 2, 3], [4]]), 2), (WeakOrder.from_tiers([[1, 4]]), 1)]
    profile = Profile.of_orders((1, 2, 3, 4), orders)
    first = irv(profile, PairwiseMatrix.of_profile(profile)).rounds[0]
    assert first.votes == {1: Fraction(7, 6), 2: Fraction(2, 3), 3: Fraction(2, 3), 4: Fraction(1, 2)}


def test_all_the_lowest_leave_together_and_equals_at_the_end_are_tied():
    count = counted((1, 2, 3, 4), b1=3, b2=3, b3=1, b4=1)
    assert count.rounds[0].eliminated == (3, 4)
    assert count.order == WeakOrder.from_tiers([[1, 2], [3, 4]])
    assert count.winner is None


def test_a_ballot_whose_ranked_ones_have_all_left_is_shared_or_exhausted():
    assert counted((1, 2, 3), b1=3, b2=4, b3=2).rounds[1].votes == {1: Fraction(4), 2: Fraction(5)}
    silent = counted((1, 2, 3), Unranked.NO_OPINION, b1=3, b2=4, b3=2).rounds[1]
    assert (silent.votes, silent.exhausted) == ({1: Fraction(3), 2: Fraction(4)}, 2)


def test_a_blank_ballot_is_shared_by_all_or_exhausted_from_the_first_round():
    blank = np.array([[0, 255], [255, 255], [255, 255]], np.uint8)
    profile = Profile((1, 2), blank)
    first, silent = (irv(profile, PairwiseMatrix.of_profile(profile, rule)).rounds[0] for rule in Unranked)
    assert first == Round({1: Fraction(2), 2: Fraction(1)}, 0, (2,))
    assert silent == Round({1: Fraction(1), 2: Fraction(0)}, 2, (2,))


def test_a_majority_is_more_than_half_of_the_first_places():
    assert counted((1, 2, 3), b12=3, b23=1, b31=1).majority == 1
    assert counted((1, 2, 3), b12=2, b23=1, b31=1).majority is None
