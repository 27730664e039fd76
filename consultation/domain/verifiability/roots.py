"""The chain of roots: each line names the line before it and is signed (docs/formats.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from consultation.domain.verifiability.canonical import canonical

FORMAT = 1
LINE_PREFIX = b"consultation:line:1\0"
SIGNATURES = ("signature", "countersignature")
FICTIONAL = "données fictives"

Line = Mapping[str, Any]
Sign = Callable[[bytes], bytes]


class LineType(StrEnum):
    """What a line of the chain says."""

    OPEN = "open"
    PLAN = "plan"
    TEXTS = "texts"
    KEY = "key"
    DAY = "day"
    FINAL = "final"
    RELEASE = "release"


def next_line(
    former: Line | None, kind: LineType, *, consultation: str, day: str, notice: str = "", **said: object
) -> dict[str, Any]:
    """Return an unsigned line that follows `former` (None for the first), dated by an ISO day in Paris."""
    line: dict[str, Any] = {"v": FORMAT, "type": kind.value, "consultation": consultation, "day": day, **said}
    line["n"] = 1 if former is None else former["n"] + 1
    if former is not None:
        line["previous"] = line_hash(former).hex()
    return {**line, "notice": notice} if notice else line


def signed(line: Line, sign: Sign, countersign: Sign | None = None) -> dict[str, Any]:
    """Return the line with its signature; a new key is introduced by the former one and countersigns itself."""
    message = signed_bytes(line)
    whole = {**line, "signature": sign(message).hex()}
    return {**whole, "countersignature": countersign(message).hex()} if countersign else whole


def signed_bytes(line: Line) -> bytes:
    """Return what the signatures of a line are made over."""
    return LINE_PREFIX + canonical({name: value for name, value in line.items() if name not in SIGNATURES})


def line_hash(line: Line) -> bytes:
    """Return the SHA-256 of a line's canonical bytes, signatures included and the newline after it left out."""
    return hashlib.sha256(canonical(dict(line))).digest()
