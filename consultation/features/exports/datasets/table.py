"""A table of a release: its columns with their meaning, and rows that each carry all that is needed to cite them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from consultation.domain.privacy.publication import AT_LEAST, AT_MOST, TOO_FEW_BALLOTS
from consultation.domain.social_choice.release import CollegeRelease, Release
from consultation.features.results.queries import Published

LICENCE = "Licence Ouverte 2.0"

Cell = str | int | Decimal
Row = tuple[Cell, ...]
Titles = Mapping[int, str]
Column = tuple[str, Any]

CONTEXT: tuple[Column, ...] = (
    ("consultation", _l("The consultation, as it is named in its address.")),
    ("published_at", _l("When the release was published, in universal time.")),
    ("method", _l("The counting method: schulze is the Schulze method, by margins.")),
    ("unranked", _l("What becomes of a recommendation that a ballot leaves unranked: last, after all that it ranks.")),
    ("release", _l("SHA-256 of release.json, from which this table is taken.")),
    ("licence", _l("The licence under which this table can be used again.")),
)
COLLEGE: Column = ("college", _l("The college that is counted: citizens or physicians; never both together."))
BALLOTS: Column = ("ballots", _l("Number of ballots counted in this college, exact."))
RECOMMENDATION: Column = ("recommendation", _l("Official number of the recommendation."))
TITLE: Column = ("title", _l("Its title; an apostrophe comes first where a spreadsheet would read a formula."))
MARK: Column = ("mark", _l("at_most or at_least where the share is beyond what is published; empty otherwise."))
STEP: Column = ("step", _l("The step to which the shares of this row are rounded, in percent."))
ABSENT: Column = ("absent", _l("Why a table is absent for this college: too_few_ballots; empty where it is there."))


@dataclass(frozen=True)
class Dataset:
    """One table of a release: the name of its file, its title, its columns and its rows, both before the context."""

    file_name: str
    title: Any
    table_columns: tuple[Column, ...]
    table_rows: Callable[[Release, Titles], Iterator[Row]]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column with its meaning, those of the context last."""
        return (*self.table_columns, *CONTEXT)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _meaning in self.columns)

    def rows(self, published: Published, titles: Titles) -> Iterator[Row]:
        """The rows of the table; a row is never without its context."""
        content = published.content
        context = (
            content["consultation"],
            published.moment,
            content["method"],
            content["unranked"],
            published.hash,
            LICENCE,
        )
        yield from ((*row, *context) for row in self.table_rows(content, titles))


def college_table(
    file_name: str,
    title: Any,
    own_columns: tuple[Column, ...],
    own_rows: Callable[[CollegeRelease, Titles], Iterator[Row]],
) -> Dataset:
    """A table with the rows of each college, citizens first; one that has none gets a row that says so."""
    own = (*own_columns, ABSENT)

    def rows(release: Release, titles: Titles) -> Iterator[Row]:
        for name, college in release["colleges"].items():
            found = [(*row, "") for row in own_rows(college, titles)]
            for row in found or [(*([""] * len(own_columns)), TOO_FEW_BALLOTS)]:
                yield (name, *row, college["ballots"])

    return Dataset(file_name, title, (COLLEGE, *own, BALLOTS), rows)


def marked(percent: int, low: int, high: int) -> tuple[int, str]:
    """A published share with its mark, where it lies on a bound or beyond."""
    return percent, AT_MOST if percent <= low else AT_LEAST if percent >= high else ""


def by_number(cells: Mapping[str, Any]) -> list[tuple[int, Any]]:
    """Cells by the number of the recommendation that they are of."""
    return sorted((int(number), cell) for number, cell in cells.items())
