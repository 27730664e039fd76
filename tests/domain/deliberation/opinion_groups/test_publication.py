"""The published map: groups where they hold, a reason where they do not, whole numbers and texts alone."""

import json
from collections.abc import Mapping

import numpy as np
import pytest

from consultation.domain.deliberation.opinion_groups.cells import LEAST_PEOPLE, rounded, steps_of
from consultation.domain.deliberation.opinion_groups.comparison import comparison_of
from consultation.domain.deliberation.opinion_groups.publication import Refusal, draw
from consultation.domain.deliberation.opinion_groups.shapes import HEIGHT, WIDTH
from consultation.domain.deliberation.opinion_groups.standing import Sheet
from consultation.domain.deliberation.opinion_groups.votes import VoteMatrix

from .planted import noise, planted

COLLEGES = ("citizens", "physicians")


def drawn(matrix, comments=None):
    """The map of a matrix whose people are of either college by turns."""
    names = comments or [f"c{number:02}" for number in range(matrix.comments)]
    return draw(matrix, names, np.arange(matrix.people) % 2, COLLEGES)


def numbers_of(value):
    """All numbers inside a value."""
    if isinstance(value, Mapping):
        return [number for one in value.values() for number in numbers_of(one)]
    if isinstance(value, list):
        return [number for one in value for number in numbers_of(one)]
    return [value] if isinstance(value, int | float) else []


def test_groups_that_hold_are_published_with_letters_numbers_and_shares():
    content = drawn(planted((60, 40, 30))[0]).content
    groups = content["groups"]
    assert [(one["letter"], one["people"]) for one in groups["groups"]] == [("A", 60), ("B", 40), ("C", 30)]
    assert [one["share"] for one in groups["groups"]] == [45, 30, 25]
    assert float(groups["stability"]) >= 0.8
    assert content["people"] == 130
    assert "refusal" not in content


@pytest.mark.parametrize(
    ("matrix", "refusal"),
    [
        (planted((30, 19))[0], Refusal.TOO_FEW_PEOPLE),
        (planted((60, 19))[0], Refusal.SMALL_GROUP),
        (noise(400), Refusal.UNSTABLE),
        (VoteMatrix(np.ones((60, 10))), Refusal.NO_DIFFERENCE),
        (VoteMatrix(np.empty((0, 0))), Refusal.TOO_FEW_PEOPLE),
    ],
    ids=["under fifty", "a group under twenty", "chance", "all alike", "nobody"],
)
def test_groups_that_are_few_small_or_do_not_hold_are_refused_for_a_reason(matrix, refusal):
    found = drawn(matrix)
    assert found.content["refusal"] == refusal
    assert "groups" not in found.content
    assert found.frame is None
    assert Sheet.of_drawn(found, []) is None


def test_who_has_no_place_is_not_counted_among_the_fifty():
    matrix, _ = planted((30, 25))
    matrix.votes[:10, 3:] = np.nan
    assert drawn(matrix).content["refusal"] == Refusal.TOO_FEW_PEOPLE


def test_colleges_are_compared_even_where_groups_are_refused():
    content = drawn(noise(150)).content
    assert set(content["colleges"]["cells"]["c00"]) == set(COLLEGES)


def test_a_map_holds_whole_numbers_and_texts_so_that_its_bytes_are_the_same_everywhere():
    content = drawn(planted((60, 40))[0]).content
    assert all(isinstance(number, int) for number in numbers_of(content))
    assert json.loads(json.dumps(content)) == content


def test_numbers_of_people_are_rounded_everywhere():
    content = drawn(planted((63, 41))[0]).content
    cells = [cell for row in content["groups"]["cells"].values() for cell in row.values()]
    assert all(cell["people"] % 5 == 0 and cell["people"] >= LEAST_PEOPLE for cell in cells)
    assert content["people"] == rounded(104)


def test_the_same_votes_give_the_same_map():
    assert drawn(planted((60, 40))[0]).content == drawn(planted((60, 40))[0]).content


def test_lines_of_the_map_stay_on_the_sheet_and_hold_several_people():
    found = drawn(planted((60, 40))[0])
    shapes = found.content["groups"]["shapes"]
    lines = [line for kind in ("density", "outlines") for one in shapes[kind].values() for line in one]
    assert set(shapes["outlines"]) == {"A", "B"}
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for line in lines for x, y in line)
    assert all(len(line) > 3 for line in lines)


