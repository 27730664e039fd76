"""Where ballots place each recommendation: shares by groups of places, as bars with their figures."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from flask_babel import gettext as _

from consultation.domain.social_choice.explanation import shown_share
from consultation.domain.social_choice.release import CollegeRelease
from consultation.features.results.serializers.orders import percent

UNRANKED = "unranked"


@dataclass(frozen=True)
class Segment:
    """A part of a bar: where it begins and how long it is, in percent, and its shade (0 for the unranked)."""

    start: str
    width: str
    shade: int


@dataclass(frozen=True)
class PlacesRow:
    """The shares of one recommendation, in the order of the groups of places, with its bar."""

    number: int
    title: str
    shares: list[str]
    bar: list[Segment]


@dataclass(frozen=True)
class Places:
    """The groups of places of one college, each with its name and its shade, and one row a recommendation."""

    heads: list[tuple[str, int]]
    rows: list[PlacesRow]
    step: int


def places_of(college: CollegeRelease, titles: Mapping[int, str]) -> Places | None:
    """The bands of a college in its order; None where they are not published."""
    if "bands" not in college:
        return None
    bands, clip = college["bands"], college["row_clip"]
    names = sorted(next(iter(bands.values())), key=_first_place)
    numbers = [placement["recommendation"] for placement in college["order"]]
    shares = {number: [bands[str(number)][name] for name in names] for number in numbers}
    return Places(
        heads=[(_band_said(name), shade) for name, shade in zip(names, _shades(len(names)), strict=True)],
        rows=[
            PlacesRow(number, titles[number], [shown_share(share, clip) for share in row], _bar(row))
            for number, row in shares.items()
        ],
        step=college["row_step"],
    )


def _first_place(band: str) -> int:
    """The first place of a group, by which groups are put in order; the unranked come last."""
    return sys.maxsize if band == UNRANKED else int(band.partition("-")[0])


def _shades(groups: int) -> list[int]:
    """The shade of each group of places: 4 for the best places, fading to 1, and 0 for the unranked."""
    ranked = groups - 1
    return [*(max(4 - index, 1) for index in range(ranked)), 0]


def _bar(shares: list[int]) -> list[Segment]:
    """Lay the shares end to end over the whole length: rounded and clipped, they seldom add up to 100."""
    total = sum(shares)
    starts = accumulate(shares, initial=0)
    return [
        Segment(percent(100 * start / total), percent(100 * share / total), shade)
        for start, share, shade in zip(starts, shares, _shades(len(shares)), strict=False)
    ]


def _band_said(name: str) -> str:
    if name == UNRANKED:
        return _("unranked")
    low, _dash, high = name.partition("-")
    return _("%(low)s to %(high)s", low=low, high=high) if high else low
