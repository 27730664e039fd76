"""A comment held for a reading waits 24 hours of working days, whatever the week holds."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.deliberation.waiting import easter_sunday, holidays, is_working_day, over_at

PARIS = ZoneInfo("Europe/Paris")


# Hypothesis draws naive moments, which the test puts in Paris.
_FIRST, _LAST = datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2100-01-01")


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("asked", "over"),
    [
        ("2018-01-31 10:00", "2018-02-01 10:00"),  # Wednesday to Thursday
        ("2018-02-02 18:30", "2018-02-05 18:30"),  # Friday to Monday
        ("2018-02-03 09:00", "2018-02-06 00:00"),  # Saturday: counted from Monday, 0 h
        ("2018-02-04 23:59", "2018-02-06 00:00"),  # Sunday as well
        ("2018-02-05 00:00", "2018-02-06 00:00"),
        ("2018-03-30 12:00", "2018-04-03 12:00"),  # Friday before Easter to Tuesday after it
        ("2018-05-07 12:00", "2018-05-09 12:00"),  # over 8 May
        ("2018-05-09 12:00", "2018-05-11 12:00"),  # over Ascension
        ("2018-05-10 12:00", "2018-05-14 00:00"),  # asked on Ascension: Friday counts, then Monday at 0 h
        ("2018-12-24 20:00", "2018-12-26 20:00"),  # over Christmas
        ("2018-12-31 20:00", "2019-01-02 20:00"),  # over New Year
        ("2026-05-22 08:00", "2026-05-26 08:00"),  # over Whit Monday
        ("2018-03-23 02:30", "2018-03-26 02:30"),  # clocks go forward on Sunday
        ("2018-10-26 02:30", "2018-10-29 02:30"),  # clocks go back on Sunday
    ],
)
def test_a_reading_is_over_after_twenty_four_hours_of_working_days(asked: str, over: str) -> None:
    assert over_at(paris(asked)) == paris(over)


def test_the_hour_that_a_change_of_clock_takes_or_gives_is_no_working_hour() -> None:
    forward = over_at(paris("2018-03-23 12:00")).astimezone(UTC) - paris("2018-03-23 12:00").astimezone(UTC)
    back = over_at(paris("2018-10-26 12:00")).astimezone(UTC) - paris("2018-10-26 12:00").astimezone(UTC)
    assert (forward, back) == (timedelta(hours=71), timedelta(hours=73))


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1818, "1818-03-22"), (1943, "1943-04-25"), (1954, "1954-04-18"), (1981, "1981-04-19"), (2000, "2000-04-23"),
        (2018, "2018-04-01"), (2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2038, "2038-04-25"),
        (2049, "2049-04-18"),
    ],
)  # fmt: skip
def test_easter_falls_where_calendars_print_it(year: int, day: str) -> None:
    assert easter_sunday(year) == date.fromisoformat(day)


def test_france_has_eleven_public_holidays() -> None:
    assert sorted(day.strftime("%m-%d") for day in holidays(2026)) == [
        "01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "08-15", "11-01", "11-11", "12-25",
    ]  # fmt: skip


@given(st.datetimes(_FIRST, _LAST), st.sampled_from([0, 1]))
def test_exactly_one_working_day_passes_before_a_reading_is_over(naive: datetime, fold: int) -> None:
    asked = naive.replace(tzinfo=PARIS, fold=fold)
    over = over_at(asked)
    assert is_working_day(over.date())
    assert asked.astimezone(UTC) < over.astimezone(UTC)
    days = [asked.date() + timedelta(days=n) for n in range((over.date() - asked.date()).days + 1)]
    worked = sum(map(is_working_day, days)) - 1
    assert worked == 1
    assert over.time() == (asked.time() if is_working_day(asked.date()) else datetime.min.time())
