"""Where a commitment stands while ballots are taken."""

from dataclasses import dataclass

from consultation.domain.verifiability import merkle
from consultation.domain.verifiability.merkle import HASH_BYTES
from consultation.domain.verifiability.roots import LineType
from consultation.features.ballots.models import Ballot, BallotContent, DayList, Keyring
from consultation.features.ballots.queries.chain import Line, last_line_of_type
from consultation.features.ballots.queries.papers import keyring_of, unsealed
from consultation.features.ballots.queries.sealed import boxes_of
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import session

DAY_SLOT = b""


@dataclass(frozen=True)
class InDay:
    """A commitment that the line of a day covers, with its proof: hashes from the leaf upwards (32 bytes each)."""

    line: Line
    index: int
    proof: list[bytes]


@dataclass(frozen=True)
class Standing:
    """Where a commitment stands: in the line of a day, recorded since, or, where neither is so, not held."""

    in_day: InDay | None
    is_recorded: bool


def listed_in(keyring: Keyring) -> set[bytes]:
    """The commitments (32 bytes each) behind the last line of a day; none before the first."""
    return set(_day_list(keyring))


def standing_of(consultation: Consultation, commitment: bytes) -> Standing:
    """Look for a commitment (32 bytes) among the ballots held, with the key; nothing is noted of the question."""
    keyring = keyring_of(consultation.id)
    return Standing(_in_day(keyring, commitment), commitment in commitments_held(keyring))


def commitments_held(keyring: Keyring) -> list[bytes]:
    """The commitment of every ballot that counts at this moment (32 bytes each), in the order of slots."""
    boxes = boxes_of(keyring.consultation_id)
    return [BallotContent.from_text(unsealed(keyring, Ballot, slot, box)).commitment for slot, box in boxes]


def _in_day(keyring: Keyring, commitment: bytes) -> InDay | None:
    listed = _day_list(keyring)
    line = last_line_of_type(keyring.consultation_id, LineType.DAY)
    if line is None or commitment not in listed:
        return None
    index = listed.index(commitment)
    return InDay(line, index, merkle.inclusion_proof(listed, index))


def _day_list(keyring: Keyring) -> list[bytes]:
    row = session.get(DayList, keyring.consultation_id, populate_existing=True)
    if row is None:
        return []
    listed = bytes.fromhex(unsealed(keyring, DayList, DAY_SLOT, row.box).decode().rstrip())
    return [listed[start : start + HASH_BYTES] for start in range(0, len(listed), HASH_BYTES)]
