"""How soon somebody who follows a debate is written to, and how often at most."""

from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

MORNING = time(7, 0)
PAUSE = timedelta(minutes=15)
_MONDAY = 0


class Pace(StrEnum):
    """When somebody is told of what they follow; RESULTS waits for the one mail that says that results are public."""

    PRODUCT = "product"
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    RESULTS = "results"

    @property
    def is_by_mail(self) -> bool:
        """Whether anything is sent by mail at all."""
        return self is not Pace.PRODUCT


def next_morning(moment: datetime, zone: tzinfo) -> datetime:
    """The next seven o'clock of this zone's wall clock, strictly after the moment: also where the clock changes."""
    local = moment.astimezone(zone)
    today = datetime.combine(local.date(), MORNING, tzinfo=zone)
    return today if local < today else _morning_after(today, 1)


def next_monday(moment: datetime, zone: tzinfo) -> datetime:
    """The next Monday at seven o'clock of this zone's wall clock, strictly after the moment."""
    morning = next_morning(moment, zone)
    return _morning_after(morning, (_MONDAY - morning.weekday()) % 7)


def next_mail(pace: Pace, now: datetime, mailed_at: datetime | None, zone: tzinfo) -> datetime:
    """When to write of what happens now to somebody with this pace, last written to at `mailed_at`.

    At once means one mail a quarter of an hour at most: what comes meanwhile waits and goes together.
    """
    if pace is Pace.DAILY:
        return next_morning(now, zone)
    if pace is Pace.WEEKLY:
        return next_monday(now, zone)
    return now + PAUSE if mailed_at is not None and now < mailed_at + PAUSE else now


def _morning_after(morning: datetime, days: int) -> datetime:
    """The same wall-clock time some days later; arithmetic inside one zone is that of its wall clock."""
    return datetime.combine(morning.date() + timedelta(days=days), MORNING, tzinfo=morning.tzinfo)
