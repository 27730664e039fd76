"""The one place for time: what the clock says, and how a moment is told to stand still."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _standing.get() or datetime.now(UTC)


def today() -> date:
    """The present day in Paris: the only grain of time that is published."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day of an aware moment in Paris."""
    return moment.astimezone(PARIS).date()


def second(moment: datetime) -> str:
    """A moment as files give it: ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Make the clock stand at an aware moment: for the demonstration's past and for tests."""
    token = _standing.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(token)
