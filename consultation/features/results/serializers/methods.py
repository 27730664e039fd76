"""The same ballots by every method: what each puts first, and where it parts from the main one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from consultation.domain.social_choice.explanation import shown_share
from consultation.domain.social_choice.methods import MAIN_METHOD
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.release import CollegeRelease
from consultation.features.results.serializers.sentences import decimal_said, listed

NAMES = {
    MAIN_METHOD: _l("Schulze"),
    "ranked_pairs": _l("Ranked pairs"),
    "kemeny": _l("Kemeny"),
    "borda": _l("Borda"),
    "copeland": _l("Copeland"),
    "irv": _l("Instant run-off"),
}
PODIUM = 3
# More than that in one tier of a podium are counted, not named.
MOST_NAMED = 4

Tiers = Sequence[Sequence[int]]
Ranks = Mapping[int, int]


@dataclass(frozen=True)
class MethodLine:
    """A method beside the main one: its name, what it puts first, how far it agrees, and what is not sure about it."""

    name: str
    podium: str
    beside: str
    note: str


@dataclass(frozen=True)
class MethodCell:
    """A rank by one method, and in words how far it lies from the main one's; empty where it is the same."""

    rank: int
    moved: str


@dataclass(frozen=True)
class MethodRow:
    """The ranks of one recommendation by every method, then what a few methods count of it."""

    number: int
    title: str
    cells: list[MethodCell]
    counted: list[str]


@dataclass(frozen=True)
class Methods:
    """All methods on the ballots of one college: lines to compare, sentences, and the whole table."""

    lines: list[MethodLine]
    facts: list[str]
    heads: list[str]
    rows: list[MethodRow]


def methods_of(college: CollegeRelease, titles: Mapping[int, str]) -> Methods | None:
    """Compare the methods that a release gives for a college; None where it gives none."""
    if "methods" not in college:
        return None
    ranks = {name: _ranks(tiers) for name, tiers in _orders(college)}
    main = ranks[MAIN_METHOD]
    counted = dict(_counted(college))
    return Methods(
        lines=[*_lines(college, main), _first_choices_line(college)],
        facts=_facts(college),
        heads=[*(str(NAMES[name]) for name in ranks), *counted],
        rows=[
            MethodRow(
                number=number,
                title=titles[number],
                cells=[_cell(one[number], main[number]) for one in ranks.values()],
                counted=[column[number] for column in counted.values()],
            )
            for number in main
        ],
    )


def podium_of(tiers: Tiers) -> str:
    """The first three, best first, ties joined: "24 · 3 = 10"; a large tie is counted instead."""
    said: list[str] = []
    named = 0
    for tier in tiers:
        if named >= PODIUM:
            break
        named += len(tier)
        tied = ngettext("%(num)s tied", "%(num)s tied", len(tier))
        said.append(tied if len(tier) > MOST_NAMED else " = ".join(map(str, tier)))
    return " · ".join(said)


def _orders(college: CollegeRelease) -> Iterator[tuple[str, Tiers]]:
    """The methods of a release in their usual order, the main one first, each with its tiers."""
    methods = college["methods"]
    tiers: dict[int, list[int]] = {}
    for placement in college["order"]:
        tiers.setdefault(placement["rank"], []).append(placement["recommendation"])
    yield MAIN_METHOD, list(tiers.values())
    for name in NAMES:
        if name in methods:
            yield name, methods[name]["order"]


def _ranks(tiers: Tiers) -> Ranks:
    return WeakOrder.from_tiers(tiers).places()


def _lines(college: CollegeRelease, main: Ranks) -> Iterator[MethodLine]:
    for name, tiers in _orders(college):
        beside = "" if name == MAIN_METHOD else _beside(main, _ranks(tiers))
        yield MethodLine(str(NAMES[name]), podium_of(tiers), beside, _note(name, college))


def _beside(main: Ranks, ranks: Ranks) -> str:
    gaps = [abs(rank - main[number]) for number, rank in ranks.items() if rank != main[number]]
    if not gaps:
        return _("same order")
    return ngettext(
        "%(num)s recommendation elsewhere, widest gap %(most)s",
        "%(num)s recommendations elsewhere, widest gap %(most)s",
        len(gaps),
        most=max(gaps),
    )


def _note(name: str, college: CollegeRelease) -> str:
    if name != "kemeny":
        return ""
    count = college["methods"]["kemeny"]
    if not count["exact"]:
        return _("not proven to be optimal")
    return "" if count["sole"] else _("one of the optimal orders")


def _first_choices_line(college: CollegeRelease) -> MethodLine:
    """First choices as they are published: equal shares may hide a difference smaller than the step."""
    by_share: dict[int, list[int]] = {}
    for number, share in college["first_choices"].items():
        by_share.setdefault(share, []).append(int(number))
    tiers = [sorted(by_share[share]) for share in sorted(by_share, reverse=True)]
    return MethodLine(_("First choices"), podium_of(tiers), "", _("by published shares"))


def _facts(college: CollegeRelease) -> list[str]:
    return [_winner(college), _majority(college)]


def _winner(college: CollegeRelease) -> str:
    if "condorcet_winner" in college:
        return _("Recommendation %(number)s wins all its duels.", number=college["condorcet_winner"])
    members = college["smith_set"]
    if len(members) == len(college["order"]):
        return _("No recommendation wins all its duels, and no group of them wins all its duels against the others.")
    return _(
        "No recommendation wins all its duels. The smallest group that wins all its duels against the others is "
        "%(recommendations)s.",
        recommendations=listed(members),
    )


def _majority(college: CollegeRelease) -> str:
    if "majority" in college:
        return _("More than half of the ballots place recommendation %(number)s first.", number=college["majority"])
    return _("No recommendation is placed first by more than half of the ballots.")


def _cell(rank: int, main: int) -> MethodCell:
    if rank == main:
        return MethodCell(rank, "")
    moved = _("%(count)s lower", count=rank - main) if rank > main else _("%(count)s higher", count=main - rank)
    return MethodCell(rank, moved)


def _counted(college: CollegeRelease) -> Iterator[tuple[str, dict[int, str]]]:
    """The columns that are no ranks: heading, and what stands beside each recommendation."""
    methods = college["methods"]
    if "copeland" in methods:
        duels = methods["copeland"]["duels"]
        yield _("Duels won, tied, lost"), {int(number): " · ".join(map(str, each)) for number, each in duels.items()}
    if "mean_place" in methods.get("borda", {}):
        places = methods["borda"]["mean_place"]
        yield _("Mean place"), {int(number): decimal_said(place) for number, place in places.items()}
    shares, clip = college["first_choices"].items(), college["row_clip"]
    yield _("First choices, in percent"), {int(number): shown_share(share, clip) for number, share in shares}
