"""The published totals as a table: a line for each comment and each group, or college."""

import csv
import io
from collections.abc import Iterator

from consultation.domain.deliberation.opinion_groups.comparison import interval_of
from consultation.domain.deliberation.opinion_groups.publication import OpinionMap

COLUMNS = (
    "comment",
    "among",
    "name",
    "people_rounded",
    "agree_percent",
    "agree_low",
    "agree_high",
    "disagree_percent",
)


def as_csv(content: OpinionMap) -> str:
    """The cells as comma-separated values (RFC 4180): codes and whole numbers alone."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(content))
    return file.getvalue()


def _rows(content: OpinionMap) -> Iterator[tuple[str | int, ...]]:
    parts = {"groups": content.get("groups"), "colleges": content["colleges"]}
    for among, comparison in parts.items():
        for comment, row in comparison["cells"].items() if comparison else ():
            for name, cell in row.items():
                low, high = interval_of(cell)
                yield comment, among, name, cell["people"], cell["agree"], low, high, cell["disagree"]
