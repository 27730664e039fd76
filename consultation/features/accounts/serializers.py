"""What the pages of an account show."""

from consultation.domain.moderation.charter import ChangedPassage, changes_between
from consultation.infrastructure import charter


def changes_to_accept(accepted: int | None, language: str) -> list[ChangedPassage]:
    """What changed in the charter since the edition that was accepted; nothing where none was, or none is missing."""
    if accepted is None or accepted == charter.in_force():
        return []
    return changes_between(charter.edition(accepted, language), charter.edition(charter.in_force(), language))
