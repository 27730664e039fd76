"""How many ballots were held, day after day, as a line in steps with its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import format_decimal, ngettext

from consultation.infrastructure.web.language import said_day

WIDTH, HEIGHT, TOP = 720, 160, 16


@dataclass(frozen=True)
class Participation:
    """The chart: its sentence, the path of its line and of the surface below it, its ends, and its figures by day."""

    summary: str
    line: str
    surface: str
    first_day: str
    last_day: str
    most: str
    rows: list[tuple[str, str]]


def participation_chart(counts: Sequence[tuple[date, int]]) -> Participation | None:
    """Draw the counts that were made public while ballots were taken, and the last one; None where there are few."""
    if len({day for day, _count in counts}) < 2:
        return None
    line = _steps(counts)
    first_day, last_day = counts[0][0], counts[-1][0]
    most = max(count for _day, count in counts)
    return Participation(
        summary=ngettext(
            "%(count)s ballot on %(first_day)s, %(last_count)s at the end, on %(last_day)s.",
            "%(count)s ballots on %(first_day)s, %(last_count)s at the end, on %(last_day)s.",
            counts[0][1],
            count=format_decimal(counts[0][1]),
            first_day=said_day(first_day),
            last_count=format_decimal(counts[-1][1]),
            last_day=said_day(last_day),
        ),
        line=line,
        surface=f"{line}V{HEIGHT}H0Z",
        first_day=said_day(first_day),
        last_day=said_day(last_day),
        most=format_decimal(most),
        rows=[(said_day(day), format_decimal(count)) for day, count in counts],
    )


def _steps(counts: Sequence[tuple[date, int]]) -> str:
    """The path of a line that keeps its height until the next count."""
    days = (counts[-1][0] - counts[0][0]).days
    most = max(count for _day, count in counts) or 1
    places = [
        ((day - counts[0][0]).days * WIDTH // days, HEIGHT - count * (HEIGHT - TOP) // most) for day, count in counts
    ]
    return f"M0 {places[0][1]}" + "".join(f"H{x}V{y}" for x, y in places[1:])
