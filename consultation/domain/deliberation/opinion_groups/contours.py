"""Lines of equal height on a grid, closed, by marching squares.

W. E. Lorensen and H. E. Cline, "Marching cubes", Computer Graphics 21 (1987), in the plane.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from consultation.domain.deliberation.opinion_groups.votes import Booleans, Reals

Corner = tuple[int, int]
Edge = tuple[Corner, Corner]
# The corners of a square in turn, from its first one.
CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1))


def contours(heights: Reals, level: float) -> list[Reals]:
    """Return the closed lines (m x 2, in steps of the grid) that part what is above the level from what is below.

    Outside the grid all is below.
    """
    grid = np.pad(heights, 1, constant_values=min(0.0, level - 1))
    neighbours: dict[Edge, list[Edge]] = {}
    for one, other in _segments(grid, level):
        neighbours.setdefault(one, []).append(other)
        neighbours.setdefault(other, []).append(one)
    return [np.array([_crossing(grid, level, edge) for edge in line]) - 1 for line in _lines(neighbours)]


def _segments(grid: Reals, level: float) -> Iterator[tuple[Edge, Edge]]:
    """Go through the squares that the line passes: each leaves where it has come in, twice where it is a saddle."""
    above = grid > level
    corners = above[:-1, :-1].astype(int) + above[1:, :-1] + above[1:, 1:] + above[:-1, 1:]
    for x, y in np.argwhere((corners > 0) & (corners < len(CORNERS))):
        square = [(int(x) + right, int(y) + up) for right, up in CORNERS]
        crossed = [
            (min(pair), max(pair))
            for pair in zip(square, square[1:] + square[:1], strict=True)
            if above[pair[0]] != above[pair[1]]
        ]
        if len(crossed) > 2 and (np.mean([grid[corner] for corner in square]) > level) == above[square[0]]:
            crossed = crossed[1:] + crossed[:1]  # the middle belongs with the first corner: cut the others off
        yield from ((crossed[at], crossed[at + 1]) for at in range(0, len(crossed), 2))


def _lines(neighbours: dict[Edge, list[Edge]]) -> Iterator[list[Edge]]:
    """Follow each line round, from edge to edge, until all are used."""
    left = dict.fromkeys(neighbours)
    while left:
        line = [next(iter(left))]
        del left[line[0]]
        while (following := next((one for one in neighbours[line[-1]] if one in left), None)) is not None:
            line.append(following)
            del left[following]
        yield line


def _crossing(grid: Reals, level: float, edge: Edge) -> tuple[float, float]:
    (x, y), (right, up) = edge
    part = (level - grid[x, y]) / (grid[right, up] - grid[x, y])
    return x + part * (right - x), y + part * (up - y)


def encloses(line: Reals, points: Reals) -> Booleans:
    """Tell for each point whether it lies inside a closed line, which a ray from it crosses an odd number of times."""
    inside = np.zeros(len(points), dtype=bool)
    for (x, y), (next_x, next_y) in zip(line, np.roll(line, -1, axis=0), strict=True):
        if y == next_y:
            continue
        spans = (points[:, 1] < y) != (points[:, 1] < next_y)
        inside ^= spans & (points[:, 0] < x + (points[:, 1] - y) * (next_x - x) / (next_y - y))
    return inside
