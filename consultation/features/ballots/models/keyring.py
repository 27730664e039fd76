"""What the key of a consultation allows: naming slots, opening boxes, drawing an order of presentation."""

import hashlib
import hmac
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from consultation.features.ballots.models.record import DayList
from consultation.features.ballots.models.tables import Ballot, Draft
from consultation.infrastructure import boxes

SlotRow = type[Ballot] | type[Draft]
Row = SlotRow | type[DayList]


def key_name(consultation_id: uuid.UUID) -> str:
    """The name of a consultation's key in the key store."""
    return f"ballots-{consultation_id}"


def signing_key_name(consultation_id: uuid.UUID, generation: int, *, fictional: bool) -> str:
    """The name of a signing key in the key store; generation 1 signs from the opening to the first rotation.

    The store of a production refuses the names of a demonstration's keys.
    """
    return f"{'demonstration-' if fictional else ''}signing-{consultation_id}-{generation}"


def fingerprint_of(key: bytes) -> bytes:
    """What tells a key from any other without giving it away (32 bytes)."""
    return hashlib.sha256(b"consultation:key:1\0" + key).digest()


@dataclass(frozen=True)
class Keyring:
    """The key of one consultation, read for one act and forgotten after it."""

    consultation_id: uuid.UUID
    key: bytes = field(repr=False)

    def ballot_slot(self, account_id: uuid.UUID) -> bytes:
        """Where the ballot of this account is (32 bytes)."""
        return _hmac(self._sub("slot"), account_id.bytes)

    def draft_slot(self, account_id: uuid.UUID) -> bytes:
        """Where the draft of this account is (32 bytes)."""
        return _hmac(self._sub("draft"), account_id.bytes)

    def seal(self, row: Row, slot: bytes, text: bytes) -> bytes:
        """A box that opens in this table, consultation and slot alone."""
        return boxes.seal(self._sub("box"), text, self._place(row, slot))

    def unsealed(self, row: Row, slot: bytes, box: bytes) -> bytes:
        """The text of a box found in this slot; BoxBroken when it was not sealed for it."""
        return boxes.unsealed(self._sub("box"), box, self._place(row, slot))

    def presented(self, account_id: uuid.UUID, numbers: Iterable[int]) -> list[int]:
        """Recommendations in the order drawn for this account: the same at each visit, and stored nowhere."""
        drawn = _hmac(self._sub("order"), account_id.bytes)
        return sorted(numbers, key=lambda number: _hmac(drawn, number.to_bytes(4)))

    def _place(self, row: Row, slot: bytes) -> bytes:
        return row.__tablename__.encode() + b"\0" + self.consultation_id.bytes + slot

    def _sub(self, purpose: str) -> bytes:
        return _hmac(self.key, f"consultation:{purpose}:1".encode())


def _hmac(key: bytes, text: bytes) -> bytes:
    return hmac.digest(key, text, "sha256")
