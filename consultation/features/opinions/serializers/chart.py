"""The map as a drawing: paths, letters, and the reader's own place."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask_babel import gettext as _

from consultation.domain.deliberation.opinion_groups.publication import Groups
from consultation.domain.deliberation.opinion_groups.shapes import HEIGHT, WIDTH, Line, Point
from consultation.features.opinions.serializers.sentences import about, enumerated, name_said

# The disc of a letter and the mark of a place, side by side.
APART = 32


@dataclass(frozen=True)
class Outline:
    """The outline of a group as a path, and where its letter stands."""

    letter: str
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class MapChart:
    """The chart: its sentence, its size, the density from the outermost line inwards, outlines, and one's own place."""

    summary: str
    width: int
    height: int
    density: Sequence[str]
    outlines: Sequence[Outline]
    here: Point | None


def chart_of(groups: Groups, here: Point | None) -> MapChart:
    """Draw the published lines; `here` is the reader's own place, where they have one."""
    shapes = groups["shapes"]
    return MapChart(
        summary=_(
            "Map of opinion groups, on which those who react alike stand close together: %(groups)s.",
            groups=enumerated([f"{name_said(one['letter'])}, {about(one['people'])}" for one in groups["groups"]]),
        ),
        width=WIDTH,
        height=HEIGHT,
        density=[_path(lines) for _share, lines in sorted(shapes["density"].items(), key=lambda one: -int(one[0]))],
        outlines=[
            Outline(letter, _path(lines), *_inside(_apart(shapes["names"][letter], here)))
            for letter, lines in shapes["outlines"].items()
        ],
        here=here,
    )


def _path(lines: Sequence[Line]) -> str:
    return "".join(_rounded_off(line) for line in lines)


def _rounded_off(line: Line) -> str:
    """Draw a closed line from the middle of each side to that of the next, with the corner between them as control."""
    middles = [((x + to_x) / 2, (y + to_y) / 2) for (x, y), (to_x, to_y) in pairwise([*line, line[0]])]
    (start_x, start_y), *others = middles
    corners = zip(line[1:] + line[:1], [*others, middles[0]], strict=True)
    curves = "".join(f"Q{x} {y} {to_x:g} {to_y:g}" for (x, y), (to_x, to_y) in corners)
    return f"M{start_x:g} {start_y:g}{curves}Z"


def _apart(letter: Point, here: Point | None) -> Point:
    """Move a letter up or down where the reader's own place would cover it."""
    if here is None or max(abs(letter[0] - here[0]), abs(letter[1] - here[1])) >= APART:
        return letter
    return [letter[0], here[1] + (APART if letter[1] >= here[1] else -APART)]


def _inside(point: Point) -> Point:
    """Keep a letter on the sheet."""
    x, y = point
    return [min(max(x, 20), WIDTH - 20), min(max(y, 20), HEIGHT - 20)]
