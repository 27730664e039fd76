"""The order of one college: its rows, each with its interval as a shape, and what the intervals establish."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from consultation.domain.social_choice.release import CollegeRelease, Placement
from consultation.features.results.serializers.sentences import listed


@dataclass(frozen=True)
class Interval:
    """A rank interval and its rank, along a line that holds all ranks: percents of its length."""

    start: str
    width: str
    rank: str


@dataclass(frozen=True)
class OrderRow:
    """A recommendation in the order of one college."""

    number: int
    title: str
    url: str
    rank: int
    is_tied: bool
    between: str
    interval: Interval


def order_rows(college: CollegeRelease, titles: Mapping[int, str], threads: str) -> list[OrderRow]:
    """The order of a college, none where it is not published; `threads` is what stands before a number in addresses."""
    order = college.get("order", [])
    ranks = [placement["rank"] for placement in order]
    return [
        OrderRow(
            number=one["recommendation"],
            title=titles[one["recommendation"]],
            url=f"{threads}{one['recommendation']}/",
            rank=one["rank"],
            is_tied=ranks.count(one["rank"]) > 1,
            between=between(one["low"], one["high"]),
            interval=_interval(one, len(order)),
        )
        for one in order
    ]


def between(low: int, high: int) -> str:
    """An interval as it stands under “Between”: "3 and 5", or the one number that it holds."""
    return str(low) if low == high else _("%(low)s and %(high)s", low=low, high=high)


def certainty(college: CollegeRelease) -> str:
    """One sentence on what the intervals of a college establish; empty where there is nothing to order."""
    groups = list(_groups(college.get("order", [])))
    if sum(map(len, groups)) < 2:
        return ""
    if len(groups) == 1:
        return _("No cut is established: the intervals run into each other from the first place to the last.")
    if all(len(group) == 1 for group in groups):
        return _("Every place is established: no two intervals overlap.")
    return ngettext(
        "The intervals form %(num)s group, in this order: %(groups)s.",
        "The intervals form %(num)s groups that do not overlap, in this order: %(groups)s.",
        len(groups),
        groups=" › ".join(map(listed, groups)),
    )


def _groups(order: Sequence[Placement]) -> Iterator[list[int]]:
    """Cut an order wherever all the intervals above end before all those below begin."""
    group: list[int] = []
    for index, placement in enumerate(order):
        group.append(placement["recommendation"])
        below = order[index + 1 :]
        if not below or max(one["high"] for one in order[: index + 1]) < min(one["low"] for one in below):
            yield group
            group = []


def _interval(one: Placement, ranks: int) -> Interval:
    return Interval(
        start=percent(100 * (one["low"] - 1) / ranks),
        width=percent(100 * (one["high"] - one["low"] + 1) / ranks),
        rank=percent(100 * (one["rank"] - 0.5) / ranks),
    )


def percent(value: float) -> str:
    """A length on a chart, in percent to one decimal, without a needless zero."""
    return f"{value:.1f}".removesuffix(".0") + "%"
