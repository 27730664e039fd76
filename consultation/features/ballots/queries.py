"""Ballots as they are read: one's own while open, all of them without a name after the close."""

import hmac
import json
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from consultation.domain.colleges import College
from consultation.domain.errors import BallotUnreadable, CeremonyRefused, KeyUnavailable
from consultation.domain.social_choice.profile import Profile
from consultation.domain.verifiability import merkle
from consultation.features.accounts.models import Account
from consultation.features.ballots.models import (
    Ballot,
    BallotContent,
    CeremonyRecord,
    Draft,
    Keyring,
    SealedBallot,
    Sheet,
    Step,
    Urn,
    fingerprint_of,
    key_name,
)
from consultation.features.ballots.models.keyring import Row
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure import keys
from consultation.infrastructure.boxes import BoxBroken
from consultation.infrastructure.database import session

REFUSED = "refused"


def keyring_of(consultation_id: uuid.UUID) -> Keyring:
    """The key that the consultation opened with; KeyUnavailable when it is missing or is another one."""
    fingerprint = session.scalar(select(Urn.key_fingerprint).where(Urn.consultation_id == consultation_id))
    try:
        key = keys.store().read(key_name(consultation_id))
    except (keys.KeyMissing, OSError) as error:
        raise KeyUnavailable from error
    if fingerprint is None or not hmac.compare_digest(fingerprint, fingerprint_of(key)):
        raise KeyUnavailable
    return Keyring(consultation_id, key)


def ballot_in(keyring: Keyring, slot: bytes) -> BallotContent | None:
    """The ballot in this slot, or None; BallotUnreadable when what lies there is of another place."""
    box = session.scalar(
        select(Ballot.box).where(Ballot.consultation_id == keyring.consultation_id, Ballot.slot == slot)
    )
    return BallotContent.from_text(_unsealed(keyring, Ballot, slot, box)) if box is not None else None


def draft_in(keyring: Keyring, slot: bytes) -> Sheet | None:
    """The draft in this slot, or None; BallotUnreadable when what lies there is of another place."""
    box = session.scalar(select(Draft.box).where(Draft.consultation_id == keyring.consultation_id, Draft.slot == slot))
    return Sheet.from_text(_unsealed(keyring, Draft, slot, box)) if box is not None else None


def _unsealed(keyring: Keyring, row: Row, slot: bytes, box: bytes) -> bytes:
    try:
        return keyring.unsealed(row, slot, box)
    except BoxBroken as error:
        raise BallotUnreadable from error


def ballot_of(voter: Account, consultation: Consultation) -> BallotContent | None:
    """The ballot that this person has cast, or None."""
    keyring = keyring_of(consultation.id)
    return ballot_in(keyring, keyring.ballot_slot(voter.id))


def draft_of(voter: Account, consultation: Consultation) -> Sheet | None:
    """The draft of this person, or None."""
    keyring = keyring_of(consultation.id)
    return draft_in(keyring, keyring.draft_slot(voter.id))


@dataclass(frozen=True)
class Papers:
    """All that a person has before them: draft, ballot, and the order in which recommendations are presented."""

    draft: Sheet | None
    ballot: BallotContent | None
    presented: list[int]

    @property
    def sheet(self) -> Sheet:
        """What to show: the draft, else the ranking that was cast, else an empty sheet."""
        if self.draft is not None:
            return self.draft
        return Sheet.of(self.ballot.said().order) if self.ballot else Sheet()


def papers_of(voter: Account, consultation: Consultation) -> Papers:
    """The papers of this person, with one reading of the key."""
    keyring = keyring_of(consultation.id)
    numbers = [recommendation.number for recommendation in recommendations_of(consultation.id)]
    return Papers(
        draft=draft_in(keyring, keyring.draft_slot(voter.id)),
        ballot=ballot_in(keyring, keyring.ballot_slot(voter.id)),
        presented=keyring.presented(voter.id, numbers),
    )


def boxes_of(consultation_id: uuid.UUID) -> list[tuple[bytes, bytes]]:
    """Every ballot of the consultation, as slot and box, in the order of slots."""
    found = session.execute(
        select(Ballot.slot, Ballot.box).where(Ballot.consultation_id == consultation_id).order_by(Ballot.slot)
    )
    return [(slot, box) for slot, box in found]


def eligible_colleges(keyring: Keyring) -> dict[bytes, College]:
    """The college of everybody who could cast a ballot, by slot; a sanction leaves the ballot."""
    eligible = or_(Account.confirmed_at.is_not(None), Account.is_synthetic)
    found = session.execute(select(Account.id, Account.college).where(eligible))
    return {keyring.ballot_slot(account_id): College(college) for account_id, college in found}


@dataclass(frozen=True)
class StepState:
    """A step of the ceremony: what it recorded, None while it has not been done."""

    step: Step
    record: dict[str, Any] | None

    @property
    def refusal(self) -> str | None:
        """The code of what stopped it, or None."""
        return self.record.get(REFUSED) if self.record else None

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do in this step."""
        return self.record is not None and self.refusal is None


def step_state(consultation_id: uuid.UUID, step: Step) -> StepState:
    """One step of the ceremony, read anew."""
    record = session.scalar(
        select(CeremonyRecord.record).where(
            CeremonyRecord.consultation_id == consultation_id, CeremonyRecord.step == step
        )
    )
    return StepState(step, json.loads(record) if record is not None else None)


def ceremony_state(consultation: Consultation) -> list[StepState]:
    """The six steps of the ceremony, in order."""
    found = session.execute(
        select(CeremonyRecord.step, CeremonyRecord.record).where(CeremonyRecord.consultation_id == consultation.id)
    )
    records = {step: json.loads(record) for step, record in found}
    return [StepState(step, records.get(step)) for step in Step]


def sealed_root(consultation_id: uuid.UUID) -> bytes:
    """The root over the commitments that are sealed, computed anew (32 bytes)."""
    return merkle.root(
        session.scalars(
            select(SealedBallot.commitment)
            .where(SealedBallot.consultation_id == consultation_id)
            .order_by(SealedBallot.commitment)
        ).all()
    )


def sealed_profiles(consultation: Consultation) -> tuple[bytes, dict[College, Profile]]:
    """The root (32 bytes) and the ballots of each college in commitment order, as they were sealed.

    CeremonyRefused when nothing is sealed, or when what is sealed no longer has the root that was recorded.
    """
    sealed = step_state(consultation.id, Step.SEAL)
    if sealed.record is None or not sealed.is_done:
        raise CeremonyRefused(reason="unsealed")
    found = session.execute(
        select(SealedBallot.commitment, SealedBallot.college, SealedBallot.ranks)
        .where(SealedBallot.consultation_id == consultation.id)
        .order_by(SealedBallot.commitment)
    ).all()
    root = merkle.root([commitment for commitment, _college, _ranks in found])
    if root.hex() != sealed.record["root"]:
        raise CeremonyRefused(reason="altered")
    numbers = [recommendation.number for recommendation in recommendations_of(consultation.id)]
    return root, {
        one: Profile.from_blobs(numbers, [ranks for _commitment, college, ranks in found if college == one])
        for one in College
    }
