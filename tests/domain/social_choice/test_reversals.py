import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2_contingency, false_discovery_control

from consultation.domain.social_choice.profile import InvalidProfile
from consultation.domain.social_choice.reversals import (
    Side,
    false_discovery_threshold,
    newcombe,
    p_value,
    pair_differences,
    reversed_pairs,
)

SIDES = st.integers(1, 300).flatmap(lambda placed: st.builds(Side, st.integers(0, placed), st.just(placed)))


def one_duel(before: int, after: int) -> dict[tuple[int, int], Side]:
    return {(1, 2): Side(before, before + after)}


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


def test_shares_in_percent_stand_for_whole_ballots_with_halves_up():
    # 7 % of 107 ballots are 7.49, and 50 % are 53.5.
    assert Side.of_shares(7, 50, 107) == Side(7, 7 + 54)


def test_a_p_value_that_is_just_its_share_of_the_rate_is_significant():
    assert false_discovery_threshold([0.05]) == 0.05
    assert false_discovery_threshold([0.5, 0.5, 0.5, 0.0125]) == 0.0125


def test_without_pairs_nothing_is_significant():
    assert false_discovery_threshold([]) == -1


@pytest.mark.parametrize(
    ("shares", "ballots", "side"),
    [
        ((45, 30), 100, Side(45, 75)),
        ((55, 45), 130, Side(72, 131)),
        ((5, 5), 110, Side(6, 12)),
        ((84, 16), 520, Side(437, 520)),
    ],
)
def test_released_shares_stand_for_the_whole_ballots_that_they_would_be_exact_for(shares, ballots, side):
    assert Side.of_shares(*shares, ballots) == side


def test_a_pair_is_reversed_where_the_colleges_place_it_differently_and_that_is_sure():
    here = {(1, 2): Side(80, 100), (1, 3): Side(100, 100), (2, 3): Side(100, 100)}
    there = {(1, 2): Side(20, 90), (1, 3): Side(90, 90), (2, 3): Side(90, 90)}
    found = pair_differences(here, there)
    # Pairs of equal p-value stand in numeric order; every ballot places 3 last, which no doubt is left of.
    assert [(pair.first, pair.second) for pair in found] == [(1, 2), (1, 3), (2, 3)]
    assert (found[0].here, found[0].there) == (Side(80, 100), Side(20, 90))
    assert found[0].difference == Side(80, 100).share - Side(20, 90).share
    assert found[0].low < found[0].difference < found[0].high
    assert [(pair.reversed, pair.significant, pair.p_value) for pair in found[1:]] == [(False, False, 1.0)] * 2
    assert reversed_pairs(here, there) == found[:1]


def test_a_small_difference_is_not_called_a_reversal_and_a_tie_is_none():
    assert reversed_pairs(one_duel(11, 9), one_duel(9, 11)) == []
    [pair] = pair_differences(one_duel(500, 500), one_duel(10, 990))
    assert (pair.significant, pair.reversed) == (True, False)


def test_pairs_that_one_college_does_not_place_are_not_compared():
    assert pair_differences(one_duel(0, 0), one_duel(9, 0)) == []
    with pytest.raises(InvalidProfile, match="two colleges are compared over the same alternatives"):
        pair_differences(one_duel(9, 0), {(1, 2): Side(9, 9), (1, 3): Side(9, 9)})
