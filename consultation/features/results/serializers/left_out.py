"""What a release leaves out, and why, in words."""

from collections import Counter
from collections.abc import Iterator, Sequence

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consultation.domain.privacy.publication import (
    AGREEMENT,
    BANDS,
    CHANCES,
    COMBINED,
    FIRST_CHOICES,
    MEAN_PLACE,
    MEAN_TAU,
    METHODS,
    MINIMUM_FOR_BANDS,
    MINIMUM_FOR_MEAN_PLACE,
    MINIMUM_FOR_SHARES,
    ORDER,
    PAIRWISE_PERCENT,
    REVERSED,
    TOO_FEW_BALLOTS,
    UNDEFINED,
)
from consultation.domain.privacy.publication.steps import LARGEST_DIFFERENCE
from consultation.domain.social_choice.release import CollegeRelease, Release, SuppressedCell
from consultation.features.results.serializers.sentences import CHANCE_CLIP, COLLEGES, enumerated

# The tables of a college, by the number of ballots that each asks for.
TABLES = {
    MINIMUM_FOR_SHARES: {
        PAIRWISE_PERCENT: _l("the shares of the duels"),
        METHODS: _l("the orders by other methods"),
        FIRST_CHOICES: _l("the shares of first choices"),
        CHANCES: _l("the chances of being first or among the first five"),
    },
    MINIMUM_FOR_BANDS: {
        BANDS: _l("the shares by groups of places"),
        MEAN_TAU: _l("how far its ballots agree with each other"),
    },
    MINIMUM_FOR_MEAN_PLACE: {MEAN_PLACE: _l("the mean places")},
}
NAMES = {table: name for tables in TABLES.values() for table, name in tables.items()}


def left_out_of(release: Release, minimum: int) -> list[str]:
    """One sentence for each number of ballots that a college lacks, then for each kind of cell that is clipped.

    `minimum` is the plan's number of ballots for an order.
    """
    cells = [cell for cell in release["suppressed"] if "college" not in cell]
    compared = [cell for cell in cells if "column" not in cell and not _is_said_already(cell, release)]
    return [
        *(said for name in release["colleges"] for said in _of_college(name, release, minimum)),
        *map(_comparison, compared),
        *_clipped_differences(cells),
    ]


def _is_said_already(cell: SuppressedCell, release: Release) -> bool:
    """Whether a figure is absent only because the agreement that it belongs to is."""
    agreement = release.get("agreement")
    if agreement is None:
        return cell["table"] == REVERSED
    return cell.get("row") == "reference" and "tau_b" not in agreement


def _of_college(name: str, release: Release, minimum: int) -> Iterator[str]:
    cells = [cell for cell in release["suppressed"] if cell.get("college") == name]
    absent = {cell["table"] for cell in cells if cell["reason"] == TOO_FEW_BALLOTS}
    college = str(COLLEGES[name])
    if ORDER in absent:
        yield _(
            "For %(college)s, everything but the number of ballots, because there are fewer than %(minimum)s.",
            college=college,
            minimum=minimum,
        )
        return
    for needed, tables in TABLES.items():
        names = [str(said) for table, said in tables.items() if table in absent]
        if names:
            yield _(
                "For %(college)s, %(tables)s: there are fewer than %(minimum)s ballots.",
                college=college,
                tables=enumerated(names),
                minimum=format_decimal(max(needed, minimum)),
            )
    if any(cell["reason"] == UNDEFINED for cell in cells):
        yield _("For %(college)s, how far its ballots agree: there is nothing to compare.", college=college)
    yield from _clipped(college, cells, release["colleges"][name])


def _clipped(college: str, cells: Sequence[SuppressedCell], released: CollegeRelease) -> Iterator[str]:
    for table, count in Counter(cell["table"] for cell in cells if "row" in cell).items():
        low, high = _bounds(table, released)
        yield ngettext(
            "For %(college)s, of %(table)s, the exact value of %(num)s that is shown as “≤ %(low)s” or “≥ %(high)s”.",
            "For %(college)s, of %(table)s, the exact value of %(num)s that are shown as “≤ %(low)s” or “≥ %(high)s”.",
            count,
            college=college,
            table=str(NAMES[table]),
            low=low,
            high=high,
        )


def _bounds(table: str, released: CollegeRelease) -> Sequence[int]:
    """Between which shares a table is shown."""
    if table == CHANCES:
        return CHANCE_CLIP
    return released["row_clip"] if table in (FIRST_CHOICES, BANDS) else released["clip"]


def _comparison(cell: SuppressedCell) -> str:
    """Why a table that takes both colleges is absent, or a figure of it."""
    if cell["table"] == REVERSED:
        return _(
            "The pairs that the colleges place the other way round, because one of them has fewer than %(minimum)s "
            "ballots.",
            minimum=MINIMUM_FOR_BANDS,
        )
    if cell["table"] == COMBINED:
        return _("The combined order, because one of the colleges has too few ballots for an order of its own.")
    if cell["table"] == AGREEMENT and cell["reason"] == TOO_FEW_BALLOTS:
        return _(
            "The agreement between the colleges, because one of them has fewer than %(minimum)s ballots.",
            minimum=MINIMUM_FOR_SHARES,
        )
    if cell.get("row") == "reference":
        return _("What agreement chance would give, because chance ties every recommendation.")
    return _("The agreement between the colleges, because one of them ties every recommendation.")


def _clipped_differences(cells: Sequence[SuppressedCell]) -> list[str]:
    count = sum(cell["table"] == REVERSED and "column" in cell for cell in cells)
    if not count:
        return []
    return [
        ngettext(
            "The exact value of %(num)s difference between the colleges beyond %(most)s points.",
            "The exact value of %(num)s differences between the colleges beyond %(most)s points.",
            count,
            most=LARGEST_DIFFERENCE,
        )
    ]
