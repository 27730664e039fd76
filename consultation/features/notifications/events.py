"""What happens around following that other acts follow from: never stored, for who follows what is nobody's concern."""

from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class PaceChanged(Event):
    """Somebody who had a mail set wants it at another pace."""

    subscription_id: str