def test_somebody_alone_far_from_all_others_is_not_drawn():
    matrix, _ = planted((60, 40))
    before = drawn(matrix).content["groups"]["shapes"]
    far = VoteMatrix(np.vstack([matrix.votes, -matrix.votes[:1] * np.nan]))
    far.votes[-1, :7] = [1, -1, 1, -1, 1, -1, 1]
    after = drawn(far).content["groups"]["shapes"]
    assert len(after["density"]["90"]) == len(before["density"]["90"])


def test_everybody_is_nearest_to_their_own_group_and_their_point_is_on_the_sheet():
    matrix, labels = planted((60, 40))
    names = [f"c{number:02}" for number in range(matrix.comments)]
    sheet = Sheet.of_facts(json.loads(json.dumps(Sheet.of_drawn(drawn(matrix), names).as_facts())))
    for person in range(0, 100, 7):
        votes = matrix.votes[person]
        standing = sheet.standing({name: int(vote) for name, vote in zip(names, votes, strict=True) if vote == vote})
        assert standing.letter == "AB"[labels[person]]
        assert 0 <= standing.point[0] <= WIDTH
        assert 0 <= standing.point[1] <= HEIGHT


def test_who_has_said_little_or_only_of_other_comments_stands_nowhere():
    matrix, _ = planted((60, 40))
    names = [f"c{number:02}" for number in range(matrix.comments)]
    sheet = Sheet.of_drawn(drawn(matrix), names)
    assert sheet.standing({}) is None
    assert sheet.standing(dict.fromkeys(names[:6], 1)) is None
    assert sheet.standing({f"x{number}": 1 for number in range(30)}) is None
    assert sheet.standing(dict.fromkeys(names[:7], 1)) is not None


def cells(**rows):
    """Cells of groups by the comment: people, agree, disagree."""
    return {
        comment: {
            name: {"people": people, "agree": agree, "disagree": disagree}
            for name, (people, agree, disagree) in row.items()
        }
        for comment, row in rows.items()
    }


def test_what_brings_together_is_agreed_with_by_more_than_half_of_every_group_the_most_shared_first():
    found = comparison_of(
        cells(
            some={"A": (100, 70, 30), "B": (40, 55, 45)},
            most={"A": (100, 90, 10), "B": (40, 80, 20)},
            half={"A": (100, 95, 5), "B": (40, 50, 50)},
        )
    )["together"]
    assert [one["comment"] for one in found] == ["most", "some"]
    assert [one["score"] for one in found] == ["0.70", "0.38"]
    assert [one["sure"] for one in found] == [True, False]


def test_a_large_group_does_not_outweigh_a_small_one():
    found = comparison_of(
        cells(large={"A": (500, 95, 5), "B": (20, 55, 40)}, both={"A": (500, 75, 20), "B": (20, 75, 20)})
    )
    assert [one["comment"] for one in found["together"]] == ["both", "large"]


def test_what_divides_is_the_widest_gap_that_chance_does_not_explain():
    found = comparison_of(
        cells(
            wide={"A": (100, 90, 10), "B": (60, 20, 80), "C": (60, 40, 60)},
            narrow={"A": (100, 50, 50), "B": (60, 45, 55), "C": (60, 50, 50)},
        )
    )["divides"]
    assert [(one["comment"], one["more"], one["less"]) for one in found] == [("wide", "A", "B")]
    assert found[0]["low"] < found[0]["difference"] == 70 < found[0]["high"]


def test_without_cells_nothing_is_compared():
    assert comparison_of({}) == {"cells": {}, "together": [], "divides": []}


def test_every_share_of_a_map_is_lawful_for_its_number_of_people():
    content = drawn(planted((60, 40, 30))[0]).content
    for table in (content["groups"], content["colleges"]):
        for row in table["cells"].values():
            for cell in row.values():
                steps = steps_of(cell["people"])
                for share in (cell["agree"], cell["disagree"]):
                    assert steps.low <= share <= steps.high
                    assert share % steps.step == 0
