from fractions import Fraction

import pytest

from consultation.domain.privacy.publication import CHANCE_STEPS, TABLE, duel_shares, share, steps_for
from consultation.domain.privacy.publication.steps import difference_of_shares, hundredths, tenths

ONE, TWO, FIVE, TEN = TABLE


@pytest.mark.parametrize(
    ("ballots", "step", "low", "high"),
    [
        (50, 10, 10, 90),
        (99, 10, 10, 90),
        (100, 5, 5, 95),
        (249, 5, 5, 95),
        (250, 2, 6, 94),
        (499, 2, 6, 94),
        (500, 1, 5, 95),
        (100_000, 1, 5, 95),
    ],
)
def test_percentages_go_by_steps_and_are_clipped_by_number_of_ballots(ballots, step, low, high):
    steps = steps_for(ballots)
    assert steps is not None
    assert (steps.step, steps.low, steps.high) == (step, low, high)


def test_under_50_ballots_there_are_no_steps():
    assert steps_for(49) is None


def test_a_share_is_rounded_to_the_nearest_step_with_halves_up():
    assert [share(count, 1000, ONE) for count in (444, 445, 454, 455)] == [44, 45, 45, 46]
    assert [share(count, 100, FIVE) for count in (42, 43, 47, 48)] == [40, 45, 45, 50]
    assert [share(count, 100, FIVE) for count in (0, 100)] == [5, 95]


def test_a_count_may_be_a_fraction_of_shared_places():
    assert [share(Fraction(85, 2), 100, FIVE), share(Fraction(127, 3), 100, FIVE)] == [45, 40]
    assert share(Fraction(975, 1000), 1, CHANCE_STEPS) == 95


def test_two_halves_are_not_both_rounded_up():
    assert duel_shares(63, 57, 120, FIVE) == (55, 45)
    assert duel_shares(57, 63, 120, FIVE) == (45, 55)
    assert duel_shares(111, 9, 120, FIVE) == (95, 5)
    assert duel_shares(63, 56, 120, FIVE) == (55, 45)


def test_a_difference_is_rounded_with_its_halves_up_on_both_sides_of_zero_and_clipped():
    halves = [Fraction(n, 1000) for n in (-75, -26, -25, -24, 24, 25, 974, -974, 1000, -1000)]
    assert [difference_of_shares(half, 5) for half in halves] == [-5, -5, 0, 0, 0, 5, 90, -90, 90, -90]
    assert difference_of_shares(Fraction(113, 1000), 2) == 12
    assert difference_of_shares(Fraction(-105, 1000), 1) == -10


def test_a_place_has_one_decimal_and_a_tau_two_without_passing_by_a_float():
    assert [tenths(Fraction(n, 100)) for n in (100, 104, 105, 1295)] == ["1.0", "1.0", "1.1", "13.0"]
    taus = [Fraction(1), Fraction(125, 1000), Fraction(-125, 1000), Fraction(-4, 1000), Fraction(1, 3)]
    assert [hundredths(tau) for tau in taus] == ["1.00", "0.13", "-0.13", "0.00", "0.33"]
