"""Threads have one level of indentation: a reply to a reply stands under the same comment and names whom it answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a comment stands: under which comment, if any, and which reply it answers, if any."""

    parent_id: str | None = None
    answered_id: str | None = None


ROOT = Place()


def place_of_reply(target_id: str, target_parent_id: str | None) -> Place:
    """The place of a reply to the target, which is itself a reply where it has a parent."""
    if target_parent_id is None:
        return Place(parent_id=target_id)
    return Place(parent_id=target_parent_id, answered_id=target_id)
