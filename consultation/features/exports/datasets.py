"""Datasets: a release as tables, each row with all that is needed to cite it."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consultation.domain.privacy.publication import AT_LEAST, AT_MOST
from consultation.domain.social_choice.release import CollegeRelease
from consultation.features.results.queries import Published

LICENCE = "Licence Ouverte 2.0"
# What spreadsheets take for the beginning of a formula, full-width forms included.
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")

Cell = str | int
Row = tuple[Cell, ...]
Titles = Mapping[int, str]


@dataclass(frozen=True)
class Dataset:
    """One table of a release: the name of its file, its columns with their meaning, and its rows before the context."""

    file_name: str
    own_columns: tuple[tuple[str, Any], ...]
    own_rows: Callable[[CollegeRelease, Titles], Iterator[Row]]

    @property
    def columns(self) -> tuple[tuple[str, Any], ...]:
        """Every column with its meaning, those of the context last."""
        return (*_COLLEGE, *self.own_columns, *_CONTEXT)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _meaning in self.columns)

    def rows(self, published: Published, titles: Titles) -> Iterator[Row]:
        """The rows of all colleges, citizens first; a row is never without its context."""
        content = published.content
        for name, college in content["colleges"].items():
            context = (
                college["ballots"],
                content["consultation"],
                published.moment,
                content["method"],
                content["unranked"],
                published.hash,
                LICENCE,
            )
            yield from ((name, *own, *context) for own in self.own_rows(college, titles))


def as_csv(dataset: Dataset, published: Published, titles: Titles) -> str:
    """The table as comma-separated values (RFC 4180), texts that could be taken for a formula made harmless."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(dataset.names)
    writer.writerows(map(harmless, row) for row in dataset.rows(published, titles))
    return file.getvalue()


def as_json(dataset: Dataset, published: Published, titles: Titles) -> str:
    """The table as a JSON list of objects, one a row."""
    rows = [dict(zip(dataset.names, row, strict=True)) for row in dataset.rows(published, titles)]
    return _json(rows)


def release_as_json(published: Published) -> str:
    """The whole release, as the API gives it, with its licence."""
    return _json({**published.as_json(), "licence": LICENCE})


def explained(dataset: Dataset) -> str:
    """The columns of a table in words, for a file that goes beside it."""
    lines = [f"{dataset.file_name}.csv", "", *(f"{name}: {meaning}" for name, meaning in dataset.columns)]
    return "\n".join([*lines, "", _("Licence: Licence Ouverte 2.0 (Etalab)."), ""])


def harmless(cell: Cell) -> Cell:
    """The cell, with an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _order_rows(college: CollegeRelease, titles: Titles) -> Iterator[Row]:
    if "order" not in college:
        yield ("", "", "", "", "", college["reason"])
    for one in college.get("order", []):
        yield (one["recommendation"], titles[one["recommendation"]], one["rank"], one["low"], one["high"], "")


def _duel_rows(college: CollegeRelease, _titles: Titles) -> Iterator[Row]:
    if "pairwise_percent" not in college:
        yield ("", "", "", "", "", "too_few_ballots")
        return
    low, high = college["clip"]
    marks = {low: AT_MOST, high: AT_LEAST}
    for first, shares in _by_number(college["pairwise_percent"]):
        for second, percent in _by_number(shares):
            yield (first, second, percent, marks.get(percent, ""), college["step"], "")


def _by_number(cells: Mapping[str, Any]) -> list[tuple[int, Any]]:
    return sorted((int(number), cell) for number, cell in cells.items())


_ABSENT = ("absent", _l("Why a table is absent for this college: too_few_ballots; empty where it is there."))
_COLLEGE = (("college", _l("The college that is counted: citizens or physicians; never both together.")),)
_CONTEXT = (
    ("ballots", _l("Number of ballots counted in this college, exact.")),
    ("consultation", _l("The consultation, as it is named in its address.")),
    ("published_at", _l("When the release was published, in universal time.")),
    ("method", _l("The counting method: schulze is the Schulze method, by margins.")),
    ("unranked", _l("What becomes of a recommendation that a ballot leaves unranked: last, after all that it ranks.")),
    ("release", _l("SHA-256 of release.json, from which this table is taken.")),
    ("licence", _l("The licence under which this table can be used again.")),
)
RESULTS = Dataset(
    file_name="results",
    own_columns=(
        ("recommendation", _l("Official number of the recommendation.")),
        ("title", _l("Its title; an apostrophe comes first where a spreadsheet would read a formula.")),
        ("rank", _l("Its rank; tied recommendations have the same one.")),
        ("low", _l("The best rank of the interval that holds 950 of 1,000 resamples.")),
        ("high", _l("The worst rank of that interval.")),
        _ABSENT,
    ),
    own_rows=_order_rows,
)
DUELS = Dataset(
    file_name="duels",
    own_columns=(
        ("first", _l("Official number of a recommendation.")),
        ("second", _l("Official number of another.")),
        ("percent", _l("Share of ballots that place the first before the second, in percent, rounded to the step.")),
        ("mark", _l("at_most or at_least where the share is beyond what is published; empty otherwise.")),
        ("step", _l("The step to which shares of this college are rounded, in percent.")),
        _ABSENT,
    ),
    own_rows=_duel_rows,
)
DATASETS = {"results": RESULTS, "pairwise": DUELS}
