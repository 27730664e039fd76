"""The tables of each college: its order, its duels, and what other methods and resamples make of the same ballots."""

from collections.abc import Iterator
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from consultation.domain.privacy.publication import CHANCE_STEPS
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.release import CollegeRelease, MethodRelease
from consultation.features.exports.datasets.table import (
    MARK,
    RECOMMENDATION,
    STEP,
    TITLE,
    Row,
    Titles,
    by_number,
    college_table,
    marked,
)

UNRANKED = "unranked"
SAID = {True: "yes", False: "no", None: ""}
TOPS = {"first": 1, "top_5": 5}


def _order_rows(college: CollegeRelease, titles: Titles) -> Iterator[Row]:
    for one in college.get("order", []):
        yield (one["recommendation"], titles[one["recommendation"]], one["rank"], one["low"], one["high"])


def _duel_rows(college: CollegeRelease, _titles: Titles) -> Iterator[Row]:
    for first, shares in by_number(college.get("pairwise_percent", {})):
        for second, percent in by_number(shares):
            yield (first, second, *marked(percent, *college["clip"]), college["step"])


def _method_rows(college: CollegeRelease, _titles: Titles) -> Iterator[Row]:
    for name, method in college.get("methods", {}).items():
        for number, rank in WeakOrder.from_tiers(method["order"]).places().items():
            yield (name, number, rank, *_of_kemeny(method), *_counted(method, str(number)))


def _of_kemeny(method: MethodRelease) -> Row:
    return tuple(SAID[flag] for flag in (method.get("exact"), method.get("sole")))


def _counted(method: MethodRelease, number: str) -> Row:
    duels: Row = tuple(method["duels"][number]) if "duels" in method else ("", "", "")
    return (*duels, Decimal(method["mean_place"][number]) if "mean_place" in method else "")


def _first_choice_rows(college: CollegeRelease, _titles: Titles) -> Iterator[Row]:
    for number, percent in by_number(college.get("first_choices", {})):
        yield (number, *marked(percent, *college["row_clip"]), college["row_step"])


def _chance_rows(college: CollegeRelease, _titles: Titles) -> Iterator[Row]:
    for number, chances in by_number(college.get("chances", {})):
        for top, percent in chances.items():
            yield (number, TOPS[top], *marked(percent, CHANCE_STEPS.low, CHANCE_STEPS.high), CHANCE_STEPS.step)


def _band_rows(college: CollegeRelease, _titles: Titles) -> Iterator[Row]:
    for number, bands in by_number(college.get("bands", {})):
        for first, last, percent in sorted(
            (*_ends(band), percent) for band, percent in bands.items() if band != UNRANKED
        ):
            yield (number, first, last, *marked(percent, *college["row_clip"]), college["row_step"])
        yield (number, "", "", *marked(bands[UNRANKED], *college["row_clip"]), college["row_step"])


def _ends(band: str) -> tuple[int, int]:
    first, _dash, last = band.partition("-")
    return int(first), int(last or first)


RESULTS = college_table(
    "results",
    _l("Orders"),
    (
        RECOMMENDATION,
        TITLE,
        ("rank", _l("Its rank; tied recommendations have the same one.")),
        ("low", _l("The best rank of the interval that holds 950 of 1,000 resamples.")),
        ("high", _l("The worst rank of that interval.")),
    ),
    _order_rows,
)
DUELS = college_table(
    "duels",
    _l("Duels"),
    (
        ("first", _l("Official number of a recommendation.")),
        ("second", _l("Official number of another.")),
        ("percent", _l("Share of ballots that place the first before the second, in percent, rounded to the step.")),
        MARK,
        STEP,
    ),
    _duel_rows,
)
METHODS = college_table(
    "methods",
    _l("Ranks by other methods"),
    (
        ("counted_by", _l("The other method: ranked_pairs, kemeny, borda, copeland or irv (instant run-off).")),
        RECOMMENDATION,
        ("rank", _l("Its rank; tied recommendations have the same one.")),
        ("exact", _l("Kemeny only: yes where the order is proven to be optimal.")),
        ("sole", _l("Kemeny only: yes where no other order is as good, no where that is not excluded.")),
        ("won", _l("Copeland only: duels won.")),
        ("tied", _l("Copeland only: duels tied.")),
        ("lost", _l("Copeland only: duels lost.")),
        ("mean_place", _l("Borda only, from 1,000 ballots: the mean place on the ballots, to one decimal.")),
    ),
    _method_rows,
)
FIRST_CHOICES = college_table(
    "first_choices",
    _l("First choices"),
    (
        RECOMMENDATION,
        ("percent", _l("Share of the first places, in percent; one shared by k recommendations counts 1/k for each.")),
        MARK,
        STEP,
    ),
    _first_choice_rows,
)
CHANCES = college_table(
    "chances",
    _l("Chances"),
    (
        RECOMMENDATION,
        ("top", _l("1: the chance of coming first; 5: of being among the first five.")),
        ("percent", _l("Share of the 1,000 resamples, in percent, rounded to the step.")),
        MARK,
        ("step", _l("The step to which chances are rounded, in percent.")),
    ),
    _chance_rows,
)
BANDS = college_table(
    "bands",
    _l("Places given by the ballots"),
    (
        RECOMMENDATION,
        ("first_place", _l("The first place of a group of places; empty for ballots that leave it unranked.")),
        ("last_place", _l("The last place of that group.")),
        ("percent", _l("Share of ballots that give it a place of that group, in percent, rounded to the step.")),
        MARK,
        STEP,
    ),
    _band_rows,
)
