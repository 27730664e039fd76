"""How soon somebody is written to, with the time given and the clock changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.deliberation.paces import PAUSE, Pace, next_mail, next_monday, next_morning

PARIS = ZoneInfo("Europe/Paris")


def paris(text: str) -> datetime:
    """A moment of the wall clock in Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-03-12T06:59:59", "2026-03-12T07:00"),
        ("2026-03-12T07:00:00", "2026-03-13T07:00"),
        ("2026-03-12T23:30:00", "2026-03-13T07:00"),
        ("2026-03-28T12:00:00", "2026-03-29T07:00"),  # the night of the change to summer time
        ("2026-10-24T12:00:00", "2026-10-25T07:00"),  # and of the change back
        ("2026-12-31T08:00:00", "2027-01-01T07:00"),
    ],
)
def test_a_daily_summary_leaves_at_the_next_seven_o_clock_in_paris(now: str, morning: str) -> None:
    found = next_mail(Pace.DAILY, paris(now).astimezone(UTC), None, PARIS)
    assert found == paris(morning)
    assert (found.astimezone(PARIS).hour, found.astimezone(PARIS).minute) == (7, 0)


def test_the_nights_of_the_changed_clock_are_an_hour_shorter_and_longer() -> None:
    for day, hours in (("2026-03-28", 23), ("2026-10-24", 25), ("2026-05-10", 24)):
        morning = paris(f"{day}T07:00").astimezone(UTC)
        assert next_morning(morning, PARIS).astimezone(UTC) - morning == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        ("2026-03-12T12:00", "2026-03-16T07:00"),
        ("2026-03-16T06:00", "2026-03-16T07:00"),
        ("2026-03-16T07:00", "2026-03-23T07:00"),
        ("2026-03-28T12:00", "2026-03-30T07:00"),
    ],
)
def test_a_weekly_summary_leaves_on_monday_at_seven(now: str, monday: str) -> None:
    assert next_mail(Pace.WEEKLY, paris(now).astimezone(UTC), None, PARIS) == paris(monday)


# Hypothesis adds the zone to bounds that have none.
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS)
def test_every_summary_is_to_come_and_falls_on_its_hour_and_day(now: datetime) -> None:
    morning, monday = next_morning(now, PARIS).astimezone(UTC), next_monday(now, PARIS).astimezone(UTC)
    assert now < morning <= now + timedelta(hours=25)
    assert morning <= monday <= now + timedelta(days=7, hours=1)
    for moment in (morning, monday):
        assert moment.astimezone(PARIS).hour == 7
    assert monday.astimezone(PARIS).weekday() == 0


def test_at_once_is_now_and_then_after_a_pause() -> None:
    now = datetime(2026, 3, 12, 12, tzinfo=UTC)
    assert next_mail(Pace.AT_ONCE, now, None, PARIS) == now
    assert next_mail(Pace.AT_ONCE, now, now - PAUSE, PARIS) == now
    assert next_mail(Pace.AT_ONCE, now, now - PAUSE / 2, PARIS) == now + PAUSE


def test_only_following_in_the_product_sends_no_mail() -> None:
    assert [pace for pace in Pace if not pace.is_by_mail] == [Pace.PRODUCT]
