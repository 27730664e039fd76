"""Steps 2 to 4: every ballot is opened and checked, sealed without a name, and its root recorded."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert

from consultation.domain.colleges import College
from consultation.domain.errors import CeremonyRefused
from consultation.domain.social_choice.profile import ranks_blob
from consultation.domain.verifiability import merkle
from consultation.domain.verifiability.commitment import CommittedBallot, InvalidBallotBytes
from consultation.features.ballots.models import Ballot, BallotContent, Keyring, SealedBallot, Step
from consultation.features.ballots.queries import (
    boxes_of,
    eligible_colleges,
    keyring_of,
    sealed_root,
    step_state,
)
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure.boxes import BoxBroken
from consultation.infrastructure.database import session

Record = dict[str, Any]


def check(consultation: Consultation) -> Record:
    """Step 2: root and counts of all ballots, read with the key; CeremonyRefused at the first that is not lawful."""
    return _summary(_checked_ballots(consultation))


def seal(consultation: Consultation) -> Record:
    """Step 3: write the ballots without a name, in commitment order; their root must be that of step 2."""
    ballots = _checked_ballots(consultation)
    if ballots:
        session.execute(insert(SealedBallot), ballots)
    record = _summary(ballots)
    _require(record == step_state(consultation.id, Step.CHECK).record, "changed")
    require_sealed(consultation, record)
    return record


def publish(consultation: Consultation) -> Record:
    """Step 4: root and counts, read again from what is sealed, become the record that anybody may see."""
    record = step_state(consultation.id, Step.SEAL).record or {}
    require_sealed(consultation, record)
    return record


def require_sealed(consultation: Consultation, record: Record) -> None:
    """Refuse to go on unless the sealed ballots have the recorded root."""
    _require(record.get("root") == sealed_root(consultation.id).hex(), "altered")


def _checked_ballots(consultation: Consultation) -> list[dict[str, Any]]:
    """The ballots as rows of `sealed_ballot`, in commitment order."""
    keyring = keyring_of(consultation.id)
    colleges = eligible_colleges(keyring)
    numbers = [recommendation.number for recommendation in recommendations_of(consultation.id)]
    rows = []
    for slot, box in boxes_of(consultation.id):
        _require(slot in colleges, "stranger")
        content = _opened(keyring, slot, box)
        said = _said(content)
        _require(said.consultation == consultation.slug and sorted(said.texts) == numbers, "bytes")
        _require(said.college in (College.CITIZENS, colleges[slot]), "college")
        rows.append(_row(consultation, content, said, numbers))
    rows.sort(key=lambda row: row["commitment"])
    _require(len({row["commitment"] for row in rows}) == len(rows), "duplicate")
    return rows


def _opened(keyring: Keyring, slot: bytes, box: bytes) -> BallotContent:
    try:
        return BallotContent.from_text(keyring.unsealed(Ballot, slot, box))
    except (BoxBroken, json.JSONDecodeError, KeyError) as error:
        raise CeremonyRefused(reason="box") from error


def _said(content: BallotContent) -> CommittedBallot:
    try:
        return content.said()
    except InvalidBallotBytes as error:
        raise CeremonyRefused(reason="bytes") from error


def _row(consultation: Consultation, content: BallotContent, said: CommittedBallot, numbers: list[int]) -> Record:
    return {
        "consultation_id": consultation.id,
        "commitment": content.commitment,
        "college": said.college,
        "salt": content.salt,
        "content": content.ballot,
        "ranks": ranks_blob(said.order, numbers),
    }


def _summary(rows: Iterable[Record]) -> Record:
    listed = list(rows)
    counts = Counter(row["college"] for row in listed)
    return {
        "root": merkle.root([row["commitment"] for row in listed]).hex(),
        "ballots": {college.value: counts[college.value] for college in College},
    }


def _require(condition: bool, reason: str) -> None:
    if not condition:
        raise CeremonyRefused(reason=reason)
