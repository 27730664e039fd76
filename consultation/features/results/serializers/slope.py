"""The slope chart: where each recommendation stands in the two colleges, as shapes with their places."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from consultation.domain.social_choice.release import Placement
from consultation.features.results.serializers.sentences import listed

# A gap of three ranks is wide among twelve recommendations; among more, a quarter of the ranks is.
FAR, SHARE_OF_RANKS = 3, 4
FIRST_ROW, ROW_HEIGHT = 52, 44
# Bold, in the widest of the usual system faces, with the number at its end: what lies beside the chart holds this much.
CHARACTERS_A_LINE = 48


@dataclass(frozen=True)
class Mark:
    """A recommendation in one of the columns, named on one or two lines; tied ones stand under each other."""

    y: int
    rank: int
    name: list[str]
    is_far: bool


@dataclass(frozen=True)
class Line:
    """From a place in one column to the place in the other."""

    y1: int
    y2: int
    is_far: bool


@dataclass(frozen=True)
class Tie:
    """The stroke that joins the marks of one tier in a column."""

    y1: int
    y2: int


@dataclass(frozen=True)
class Slope:
    """The chart: its sentence, its height, two columns of marks, the lines between them and the strokes of ties.

    Gaps of `far` ranks or more are bold.
    """

    summary: str
    far: int
    height: int
    left: list[Mark]
    right: list[Mark]
    lines: list[Line]
    left_ties: list[Tie]
    right_ties: list[Tie]


def slope_of(first: Sequence[Placement], second: Sequence[Placement], titles: Mapping[int, str]) -> Slope:
    """Draw two orders of the same recommendations, best first, as a release gives them."""
    here, there = _ranks(first), _ranks(second)
    gap = max(FAR, len(first) // SHARE_OF_RANKS)
    far = {number for number, rank in here.items() if abs(rank - there[number]) >= gap}
    left, right = _heights(first), _heights(second)
    return Slope(
        summary=_summary(here, there),
        far=gap,
        height=FIRST_ROW + ROW_HEIGHT * len(first),
        left=[Mark(left[n], here[n], _lines(titles[n], after=f" · {n}"), n in far) for n in left],
        right=[Mark(right[n], there[n], _lines(titles[n], before=f"{n} · "), n in far) for n in right],
        # Bold lines last, so that they lie above the others.
        lines=sorted((Line(left[n], right[n], n in far) for n in left), key=lambda line: line.is_far),
        left_ties=_ties(here, left),
        right_ties=_ties(there, right),
    )


def _ranks(order: Sequence[Placement]) -> dict[int, int]:
    return {placement["recommendation"]: placement["rank"] for placement in order}


def _heights(order: Sequence[Placement]) -> dict[int, int]:
    return {placement["recommendation"]: FIRST_ROW + ROW_HEIGHT * row for row, placement in enumerate(order)}


def _ties(ranks: Mapping[int, int], heights: Mapping[int, int]) -> list[Tie]:
    tiers: dict[int, list[int]] = {}
    for number, rank in ranks.items():
        tiers.setdefault(rank, []).append(heights[number])
    return [Tie(min(tier), max(tier)) for tier in tiers.values() if len(tier) > 1]


def _summary(here: Mapping[int, int], there: Mapping[int, int]) -> str:
    gaps = {number: abs(rank - there[number]) for number, rank in here.items()}
    widest = max(gaps.values())
    if not widest:
        return _("Rank of each recommendation in the two colleges: the same everywhere.")
    return ngettext(
        "Rank of each recommendation in the two colleges: the widest gap is %(num)s place, on %(recommendations)s.",
        "Rank of each recommendation in the two colleges: the widest gap is %(num)s places, on %(recommendations)s.",
        widest,
        recommendations=listed([number for number in sorted(gaps) if gaps[number] == widest]),
    )


def _lines(title: str, before: str = "", after: str = "") -> list[str]:
    """A title on two lines at most; the tables below the chart give the whole of it."""
    # Two lines of much the same length read better than a long one and a word.
    widths = range(len(title) // 2, CHARACTERS_A_LINE) if len(title) > CHARACTERS_A_LINE else ()
    even = (textwrap.wrap(title, width, break_on_hyphens=False) for width in widths)
    cut = textwrap.wrap(title, CHARACTERS_A_LINE, max_lines=2, placeholder="…", break_on_hyphens=False)
    lines = next((lines for lines in even if len(lines) == 2), cut)
    return [before + lines[0], lines[1] + after] if len(lines) > 1 else [before + lines[0] + after]
