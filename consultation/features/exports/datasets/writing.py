"""Tables as files: comma-separated values, JSON, and their columns in words."""

import csv
import io
import json

from flask_babel import gettext as _

from consultation.features.exports.datasets.table import LICENCE, Cell, Dataset, Titles
from consultation.features.results.queries import Published

# What spreadsheets take for the beginning of a formula, full-width forms included.
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


def as_csv(dataset: Dataset, published: Published, titles: Titles) -> str:
    """The table as comma-separated values (RFC 4180), texts that could be taken for a formula made harmless."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(dataset.names)
    writer.writerows(map(harmless, row) for row in dataset.rows(published, titles))
    return file.getvalue()


def as_json(dataset: Dataset, published: Published, titles: Titles) -> str:
    """The table as a JSON list of objects, one a row; decimals are strings, so that no digit is lost."""
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
    return json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n"
