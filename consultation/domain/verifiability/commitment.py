"""What a participant commits to: the canonical bytes of a ballot, its salt and its commitment."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consultation.domain.social_choice.ranking import UnknownAlternative, WeakOrder
from consultation.domain.verifiability.canonical import canonical

VERSION = 1
SALT_PREFIX = b"consultation:salt:1\0"
COMMITMENT_PREFIX = b"consultation:ballot:1\0"
RANDOM_BYTES = 32
NOTE_CHARACTERS = 60


class InvalidBallotBytes(ValueError):
    """Bytes that are not those of a ballot in canonical form."""


@dataclass(frozen=True)
class CommittedBallot:
    """What the bytes of a ballot say; `texts` gives, for each recommendation, the version of its text that was seen."""

    college: str
    consultation: str
    order: WeakOrder
    texts: Mapping[int, int]

    def __post_init__(self) -> None:
        """Refuse a recommendation ranked without naming its text, and a number or a version below 1."""
        if not set(self.order.ranked()) <= self.texts.keys():
            raise UnknownAlternative("a ballot names the text of each recommendation that it ranks")
        if min(self.texts) < 1 or min(self.texts.values()) < 1:
            raise ValueError("recommendations and the versions of their texts are numbered from 1")

    def to_bytes(self) -> bytes:
        """Return the canonical bytes that are committed to."""
        return canonical(
            {
                "college": self.college,
                "consultation": self.consultation,
                "ranking": [list(tier) for tier in self.order],
                "texts": [[number, version] for number, version in sorted(self.texts.items())],
                "unranked": list(self.order.unranked(self.texts)),
                "v": VERSION,
            }
        )


def parse_ballot(ballot: bytes) -> CommittedBallot:
    """Read the bytes of a ballot back; they must be exactly those that their content gives (InvalidBallotBytes)."""
    try:
        content: dict[str, Any] = json.loads(ballot)
        # Each value is forced into its type: one that was of another type is then written back otherwise, and refused.
        parsed = CommittedBallot(
            college=str(content["college"]),
            consultation=str(content["consultation"]),
            order=WeakOrder.from_tiers([int(number) for number in tier] for tier in content["ranking"]),
            texts={int(number): int(version) for number, version in content["texts"]},
        )
        rewritten = parsed.to_bytes()
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise InvalidBallotBytes("the bytes do not describe a ballot") from error
    if rewritten != ballot:
        raise InvalidBallotBytes("the bytes of the ballot are not canonical")
    return parsed


def salt(random: bytes, note: str = "") -> bytes:
    """Return the 32-byte salt of a ballot from its 32 random bytes and the participant's note."""
    note = unicodedata.normalize("NFC", note)
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"a salt is made from {RANDOM_BYTES} random bytes")
    if len(note) > NOTE_CHARACTERS:
        raise ValueError(f"a note has at most {NOTE_CHARACTERS} characters")
    return hashlib.sha256(SALT_PREFIX + random + note.encode()).digest()


def commitment(salted: bytes, ballot: bytes) -> bytes:
    """Return the 32-byte commitment to a ballot's bytes under its 32-byte salt."""
    if len(salted) != hashlib.sha256().digest_size:
        raise ValueError("a salt has 32 bytes")
    return hashlib.sha256(COMMITMENT_PREFIX + salted + ballot).digest()
