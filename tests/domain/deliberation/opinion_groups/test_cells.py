"""What is released of a group: at least twenty people, in steps, and nothing that five people said alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.domain.deliberation.opinion_groups.cells import (
    LEAST_PEOPLE,
    LEAST_TOLD,
    Said,
    cell_of,
    released,
    rounded,
    steps_of,
)
from consultation.domain.deliberation.opinion_groups.comparison import interval_of
from consultation.domain.deliberation.opinion_groups.votes import Counts

SIZES = [*range(20, 131), 199, 247, 248, 250, 252, 253, 499, 502, 503, 1000]


def counts_of(*groups):
    """The counts of one comment in each group: agrees, disagrees, passes."""
    return Counts(*(np.array([[group[side]] for group in groups]) for side in range(3)))


def shares_of(people):
    """Each share that may be released of so many people, and the numbers of people who agree that are behind it."""
    behind = {}
    for agrees in range(people + 1):
        for disagrees in range(people - agrees + 1):
            behind.setdefault(cell_of(agrees, disagrees, people)["agree"], set()).add(agrees)
    return behind


@pytest.mark.parametrize("people", SIZES)
def test_no_share_tells_of_fewer_than_five_people_what_they_said(people):
    steps = steps_of(people)
    for agrees in range(people + 1):
        share = cell_of(agrees, 0, people)["agree"]
        if steps.low < share < steps.high:
            assert LEAST_TOLD <= agrees <= people - LEAST_TOLD
        else:
            others = [one for one in range(people + 1) if cell_of(one, 0, people)["agree"] == share]
            assert len(others) >= LEAST_TOLD


@pytest.mark.parametrize("people", [20, 24, 33, 58, 100, 120])
def test_beside_the_other_share_a_cell_still_hides_what_fewer_than_five_people_said(people):
    for share, behind in shares_of(people).items():
        steps = steps_of(people)
        assert steps.low <= share <= steps.high
        assert min(behind) >= LEAST_TOLD or len(behind) >= LEAST_TOLD


@pytest.mark.parametrize("people", SIZES)
def test_steps_are_the_same_for_a_number_and_for_what_is_told_of_it(people):
    assert steps_of(people) == steps_of(rounded(people))


@pytest.mark.parametrize("people", [20, 45, 99])
def test_under_a_hundred_people_shares_are_in_steps_of_five(people):
    assert steps_of(people).step == 5
    assert {share % 5 for share in shares_of(people)} == {0}


@pytest.mark.parametrize("people", [100, 120, 252, 260, 499, 510, 1000])
def test_from_a_hundred_people_on_a_share_stands_for_five_numbers_at_least(people):
    assert min(len(behind) for behind in shares_of(people).values()) >= 5


@given(st.integers(0, 2000))
def test_numbers_of_people_are_told_to_the_nearest_five(people):
    assert rounded(people) % 5 == 0
    assert abs(rounded(people) - people) <= 2


@pytest.mark.parametrize("seen", [(19, 30), (30, 19), (0, 100)])
def test_of_a_comment_that_few_of_one_group_have_seen_nothing_is_released(seen):
    counts = counts_of(*((people, 0, 0) for people in seen))
    assert released(counts, "AB", ["one"]) == {}


def test_a_comment_that_twenty_of_each_group_have_seen_is_released():
    cells = released(counts_of((30, 2, 1), (12, 24, 5)), "AB", ["one"])
    assert cells == {
        "one": {"A": {"people": 35, "agree": 90, "disagree": 10}, "B": {"people": 40, "agree": 30, "disagree": 60}}
    }


def test_without_groups_nothing_is_released():
    assert released(Counts(*(np.zeros((0, 3), int) for _ in range(3))), "", ["a", "b", "c"]) == {}


@given(st.integers(LEAST_PEOPLE, 600).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_intervals_hold_the_share_and_are_open_where_it_is_clipped(numbers):
    agrees, people = numbers
    cell = cell_of(agrees, people - agrees, people)
    low, high = interval_of(cell)
    assert low <= cell["agree"] <= high
    assert low <= 100 * agrees / people <= high
    if cell["agree"] == steps_of(people).high:
        assert high == 100
    if cell["agree"] == steps_of(people).low:
        assert low == 0


def test_what_a_cell_stands_for_are_whole_numbers_of_people():
    assert Said.of_cell({"people": 35, "agree": 80, "disagree": 15}) == Said(35, 28, 5)


def split(most):
    """People of a group, and how many of them agree and disagree."""
    numbers = st.integers(LEAST_PEOPLE, most).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
    return numbers.flatmap(lambda two: st.tuples(*map(st.just, two), st.integers(0, two[0] - two[1])))


def possible(cell, other, totals):
    """What the first of two groups may have said, going through all that its cell and the public counters allow."""
    people, agrees, disagrees = totals
    return [
        (seen, agree, disagree)
        for seen in range(LEAST_PEOPLE, min(cell["people"] + 2, people - LEAST_PEOPLE) + 1)
        for agree in range(max(0, agrees - people + seen), min(seen, agrees) + 1)
        for disagree in range(max(0, disagrees - people + seen + agrees - agree), min(seen - agree, disagrees) + 1)
        if cell_of(agree, disagree, seen) == cell
        and cell_of(agrees - agree, disagrees - disagree, people - seen) == other
    ]


@settings(deadline=None, max_examples=150)
@given(split(26), split(34))
def test_who_takes_the_public_counters_and_the_other_group_cannot_tell_what_fewer_than_five_people_said(one, other):
    """Two groups that are everybody, as colleges are: what both said together is public to the last person."""
    counts = Counts(*(np.array([[first], [second]]) for first, second in _kinds(one, other)))
    cells = released(counts, "AB", ["one"]).get("one")
    if cells is None:
        return
    totals = tuple(first + second for first, second in zip(one, other, strict=True))
    found = possible(cells["A"], cells["B"], totals)
    assert one in found
    for side in (1, 2):
        for numbers in ({row[side] for row in found}, {totals[side] - row[side] for row in found}):
            assert min(numbers) >= LEAST_TOLD or len(numbers) > 1 or totals[side] == 0


def _kinds(one, other):
    """Agrees, disagrees and passes of two groups."""
    return [(one[1], other[1]), (one[2], other[2]), (one[0] - one[1] - one[2], other[0] - other[1] - other[2])]


def test_a_comment_whose_counters_would_tell_that_nobody_of_a_group_agrees_is_left_out():
    """Five of the forty agree, all of them in the second group: its share, beside the counter, says so."""
    assert released(counts_of((0, 20, 0), (5, 15, 0)), "AB", ["one"]) == {}


def test_a_comment_with_which_nobody_agrees_at_all_tells_nothing_that_its_counter_does_not():
    assert released(counts_of((0, 30, 10), (0, 35, 15)), "AB", ["one"])
