"""The chain of roots: how one line names the line before it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from consultation.domain.verifiability.canonical import canonical


def line_hash(line: Mapping[str, object]) -> bytes:
    """Return the SHA-256 of a line's canonical bytes, signature included and the newline after it left out."""
    return hashlib.sha256(canonical(dict(line))).digest()
