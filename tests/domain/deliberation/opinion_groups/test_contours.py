"""Lines of equal height: closed, around what is above, and none where there is nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.domain.deliberation.opinion_groups.contours import contours, encloses
from consultation.domain.deliberation.opinion_groups.shapes import LEAST_INSIDE, density, lines_around


def hill(*places, size=21, width=3.0):
    """A grid with a round hill at each of these places."""
    x, y = np.mgrid[:size, :size]
    return sum(np.exp(-((x - a) ** 2 + (y - b) ** 2) / (2 * width**2)) for a, b in places)


def test_a_round_hill_has_one_round_line():
    (line,) = contours(hill((10, 10)), 0.5)
    radii = np.hypot(*(line - 10).T)
    assert radii == pytest.approx(3 * np.sqrt(2 * np.log(2)), rel=0.03)


def test_two_hills_far_apart_have_two_lines_and_close_together_one():
    assert len(contours(hill((5, 5), (15, 15), width=1.5), 0.5)) == 2
    assert len(contours(hill((9, 10), (11, 10)), 0.5)) == 1


def test_a_line_goes_round_along_the_edge_of_the_grid():
    (line,) = contours(np.ones((4, 6)), 0.5)
    assert encloses(line, np.array([[0.0, 0.0], [3.0, 5.0], [1.5, 2.5]])).all()


def test_nothing_above_the_level_has_no_line():
    assert contours(np.zeros((5, 5)), 0.5) == []


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from([0.0, 1.0]), min_size=6, max_size=6), min_size=5, max_size=5))
def test_lines_part_what_is_above_from_what_is_below(rows):
    grid = np.array(rows)
    inside = np.zeros(grid.size, dtype=bool)
    points = np.argwhere(np.ones_like(grid)).astype(float)
    for line in contours(grid, 0.5):
        inside ^= encloses(line, points)
    assert (inside.reshape(grid.shape) == (grid > 0.5)).all()


def test_a_line_around_fewer_than_five_people_is_left_out():
    crowd = np.random.default_rng(1).normal((200, 200), 20, (60, 2))
    few = np.full((LEAST_INSIDE - 1, 2), (580.0, 60.0))
    points = np.vstack([crowd, few])
    for share in (90, 97, 99):
        lines = lines_around(points, density(points), share)
        assert all(encloses(np.array(line, dtype=float), crowd).any() for line in lines)
