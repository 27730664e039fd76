"""All ballots together: in their boxes while open, without a name after the close."""

import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import Select, or_, select

from consultation.domain.colleges import College
from consultation.domain.errors import CeremonyRefused
from consultation.domain.social_choice.profile import Profile
from consultation.domain.verifiability import merkle
from consultation.features.accounts.models import Account
from consultation.features.ballots.models import Ballot, Keyring, SealedBallot, Step
from consultation.features.ballots.queries.ceremony import step_state
from consultation.features.ballots.queries.openings import require_openings
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure.database import plain_rows, session


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


def commitments_query(consultation_id: uuid.UUID) -> Select[bytes]:
    """What reads the sealed commitments in their order, on the database or on its replica."""
    return (
        select(SealedBallot.commitment)
        .where(SealedBallot.consultation_id == consultation_id)
        .order_by(SealedBallot.commitment)
    )


def sealed_commitments(consultation_id: uuid.UUID) -> Sequence[bytes]:
    """The commitments that are sealed (32 bytes each), in ascending order."""
    return session.scalars(commitments_query(consultation_id)).all()


def sealed_root(consultation_id: uuid.UUID) -> bytes:
    """The root over the commitments that are sealed, computed anew (32 bytes)."""
    return merkle.root(sealed_commitments(consultation_id))


def openings_of(consultation_id: uuid.UUID) -> Iterator[tuple[bytes, bytes]]:
    """The salt and the bytes of every sealed ballot, in the order of commitments."""
    found = session.execute(
        select(SealedBallot.salt, SealedBallot.content)
        .where(SealedBallot.consultation_id == consultation_id)
        .order_by(SealedBallot.commitment)
    )
    return ((salt, content) for salt, content in found if salt is not None and content is not None)


def sealed_profiles(consultation: Consultation) -> tuple[bytes, dict[College, Profile]]:
    """The root (32 bytes) and the ballots of each college in commitment order, as they were sealed.

    CeremonyRefused when nothing is sealed, or when what is sealed no longer has the root that was recorded.
    """
    sealed = step_state(consultation.id, Step.SEAL)
    if sealed.record is None or not sealed.is_done:
        raise CeremonyRefused(reason="unsealed")
    require_openings(consultation.id)
    found = plain_rows(
        select(SealedBallot.commitment, SealedBallot.college, SealedBallot.ranks)
        .where(SealedBallot.consultation_id == consultation.id)
        .order_by(SealedBallot.commitment)
    )
    root = merkle.root([commitment for commitment, _college, _ranks in found])
    if root.hex() != sealed.record["root"]:
        raise CeremonyRefused(reason="altered")
    numbers = [recommendation.number for recommendation in recommendations_of(consultation.id)]
    return root, {
        one: Profile.from_blobs(numbers, [ranks for _commitment, college, ranks in found if college == one])
        for one in College
    }
