"""The log keeps every event that the wiring sends to it, and forgets who is behind its identifiers when they leave."""

from consultation.features.audit.services import forget_persons, write_entry
from consultation.infrastructure.events import Event


def log(event: Event) -> None:
    """Keep an event by its name and identifiers; NotCanonical when it carries anything but identifiers and numbers."""
    write_entry(event)


def forget_persons_of(event: Event) -> None:
    """From now on nothing tells whom the log means by the identifiers of those whom this event names."""
    forget_persons(event)
