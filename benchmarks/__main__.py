"""`./run bench [NAME] [--json FILE]`: measure, print a table, write JSON; never asserted in a test."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import weight

Row = dict[str, Any]
BENCHMARKS: dict[str, Callable[[], list[Row]]] = {"weight": weight.measure}


def main() -> None:
    """Run the benchmarks named, or all."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=sorted(BENCHMARKS))
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    names = [options.name] if options.name else sorted(BENCHMARKS)
    measured = {name: BENCHMARKS[name]() for name in names}
    for name, rows in measured.items():
        _print(name, rows)
    if options.json:
        options.json.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


def _print(name: str, rows: list[Row]) -> None:
    table = Table(title=name)
    for column in rows[0]:
        table.add_column(column, justify="left" if isinstance(rows[0][column], str) else "right")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    Console().print(table)


if __name__ == "__main__":
    main()
