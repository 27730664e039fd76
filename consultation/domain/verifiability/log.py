"""The chain of the audit log: each entry is sealed by a digest that holds the one before it.

Whoever keeps one digest can tell later whether any entry up to it was altered, dropped, added or moved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consultation.domain.verifiability.canonical import canonical

BEGINNING = ""


@dataclass(frozen=True)
class Entry:
    """An entry as it is sealed: its moment (ISO 8601, UTC), the name of its event, identifiers as canonical JSON."""

    at: str
    event: str
    identifiers: str


@dataclass(frozen=True)
class Seal:
    """The place of an entry in the chain, from 1, and its digest: SHA-256 in hexadecimal."""

    number: int
    digest: str


@dataclass(frozen=True)
class Fault:
    """Where the chain does not hold, and why: missing (a number is skipped) or altered (the digest is another)."""

    number: int
    kind: str


def sealed(previous: Seal | None, entry: Entry) -> Seal:
    """The seal of the entry that comes after `previous`; None before the first."""
    number = previous.number + 1 if previous else 1
    words = {
        "previous": previous.digest if previous else BEGINNING,
        "number": number,
        "at": entry.at,
        "event": entry.event,
        "identifiers": entry.identifiers,
    }
    return Seal(number, hashlib.sha256(canonical(words)).hexdigest())


def chained(previous: Seal | None, entries: Iterable[Entry]) -> Iterator[Seal]:
    """The seals of entries that come one after another, after `previous`."""
    for entry in entries:
        previous = sealed(previous, entry)
        yield previous


def first_fault(previous: Seal | None, log: Iterable[tuple[Seal, Entry]]) -> Fault | None:
    """The first place, after `previous`, where the log is not what its seals say; None where it is."""
    for found, entry in log:
        due = sealed(previous, entry)
        if found.number != due.number:
            return Fault(due.number, "missing")
        if found.digest != due.digest:
            return Fault(due.number, "altered")
        previous = found
    return None
