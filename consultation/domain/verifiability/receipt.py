"""Receipts: what the platform signs when a ballot is cast (docs/formats.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from consultation.domain.verifiability.canonical import canonical

FORMAT = 1
RECEIPT_PREFIX = b"consultation:receipt:1\0"
FICTIONAL_KEY = "donnees-fictives-"
KEY_DIGITS = 16


@dataclass(frozen=True)
class Receipt:
    """A statement that this ballot is held on this day; the platform's signature lets its owner prove a fault.

    `random` and `commitment` have 32 bytes, `line` is the hash of the chain's last line (32 bytes): two receipts then
    expose two chains. `signer` is the public key (32 bytes). `notice` is said of invented ballots only.
    """

    consultation: str
    ballot: bytes
    random: bytes
    note: str
    commitment: bytes
    day: str
    line: bytes
    signer: bytes
    notice: str = ""

    @property
    def key(self) -> str:
        """The name of the signing key."""
        return key_id(self.signer, fictional=bool(self.notice))

    @property
    def content(self) -> dict[str, Any]:
        """What is signed."""
        content: dict[str, Any] = {
            "ballot": self.ballot.decode(),
            "commitment": self.commitment.hex(),
            "consultation": self.consultation,
            "day": self.day,
            "key": self.key,
            "line": self.line.hex(),
            "random": self.random.hex(),
            "signer": self.signer.hex(),
            "v": FORMAT,
        }
        optional = {"note": self.note, "notice": self.notice}
        return content | {name: said for name, said in optional.items() if said}

    def signed(self, sign: Callable[[bytes], bytes]) -> bytes:
        """Return the canonical receipt with its signature."""
        content = self.content
        signature = sign(RECEIPT_PREFIX + canonical(content)).hex()
        return canonical({**content, "signature": signature})


def key_id(public_key: bytes, *, fictional: bool) -> str:
    """Return the name of a signing key: 16 hexadecimal digits of its SHA-256; one of invented data says so."""
    digits = hashlib.sha256(public_key).hexdigest()[:KEY_DIGITS]
    return f"{FICTIONAL_KEY}{digits}" if fictional else digits
