"""Rows that add up to all the ballots: how they are rounded, and that each cell keeps at least five possible counts."""

from collections import defaultdict
from fractions import Fraction
from itertools import combinations, pairwise

import pytest

from consultation.domain.privacy.publication.rows import first_choice_shares, row_shares
from consultation.domain.privacy.publication.steps import ROW_TABLE, row_steps_for

from .attackers import row_steps_of
from .enumerated import fewest_left_in_a_row, fewest_left_in_first_choices

ONE, TWO, FIVE, TEN = ROW_TABLE


def splits(total, cells):
    """All ways to part a number among so many cells."""
    for bars in combinations(range(total + cells - 1), cells - 1):
        edges = (-1, *bars, total + cells - 1)
        yield tuple(b - a - 1 for a, b in pairwise(edges))


def fewest_behind(released):
    """The fewest counts of one cell, over all rows that are released, given each split with what is released of it."""
    counts = defaultdict(set)
    for split, row in released:
        for cell, count in enumerate(split):
            counts[row, cell].add(count)
    return min(map(len, counts.values()))


@pytest.mark.parametrize(
    ("ballots", "step", "low", "high"),
    [(50, 20, 20, 80), (99, 20, 20, 80), (100, 10, 10, 90), (250, 5, 5, 95), (500, 2, 6, 94)],
)
def test_rows_go_by_the_steps_and_bounds_of_the_next_smaller_colleges(ballots, step, low, high):
    steps = row_steps_for(ballots)
    assert (steps.step, steps.low, steps.high) == (step, low, high)
    assert row_steps_for(49) is None


def test_the_largest_remainders_are_rounded_up_until_the_row_makes_one_hundred():
    assert row_shares([27, 27, 33, 33], 120, FIVE) == [20, 20, 30, 30]
    assert row_shares([57, 63], 120, FIVE) == [50, 50]
    assert row_shares([47, 33, 20], 100, FIVE) == [50, 30, 20]


def test_of_equal_remainders_the_first_is_rounded_up():
    assert row_shares([25, 75], 100, FIVE) == [30, 70]
    assert row_shares([75, 25], 100, FIVE) == [80, 20]


def test_shares_are_clipped_after_they_have_made_one_hundred():
    assert row_shares([0, 4, 96], 100, FIVE) == [10, 10, 90]
    assert row_shares([20, 20, 460], 500, ONE) == [6, 6, 92]


def test_first_choices_below_the_bound_are_rounded_together_and_not_shown():
    """By themselves all three of 14 would be rounded up to 20, and four of the 2 to 10."""
    votes = dict(enumerate([14, 14, 14, *[2] * 29], start=1))
    assert first_choice_shares(votes, 100, FIVE) == {"1": 20} | {str(number): 10 for number in range(2, 33)}
    assert first_choice_shares({1: 44, 2: 36, 3: 9, 4: 9, 5: 2}, 100, FIVE) == {
        "1": 40,
        "2": 40,
        "3": 10,
        "4": 10,
        "5": 10,
    }


def test_first_choices_may_be_parts_of_a_ballot():
    third = Fraction(100, 3)
    assert first_choice_shares({3: third, 1: third, 24: third}, 100, FIVE) == {"1": 40, "3": 30, "24": 30}


@pytest.mark.parametrize("ballots", [100, 120, 249, 250, 499, 500, 600])
@pytest.mark.parametrize("cells", range(2, 7))
def test_every_row_of_bands_leaves_five_counts_to_each_cell(cells, ballots):
    assert fewest_left_in_a_row(cells, ballots, row_steps_of(ballots)) >= 5


@pytest.mark.parametrize("ballots", [50, 60, 99, 100, 120, 249, 250, 499, 500, 600])
@pytest.mark.parametrize("recommendations", [2, 3, 6])
def test_first_choices_leave_five_counts_to_each_recommendation(recommendations, ballots):
    assert fewest_left_in_first_choices(recommendations, ballots, row_steps_of(ballots)) >= 5


@pytest.mark.parametrize("ballots", [50, 100, 249])
def test_first_choices_of_thirty_three_leave_five_counts_as_well(ballots):
    assert fewest_left_in_first_choices(33, ballots, row_steps_of(ballots)) >= 5


@pytest.mark.parametrize(("ballots", "cells"), [(100, 2), (100, 3), (120, 3), (249, 2), (250, 2), (499, 2), (500, 2)])
def test_what_is_enumerated_is_what_is_released(ballots, cells):
    """The rounding itself, over all splits: as many counts as the intervals, or more where it clips."""
    steps = row_steps_of(ballots)
    released = ((split, tuple(row_shares(split, ballots, steps))) for split in splits(ballots, cells))
    assert fewest_behind(released) >= fewest_left_in_a_row(cells, ballots, steps) >= 5


@pytest.mark.parametrize(("ballots", "recommendations"), [(50, 2), (50, 3), (60, 3), (99, 3), (100, 2), (120, 3)])
def test_what_is_enumerated_of_first_choices_is_what_is_released(ballots, recommendations):
    steps = row_steps_of(ballots)

    def released(split):
        return tuple(first_choice_shares(dict(enumerate(split)), ballots, steps).values())

    fewest = fewest_behind((split, released(split)) for split in splits(ballots, recommendations))
    assert fewest >= fewest_left_in_first_choices(recommendations, ballots, steps) >= 5
