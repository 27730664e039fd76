from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from consultation.domain.social_choice.agreement import Divide, TauB, divides, mean_tau_inside, tau_b
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import UnknownAlternative, WeakOrder

from .generated import ballots

NUMBERS = (1, 3, 6, 7, 10, 24)
complete = st.fixed_dictionaries(dict.fromkeys(NUMBERS, st.integers(1, 4))).map(WeakOrder.from_ranks)


@given(complete, complete)
def test_tau_b_is_that_of_scipy(first, second):
    agreement = tau_b(first, second)
    if agreement.defined:
        here, there = ([order.places()[number] for number in NUMBERS] for order in (first, second))
        assert abs(float(agreement.rounded()) - kendalltau(here, there).statistic) <= 0.005 + 1e-12
        assert tau_b(second, first).rounded() == agreement.rounded()


def test_an_order_agrees_with_itself_and_opposes_its_reverse():
    order = WeakOrder.from_tiers([[24], [3, 10], [7]])
    assert tau_b(order, order).rounded() == "1.00"
    assert tau_b(order, WeakOrder.from_tiers(reversed(order.tiers))).rounded() == "-1.00"


def test_it_is_undefined_where_one_order_ties_everything():
    assert not tau_b(WeakOrder.from_tiers([[1, 2]]), WeakOrder.from_tiers([[1], [2]])).defined


@pytest.mark.parametrize(
    ("agreement", "shown"),
    [
        (TauB(1, 200, 200), "0.01"),
        (TauB(-1, 200, 200), "-0.01"),
        (TauB(-1, 201, 201), "0.00"),
        (TauB(7, 10, 10), "0.70"),
    ],
)
def test_it_is_rounded_to_two_decimals_with_halves_away_from_zero(agreement, shown):
    assert agreement.rounded() == shown


def test_orders_of_different_alternatives_are_not_compared():
    with pytest.raises(UnknownAlternative, match="two orders are compared over the same alternatives"):
        tau_b(WeakOrder.from_tiers([[1]]), WeakOrder.from_tiers([[1], [2]]))
    with pytest.raises(UnknownAlternative):
        divides(WeakOrder.from_tiers([[1]]), WeakOrder.from_tiers([[1], [2]]))


@given(complete, complete, complete, complete)
def test_agreements_compare_exactly_by_their_signed_squares(first, second, third, fourth):
    here, there = tau_b(first, second), tau_b(third, fourth)
    values = [
        agreement.concordance / (agreement.first_untied * agreement.second_untied) ** 0.5 if agreement.defined else 0.0
        for agreement in (here, there)
    ]
    if abs(values[0] - values[1]) > 1e-9:
        assert (here.signed_square < there.signed_square) == (values[0] < values[1])
    else:
        assert here.signed_square == there.signed_square


def test_what_divides_two_orders_is_given_with_the_widest_gap_first():
    first, second = WeakOrder.from_tiers([[24], [3, 10], [7], [1]]), WeakOrder.from_tiers([[3], [24], [10], [1], [7]])
    assert divides(first, second) == [
        Divide(1, 5, 4),
        Divide(3, 2, 1),
        Divide(7, 4, 5),
        Divide(10, 2, 3),
        Divide(24, 1, 2),
    ]
    assert divides(WeakOrder.from_tiers([[1], [2], [3]]), WeakOrder.from_tiers([[2], [3], [1]]))[0].gap == 2
    assert divides(first, first) == []


@given(ballots(most=7))
def test_agreement_inside_a_college_is_the_mean_tau_of_all_couples_of_ballots(drawn):
    alternatives, orders = drawn
    found = mean_tau_inside(PairwiseMatrix.of_profile(Profile.from_orders(alternatives, orders)))
    if len(orders) < 2 or len(alternatives) < 2:
        assert found is None
        return
    taus = []
    for one, other in permutations(orders, 2):
        products = 0
        for a, b in combinations(alternatives, 2):
            signs = [(order.rank_of(a) or 99) - (order.rank_of(b) or 99) for order in (one, other)]
            products += (signs[0] * signs[1] > 0) - (signs[0] * signs[1] < 0)
        taus.append(Fraction(products, len(alternatives) * (len(alternatives) - 1) // 2))
    assert found == sum(taus) / len(taus)
