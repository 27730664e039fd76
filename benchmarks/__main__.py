"""`./run bench [NAME] [--json FILE]`: measure, print a table, write JSON; never asserted in a test."""

import argparse
import importlib
import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

Row = dict[str, Any]
# Loaded by name: each of them needs what the others do not, a browser or the peers that it is compared with.
BENCHMARKS = ("ballots", "beside_isso", "debate", "opinions", "results", "searching", "tally", "weight")


def main() -> None:
    """Run the benchmarks named, or all."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=BENCHMARKS)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    names = [options.name] if options.name else BENCHMARKS
    measured = {name: importlib.import_module(f"benchmarks.{name}").measure() for name in names}
    for name, rows in measured.items():
        _print(name, rows)
    if options.json:
        options.json.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


def _print(name: str, rows: list[Row]) -> None:
    table = Table(title=name)
    for column in rows[0]:
        table.add_column(column, justify="left" if isinstance(rows[0][column], str) else "right")
    for row in rows:
        table.add_row(*(_shown(value) for value in row.values()))
    Console().print(table)


def _shown(value: object) -> str:
    """Three digits say all that a measurement knows."""
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


if __name__ == "__main__":
    main()
