import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from consultation.domain.social_choice.agreement import TauB, tau_b
from consultation.domain.social_choice.ranking import UnknownAlternative, WeakOrder

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
    with pytest.raises(UnknownAlternative):
        tau_b(WeakOrder.from_tiers([[1]]), WeakOrder.from_tiers([[1], [2]]))
