"""How long a comment waits: in a visitor's browser, with its author, or for the reading that its author asked for.

A reading takes 24 hours at most, counted on working days alone. A working day is a Monday to Friday that is no public
holiday in France; it counts from midnight to midnight. Clocks change on Sundays, so each has exactly 24 hours: what is
asked on one is over at the same time of the next.
"""

from datetime import date, datetime, time, timedelta

KEPT_FOR_VISITORS = timedelta(days=7)
KEPT_FOR_AUTHORS = timedelta(days=30)
WAITING_MAXIMUM = 20
ADVICE_MINIMUM = 20
ADVICE_MAXIMUM = 1000

_DAY = timedelta(days=1)
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)})
_DAYS_AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday


def over_at(asked: datetime) -> datetime:
    """When 24 working hours are over that begin at this moment, an aware one in the time zone of the holidays."""
    begun = asked if is_working_day(asked.date()) else _midnight(_next_working_day(asked.date()), asked)
    last = _next_working_day(begun.date())
    return datetime.combine(last, begun.timetz())


def is_working_day(day: date) -> bool:
    """Whether people work on this day in France."""
    return day.weekday() < 5 and day not in holidays(day.year)


def holidays(year: int) -> frozenset[date]:
    """The public holidays of a year in France (code du travail, article L3133-1)."""
    easter = easter_sunday(year)
    moving = {easter + days * _DAY for days in _DAYS_AFTER_EASTER}
    return frozenset({date(year, month, day) for month, day in _FIXED_HOLIDAYS} | moving)


def easter_sunday(year: int) -> date:
    """Easter of a year of the Gregorian calendar.

    Source: the anonymous algorithm of Nature 13 (20 April 1876), as given by J. Meeus, Astronomical Algorithms, 8.
    """
    century, place = divmod(year, 100)
    golden = year % 19
    leaps, rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - shift + 15) % 30
    quarters, days = divmod(place, 4)
    to_sunday = (32 + 2 * rest + 2 * quarters - epact - days) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _next_working_day(day: date) -> date:
    following = day + _DAY
    while not is_working_day(following):
        following += _DAY
    return following


def _midnight(day: date, moment: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=moment.tzinfo)
