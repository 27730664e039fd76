"""How often resamples put each recommendation first, or among the first five, in the colleges side by side."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import ngettext

from consultation.domain.social_choice.explanation import shown_share
from consultation.domain.social_choice.release import CollegeRelease, Release
from consultation.features.results.serializers.sentences import CHANCE_CLIP, NAMES

TOP = "top_5"


@dataclass(frozen=True)
class ChanceRow:
    """The chances of one recommendation, college by college; without a title it stands for all the others."""

    name: str
    title: str
    cells: list[str]


@dataclass(frozen=True)
class Chances:
    """The colleges, each with its code and its name, whether each has a second column, and the rows, best first."""

    colleges: list[tuple[str, str]]
    has_top: bool
    rows: list[ChanceRow]


def chances_of(release: Release, titles: Mapping[int, str]) -> Chances | None:
    """The chances of the colleges that have some; None where none has, or where there is nothing to order.

    Those that are beyond the lower bound in every column share the last row: nothing tells them apart.
    """
    colleges = {name: college for name, college in release["colleges"].items() if "chances" in college}
    if not colleges or len(titles) < 2:
        return None
    first = next(iter(colleges.values()))
    numbers = [placement["recommendation"] for placement in first["order"]]
    chances = {number: _chances_in(colleges.values(), number) for number in numbers}
    unlikely = [number for number in numbers if max(chances[number]) <= CHANCE_CLIP[0]]
    named = [number for number in numbers if number not in unlikely or len(unlikely) == 1]
    rows = [ChanceRow(str(number), titles[number], _shown(chances[number])) for number in named]
    return Chances(
        colleges=[(name, str(NAMES[name])) for name in colleges],
        has_top=TOP in first["chances"][str(numbers[0])],
        rows=[*rows, _others(unlikely, chances)] if len(unlikely) > 1 else rows,
    )


def _chances_in(colleges: Collection[CollegeRelease], number: int) -> list[int]:
    cells = [college["chances"][str(number)] for college in colleges]
    return [chance for cell in cells for chance in (cell["first"], cell.get(TOP)) if chance is not None]


def _others(unlikely: Sequence[int], chances: Mapping[int, list[int]]) -> ChanceRow:
    name = ngettext("each of the %(num)s other", "each of the %(num)s others", len(unlikely))
    return ChanceRow(name, "", _shown(chances[unlikely[0]]))


def _shown(chances: Sequence[int]) -> list[str]:
    return [shown_share(chance, CHANCE_CLIP) for chance in chances]
