"""Ballots of people who leave or lose their proof, taken out of every consultation that is still open.

Each removal is a transaction that touches ballots and drafts alone: beside the row of an account or of a job, the mark
that a database leaves on all rows of one transaction would tell whose they were. A removal can be run again: it looks
at what lies there. After the fence nothing is removed, as whoever cast a ballot was told.
"""

import uuid
from collections.abc import Callable

from consultation.domain.colleges import College
from consultation.domain.errors import BallotUnreadable, KeyUnavailable, Unavailable
from consultation.domain.phases import Phase
from consultation.features.ballots.models import Ballot, Draft, Keyring
from consultation.features.ballots.queries import ballot_in, keyring_of
from consultation.features.ballots.services.locks import hold_fence_off, hold_slot
from consultation.features.ballots.services.rows import is_taken, remove
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import consultations_in
from consultation.infrastructure.database import session

Held = Callable[[Keyring, uuid.UUID], bool]


def has_papers(account_id: uuid.UUID) -> bool:
    """Whether a ballot or draft of this account lies in any open consultation; KeyUnavailable where one cannot tell."""
    return _is_held(account_id, _holds_papers)


def has_physicians_ballot(account_id: uuid.UUID) -> bool:
    """Whether this account has cast among physicians in an open one; KeyUnavailable, BallotUnreadable as above."""
    return _is_held(account_id, _holds_physicians_ballot)


def take_out_papers(account_id: uuid.UUID) -> None:
    """Delete the ballot and the draft of this account in every open consultation; commits each."""

    def take_out(keyring: Keyring) -> None:
        remove(Ballot, keyring, keyring.ballot_slot(account_id))
        remove(Draft, keyring, keyring.draft_slot(account_id))

    _in_each(account_id, take_out)


def take_out_physicians_ballot(account_id: uuid.UUID) -> None:
    """Delete what this account cast among physicians in every open consultation; commits each.

    A draft stays, and so does a ballot cast among citizens: it counts as its receipt says.
    """

    def take_out(keyring: Keyring) -> None:
        if _holds_physicians_ballot(keyring, account_id):
            remove(Ballot, keyring, keyring.ballot_slot(account_id))

    _in_each(account_id, take_out)


def _in_each(account_id: uuid.UUID, take_out: Callable[[Keyring], None]) -> None:
    """Do this in every open consultation; one that cannot be read stays as it is, and keeps no other from it."""
    for consultation in consultations_in(Phase.OPEN):
        try:
            keyring = _held(consultation, account_id)
            if consultation.phase == Phase.OPEN:
                take_out(keyring)
            session.commit()
        except (KeyUnavailable, BallotUnreadable):
            session.rollback()


def _held(consultation: Consultation, account_id: uuid.UUID) -> Keyring:
    """The key, once the fence waits for this transaction and so does, and did, any cast of this person."""
    hold_fence_off(consultation)
    keyring = keyring_of(consultation.id)
    hold_slot(keyring.ballot_slot(account_id))
    return keyring


def _is_held(account_id: uuid.UUID, held: Held) -> bool:
    """Ask each open consultation, and only after a no from all that can tell raise what keeps another from telling."""
    untold: Unavailable | None = None
    for consultation in consultations_in(Phase.OPEN):
        try:
            if held(keyring_of(consultation.id), account_id):
                return True
        except (KeyUnavailable, BallotUnreadable) as error:
            untold = error
    if untold is not None:
        raise untold
    return False


def _holds_papers(keyring: Keyring, account_id: uuid.UUID) -> bool:
    return is_taken(Ballot, keyring, keyring.ballot_slot(account_id)) or is_taken(
        Draft, keyring, keyring.draft_slot(account_id)
    )


def _holds_physicians_ballot(keyring: Keyring, account_id: uuid.UUID) -> bool:
    content = ballot_in(keyring, keyring.ballot_slot(account_id))
    return content is not None and content.said().college == College.PHYSICIANS
