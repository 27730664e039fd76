"""The list of all that a release does not show: tables that are absent, and cells that are clipped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from consultation.domain.privacy.publication.reasons import AT_LEAST, AT_MOST, TOO_FEW_BALLOTS, UNDEFINED
from consultation.domain.privacy.publication.steps import CHANCE_STEPS, LARGEST_DIFFERENCE
from consultation.domain.social_choice.release import Agreement, CollegeRelease, Release, Shares, SuppressedCell
from consultation.domain.verifiability.plan import MEAN, CountingPlan

ORDER = "order"
PAIRWISE_PERCENT = "pairwise_percent"
METHODS = "methods"
FIRST_CHOICES = "first_choices"
CHANCES = "chances"
BANDS = "bands"
MEAN_PLACE = "mean_place"
MEAN_TAU = "mean_tau"
AGREEMENT = "agreement"
TAU_B = "tau_b"
REFERENCE = "reference"
REVERSED = "reversed"
COMBINED = "combined"

BORDA = "borda"
CHANCE_BOUNDS = (CHANCE_STEPS.low, CHANCE_STEPS.high)
DIFFERENCE_BOUNDS = (-LARGEST_DIFFERENCE, LARGEST_DIFFERENCE)


def suppressed_in(release: Release, plan: CountingPlan) -> Iterator[SuppressedCell]:
    """List what a release under this plan leaves out: college by college, then what concerns two of them."""
    for name, college in release["colleges"].items():
        for table in _tables(plan):
            reason = _absence(college, table)
            if reason:
                yield SuppressedCell(college=name, table=table, reason=reason)
            else:
                yield from _clipped(name, college, table)
    yield from _between(release.get("agreement"))
    if plan.combination == MEAN and COMBINED not in release:
        yield SuppressedCell(table=COMBINED, reason=TOO_FEW_BALLOTS)


def _tables(plan: CountingPlan) -> list[str]:
    places = [MEAN_PLACE] if BORDA in plan.methods else []
    return [ORDER, PAIRWISE_PERCENT, METHODS, FIRST_CHOICES, CHANCES, BANDS, *places, MEAN_TAU]


def _absence(college: CollegeRelease, table: str) -> str | None:
    """Return why a table is absent, None where it is there."""
    holder: Mapping[str, object] = college.get("methods", {}).get(BORDA, {}) if table == MEAN_PLACE else college
    if table in holder:
        return None
    return UNDEFINED if table == MEAN_TAU and BANDS in college else TOO_FEW_BALLOTS


def _clipped(name: str, college: CollegeRelease, table: str) -> Iterator[SuppressedCell]:
    bounds = _bounds(college, table)
    if table == FIRST_CHOICES:
        for row, percent in college["first_choices"].items():
            if reason := _beyond(percent, bounds):
                yield SuppressedCell(college=name, table=table, row=row, reason=reason)
    for row, shares in _shares(college, table).items():
        for column, percent in shares.items():
            if reason := _beyond(percent, bounds):
                yield SuppressedCell(college=name, table=table, row=row, column=column, reason=reason)


def _bounds(college: CollegeRelease, table: str) -> Sequence[int]:
    if table == CHANCES:
        return CHANCE_BOUNDS
    return college.get("row_clip", ()) if table in (FIRST_CHOICES, BANDS) else college.get("clip", ())


def _shares(college: CollegeRelease, table: str) -> Mapping[str, Shares]:
    """Return the shares of a table by row and column, nothing for a table of another shape."""
    tables = {
        PAIRWISE_PERCENT: college.get("pairwise_percent", {}),
        CHANCES: college.get("chances", {}),
        BANDS: college.get("bands", {}),
    }
    return tables.get(table, {})


def _between(agreement: Agreement | None) -> Iterator[SuppressedCell]:
    if agreement is None:
        yield from (SuppressedCell(table=table, reason=TOO_FEW_BALLOTS) for table in (AGREEMENT, REVERSED))
        return
    for row in (TAU_B, REFERENCE):
        if row not in agreement:
            yield SuppressedCell(table=AGREEMENT, row=row, reason=UNDEFINED)
    if REVERSED not in agreement:
        yield SuppressedCell(table=REVERSED, reason=TOO_FEW_BALLOTS)
    for pair in agreement.get("reversed", []):
        if reason := _beyond(pair["difference"], DIFFERENCE_BOUNDS):
            row, column = str(pair["first"]), str(pair["second"])
            yield SuppressedCell(table=REVERSED, row=row, column=column, reason=reason)


def _beyond(percent: int, bounds: Sequence[int]) -> str | None:
    """Return on which side a figure is clipped, None inside the bounds.

    A figure on a bound is listed like one beyond it: to tell them apart would undo the clipping.
    """
    low, high = bounds
    return AT_MOST if percent <= low else AT_LEAST if percent >= high else None
