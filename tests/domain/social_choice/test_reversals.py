import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2_contingency, false_discovery_control

from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import InvalidProfile, Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.reversals import (
    Side,
    false_discovery_threshold,
    newcombe,
    p_value,
    pair_differences,
    reversed_pairs,
)

SIDES = st.integers(1, 300).flatmap(lambda placed: st.builds(Side, st.integers(0, placed), st.just(placed)))


def matrix(alternatives, **counted: int) -> PairwiseMatrix:
    orders = [(WeakOrder.from_tiers([int(n)] for n in ballot[1:]), count) for ballot, count in counted.items()]
    return PairwiseMatrix.of_profile(Profile.of_orders(alternatives, orders))


def test_the_interval_of_a_difference_is_that_of_newcombes_first_example():
    # 56 of 70 against 48 of 80: method 10 of his table II gives 0.0524 to 0.3339.
    assert newcombe(Side(56, 70), Side(48, 80)) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@given(SIDES)
def test_wilsons_interval_is_that_of_scipy(side):
    expected = binomtest(side.before, side.placed).proportion_ci(method="wilson")
    assert side.wilson() == pytest.approx((expected.low, expected.high), abs=1e-12)


@settings(max_examples=50)
@given(SIDES, SIDES)
def test_the_p_value_is_that_of_the_chi_square_without_correction(here, there):
    table = np.array([[side.before, side.placed - side.before] for side in (here, there)])
    if table.sum(axis=0).all():
        expected = chi2_contingency(table, correction=False).pvalue
        assert p_value(here, there) == pytest.approx(expected, rel=1e-9, abs=1e-300)
    else:
        assert p_value(here, there) == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_what_is_significant_is_what_scipy_finds_at_a_false_discovery_rate_of_5_percent(p_values):
    threshold = false_discovery_threshold(p_values)
    adjusted = false_discovery_control(p_values)
    for p, adjusted_p in zip(p_values, adjusted, strict=True):
        if abs(adjusted_p - 0.05) > 1e-9:
            assert (p <= threshold) == (adjusted_p <= 0.05)


def test_without_pairs_nothing_is_significant():
    assert false_discovery_threshold([]) == -1


def test_a_pair_is_reversed_where_the_colleges_place_it_differently_and_that_is_sure():
    here, there = matrix((1, 2, 3), b123=80, b213=20), matrix((1, 2, 3), b213=70, b123=20)
    found = pair_differences(here, there)
    # Pairs of equal p-value stand in numeric order; every ballot places 3 last, which no doubt is left of.
    assert [(pair.first, pair.second) for pair in found] == [(1, 2), (1, 3), (2, 3)]
    assert (found[0].here, found[0].there) == (Side(80, 100), Side(20, 90))
    assert found[0].difference == Side(80, 100).share - Side(20, 90).share
    assert found[0].low < found[0].difference < found[0].high
    assert [(pair.reversed, pair.significant, pair.p_value) for pair in found[1:]] == [(False, False, 1.0)] * 2
    assert reversed_pairs(here, there) == found[:1]


def test_a_small_difference_is_not_called_a_reversal_and_a_tie_is_none():
    assert reversed_pairs(matrix((1, 2), b12=11, b21=9), matrix((1, 2), b12=9, b21=11)) == []
    [pair] = pair_differences(matrix((1, 2), b12=500, b21=500), matrix((1, 2), b12=10, b21=990))
    assert (pair.significant, pair.reversed) == (True, False)


def test_pairs_that_one_college_does_not_place_are_not_compared():
    tied = PairwiseMatrix.of_profile(Profile.from_orders((1, 2), [WeakOrder.from_tiers([[1, 2]])] * 9))
    assert pair_differences(tied, matrix((1, 2), b12=9)) == []
    with pytest.raises(InvalidProfile):
        pair_differences(matrix((1, 2), b12=9), matrix((1, 2, 3), b123=9))
