"""The map without a dot a person: how densely people stand, and an outline for each group, both smoothed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self, TypedDict

import numpy as np

from consultation.domain.deliberation.opinion_groups.contours import contours, encloses
from consultation.domain.deliberation.opinion_groups.votes import Integers, Reals

WIDTH, HEIGHT = 640, 400
CELL = 16
MARGIN = 80
# What part of the people, smoothed, lies inside a line: of everybody, and of one group.
DENSITY_SHARES = (90, 60, 30)
OUTLINE_SHARE = 75
# A closed line is drawn only around as many people at least.
LEAST_INSIDE = 5
# A person is spread over at least this part of the width, however close together people stand.
LEAST_SPREAD = 1 / 24

Point = list[int]
Line = list[Point]


class Shapes(TypedDict):
    """Closed lines on a sheet of 640 x 400: of everybody by the share inside, in percent, and of each group."""

    density: dict[str, list[Line]]
    outlines: dict[str, list[Line]]
    names: dict[str, Point]


@dataclass(frozen=True)
class Frame:
    """How places become points of the sheet: the same scale in both directions, up on the axis is up on the sheet."""

    scale: float
    left: float
    top: float

    @classmethod
    def around(cls, places: Reals) -> Self:
        """Frame nine people in ten by a margin; who stands far off may stand outside."""
        low, high = np.percentile(places, [5, 95], axis=0)
        sides = np.maximum(high - low, 1e-9)
        scale = float(min((np.array([WIDTH, HEIGHT]) - 2 * MARGIN * np.array([WIDTH / HEIGHT, 1])) / sides))
        middle = (low + high) / 2
        return cls(scale, float(WIDTH / 2 - scale * middle[0]), float(HEIGHT / 2 + scale * middle[1]))

    def points(self, places: Reals) -> Reals:
        """Return places as points of the sheet."""
        return np.stack([self.left + self.scale * places[:, 0], self.top - self.scale * places[:, 1]], axis=1)

    def point(self, place: Reals) -> Point:
        """Return the point of one place, kept on the sheet."""
        x, y = self.points(place[None, :])[0]
        return [int(np.clip(round(x), 0, WIDTH)), int(np.clip(round(y), 0, HEIGHT))]


def shapes_of(points: Reals, labels: Integers, names: str) -> Shapes:
    """Draw the people at these points, each with the number of their group."""
    members = {name: points[labels == number] for number, name in enumerate(names)}
    everybody = density(points)
    return Shapes(
        density={str(share): lines_around(points, everybody, share) for share in DENSITY_SHARES},
        outlines={name: lines_around(own, density(own), OUTLINE_SHARE) for name, own in members.items()},
        names={name: [round(float(middle)) for middle in own.mean(axis=0)] for name, own in members.items()},
    )


def density(points: Reals) -> Reals:
    """Return the density of people on the grid of the sheet (41 x 26): a normal law around each of them.

    Its spread follows the rule of D. W. Scott, "Multivariate density estimation" (1992), and has a least size.
    """
    spread = float(np.sqrt(points.var(axis=0).mean())) * len(points) ** (-1 / 6)
    spread = max(spread, LEAST_SPREAD * WIDTH)
    across, down = (
        np.exp(-(((np.arange(0, length + CELL, CELL)[:, None] - points[:, axis]) / spread) ** 2) / 2)
        for axis, length in enumerate((WIDTH, HEIGHT))
    )
    heights: Reals = across @ down.T
    return heights


def lines_around(points: Reals, heights: Reals, share: int) -> list[Line]:
    """Return the lines inside which this share of the density lies, those around fewer than five people left out."""
    ranked = np.sort(heights, axis=None)[::-1]
    inside = ranked.cumsum()
    level = float(ranked[np.searchsorted(inside, inside[-1] * share / 100)])
    lines = [line * CELL for line in contours(heights, level)]
    return [_rounded(line) for line in lines if encloses(line, points).sum() >= LEAST_INSIDE]


def _rounded(line: Reals) -> Line:
    """Return a line in whole points of the sheet, without those that repeat the one before."""
    whole = np.clip(np.rint(line), 0, [WIDTH, HEIGHT]).astype(int)
    kept = (whole != np.roll(whole, 1, axis=0)).any(axis=1)
    return [[int(x), int(y)] for x, y in whole[kept]]
