"""What is asked of every ballot before it is sealed: box, bytes, college, and a commitment of its own."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consultation.domain.colleges import College
from consultation.domain.social_choice.profile import ranks_blob
from consultation.domain.verifiability import merkle
from consultation.domain.verifiability.commitment import CommittedBallot, InvalidBallotBytes
from consultation.features.ballots.models import Ballot, BallotContent, Keyring
from consultation.features.ballots.queries import boxes_of, eligible_colleges, keyring_of
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure.boxes import BoxBroken

Row = dict[str, Any]


class _Unlawful(Exception):
    """A ballot that must not be counted; its argument is the cause."""


@dataclass(frozen=True)
class Checked:
    """The lawful ballots as rows of `sealed_ballot`, in commitment order, and the number of others by cause."""

    rows: list[Row]
    refused: Mapping[str, int]

    @property
    def root(self) -> bytes:
        """The root over the lawful ballots (32 bytes)."""
        return merkle.root([row["commitment"] for row in self.rows])


def checked(consultation: Consultation) -> Checked:
    """Open and check every ballot, with the key.

    Causes: `stranger` (the slot is of nobody eligible), `box` (it does not open where it lies), `bytes` (not the
    canonical bytes of a ballot of this consultation), `college` (not its voter's), `duplicate` (one commitment twice).
    """
    keyring = keyring_of(consultation.id)
    colleges = eligible_colleges(keyring)
    numbers = [recommendation.number for recommendation in recommendations_of(consultation.id)]
    rows: dict[bytes, Row] = {}
    refused: Counter[str] = Counter()
    for slot, box in boxes_of(consultation.id):
        try:
            row = _row(consultation, _content(keyring, colleges, slot, box), colleges[slot], numbers)
            if row["commitment"] in rows:
                raise _Unlawful("duplicate")
            rows[row["commitment"]] = row
        except _Unlawful as cause:
            refused[str(cause)] += 1
    return Checked([rows[commitment] for commitment in sorted(rows)], refused)


def _content(keyring: Keyring, colleges: Mapping[bytes, College], slot: bytes, box: bytes) -> BallotContent:
    if slot not in colleges:
        raise _Unlawful("stranger")
    try:
        return BallotContent.from_text(keyring.unsealed(Ballot, slot, box))
    except (BoxBroken, json.JSONDecodeError, KeyError) as error:
        raise _Unlawful("box") from error


def _row(consultation: Consultation, content: BallotContent, college: College, numbers: list[int]) -> Row:
    said = _said(content)
    if said.consultation != consultation.slug or sorted(said.texts) != numbers:
        raise _Unlawful("bytes")
    if said.college not in (College.CITIZENS, college):
        raise _Unlawful("college")
    return {
        "consultation_id": consultation.id,
        "commitment": content.commitment,
        "college": said.college,
        "salt": content.salt,
        "content": content.ballot,
        "ranks": ranks_blob(said.order, numbers),
    }


def _said(content: BallotContent) -> CommittedBallot:
    try:
        return content.said()
    except InvalidBallotBytes as error:
        raise _Unlawful("bytes") from error
