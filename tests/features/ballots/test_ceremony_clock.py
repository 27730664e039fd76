"""The clock of the close: its last moment, the days on which clocks change, and a clock that goes back."""

from datetime import UTC, datetime, timedelta

import pytest
from features.ballots.conftest import ORDERS

from consultation.domain.errors import NotOpen
from consultation.domain.phases import Phase
from consultation.domain.verifiability.roots import LineType
from consultation.features.ballots.jobs import next_line_at
from consultation.features.ballots.models import CONSENT_VERSION
from consultation.features.ballots.queries.chain import chain_of
from consultation.features.ballots.services import add_day_line, begin_closing, cast_ballot, close
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import audits, clock, deposit
from consultation.infrastructure.clock import PARIS
from consultation.infrastructure.database import session

INSTANT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
SUNDAY = 6
# In autumn the hour from 2 to 3 comes twice, in spring not at all.
CLOSINGS = {
    "autumn, the first half past two": (datetime(2026, 10, 25, 2, 30, tzinfo=PARIS), (0, 30)),
    "autumn, the second half past two": (datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=1), (1, 30)),
    "autumn, that evening": (datetime(2026, 10, 25, 20, 0, tzinfo=PARIS), (19, 0)),
    "spring, three o’clock": (datetime(2026, 3, 29, 3, 0, tzinfo=PARIS), (1, 0)),
    "spring, that evening": (datetime(2026, 3, 29, 20, 0, tzinfo=PARIS), (18, 0)),
}


def cast_five(consultation: Consultation, people) -> None:
    for _ in range(5):
        cast_ballot(people.citizen(), consultation, ORDERS[0], CONSENT_VERSION)
    session.commit()


@pytest.mark.parametrize("named", CLOSINGS)
def test_the_last_moment_is_the_same_whatever_clocks_on_walls_show(
    named: str, open_consultation: Consultation, people
) -> None:
    closes_at, in_utc = CLOSINGS[named]
    opened = closes_at.astimezone(UTC) - timedelta(days=2)
    open_consultation.opens_at, open_consultation.opened_at, open_consultation.closes_at = opened, opened, closes_at
    voter = people.citizen()
    session.refresh(open_consultation)
    last = open_consultation.closes_at
    assert (last.astimezone(UTC).hour, last.astimezone(UTC).minute) == in_utc
    for moment in (last - HOUR, last - INSTANT):
        with clock.standing_at(moment):
            cast_ballot(voter, open_consultation, ORDERS[0], CONSENT_VERSION)
    for moment in (last, last + HOUR):
        with clock.standing_at(moment), pytest.raises(NotOpen):
            cast_ballot(voter, open_consultation, ORDERS[1], CONSENT_VERSION)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2026, 10, 24, 22, 5, tzinfo=UTC), datetime(2026, 10, 25, 23, 10, tzinfo=UTC)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), datetime(2026, 10, 25, 23, 10, tzinfo=UTC)),
        (datetime(2026, 3, 28, 23, 10, tzinfo=UTC), datetime(2026, 3, 29, 22, 10, tzinfo=UTC)),
        (datetime(2026, 3, 29, 22, 10, tzinfo=UTC), datetime(2026, 3, 30, 22, 10, tzinfo=UTC)),
    ],
)
def test_the_line_of_a_day_is_due_after_midnight_in_paris_on_days_of_23_and_25_hours(
    moment: datetime, due: datetime
) -> None:
    with clock.standing_at(moment):
        assert next_line_at().astimezone(UTC) == due


def test_a_day_of_25_hours_has_one_line(open_consultation: Consultation, people) -> None:
    year = clock.today().year + 1  # after the opening, whose line comes first
    sunday = max(day for day in range(25, 32) if datetime(year, 10, day, tzinfo=UTC).weekday() == SUNDAY)
    midnight = datetime(year, 10, sunday, tzinfo=PARIS).astimezone(UTC)
    open_consultation.closes_at = midnight + timedelta(days=3)
    days = []
    for hour in (0, 1, 2, 24, 25):
        with clock.standing_at(midnight + hour * HOUR):
            cast_five(open_consultation, people)
            if line := add_day_line(open_consultation):
                days.append(line["day"])
    first = midnight.astimezone(PARIS).date()
    assert days == [first.isoformat(), (first + timedelta(days=1)).isoformat()]


def test_a_clock_that_goes_back_after_the_fence_opens_nothing(open_consultation: Consultation, people) -> None:
    voter = people.citizen()
    with clock.standing_at(open_consultation.closes_at):
        begin_closing(None, open_consultation)
        session.commit()
    for moment in (open_consultation.closes_at - HOUR, open_consultation.opens_at):
        with clock.standing_at(moment), pytest.raises(NotOpen):
            cast_ballot(voter, open_consultation, ORDERS[0], CONSENT_VERSION)


@pytest.mark.parametrize("back", [HOUR, timedelta(days=1), timedelta(days=2)])
def test_a_clock_that_goes_back_before_the_close_leaves_a_chain_that_auditors_accept(
    back: timedelta, open_consultation: Consultation, people
) -> None:
    cast_five(open_consultation, people)
    add_day_line(open_consultation)
    session.commit()
    with clock.standing_at(clock.now() - back):
        close(open_consultation)
    assert open_consultation.phase == Phase.CLOSED
    lines = chain_of(open_consultation.id)
    assert [line["type"] for line in lines][-2:] == [LineType.DAY, LineType.FINAL]
    assert lines[-1]["day"] >= lines[-2]["day"]
    assert audits.faults_of(deposit.place_of("test.zip")) == []
