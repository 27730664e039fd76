"""Events: what happened, told to those who asked, inside the transaction in which it happened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Event:
    """Something that happened: identifiers only, never a text, a name or an address, for the log is for ever."""


Handler = Callable[[Any], None]
_handlers: dict[type[Event], tuple[Handler, ...]] = {}


def connect(table: Mapping[type[Event], Sequence[Handler]]) -> None:
    """Install the table of what follows from what; it replaces the former one."""
    _handlers.clear()
    _handlers.update({event: tuple(handlers) for event, handlers in table.items()})


def record(event: Event) -> None:
    """Tell every handler of this event, in the table's order; an error in one undoes the act with it."""
    for handler in _handlers.get(type(event), ()):
        handler(event)
