"""Events: told in the order of the table, inside the act that they belong to."""

from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError, dataclass

import pytest

from consultation.infrastructure import events
from consultation.infrastructure.events import Event, record
from consultation.wiring import HANDLERS


@dataclass(frozen=True)
class Happened(Event):
    """Something happened to something."""

    identifier: str


@dataclass(frozen=True)
class HappenedElsewhere(Happened):
    """Something that nobody asked to hear of."""


@pytest.fixture
def connect() -> Iterator[Callable[..., None]]:
    """Install handlers of Happened, and the product's own table afterwards."""
    yield lambda *handlers: events.connect({Happened: handlers})
    events.connect(HANDLERS)


def test_handlers_are_told_in_the_order_of_the_table(connect: Callable[..., None]) -> None:
    told: list[tuple[str, str]] = []
    connect(lambda event: told.append(("first", event.identifier)), lambda event: told.append(("second", "")))
    record(Happened("x"))
    assert told == [("first", "x"), ("second", "")]


def test_an_event_is_told_to_those_who_asked_for_its_very_kind(connect: Callable[..., None]) -> None:
    told: list[Event] = []
    connect(told.append)
    record(HappenedElsewhere("x"))
    assert told == []


def test_an_error_in_a_handler_reaches_the_act_and_stops_the_handlers_after_it(connect: Callable[..., None]) -> None:
    told: list[Event] = []

    def failing(_event: Event) -> None:
        raise RuntimeError("this handler fails")

    connect(failing, told.append)
    with pytest.raises(RuntimeError, match="this handler fails"):
        record(Happened("x"))
    assert told == []


def test_a_new_table_replaces_the_former_one(connect: Callable[..., None]) -> None:
    told: list[Event] = []
    connect(told.append)
    connect()
    record(Happened("x"))
    assert told == []


def test_an_event_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Happened("x").identifier = "y"  # type: ignore[misc]
