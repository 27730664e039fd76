"""The phases of a consultation and the lawful moves between them."""

from enum import StrEnum

from consultation.domain.errors import UnlawfulMove


class Phase(StrEnum):
    """Where a consultation stands; CLOSING lasts as long as the ceremony."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    PUBLISHED = "published"


_LAWFUL = {
    (Phase.DRAFT, Phase.OPEN),
    (Phase.OPEN, Phase.CLOSING),
    (Phase.CLOSING, Phase.CLOSED),
    (Phase.CLOSED, Phase.PUBLISHED),
}


def moved(current: Phase, target: Phase) -> Phase:
    """The target when the move is lawful; UnlawfulMove otherwise (nothing reopens, nothing is skipped)."""
    if (current, target) not in _LAWFUL:
        raise UnlawfulMove(current=current.value, target=target.value)
    return target
