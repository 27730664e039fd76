"""One's own papers while ballots are taken, read with the key of the consultation."""

import hmac
import uuid
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from consultation.domain.errors import BallotUnreadable, KeyUnavailable
from consultation.features.accounts.models import Account
from consultation.features.ballots.models import (
    Ballot,
    BallotContent,
    Draft,
    Keyring,
    Sheet,
    Urn,
    fingerprint_of,
    key_name,
)
from consultation.features.ballots.models.holders import Holder, Visitor
from consultation.features.ballots.models.keyring import Row
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure import keys
from consultation.infrastructure.boxes import BoxBroken
from consultation.infrastructure.database import session

# Asked at every cast: written once.
_FINGERPRINT = select(Urn.key_fingerprint).where(Urn.consultation_id == bindparam("consultation"))
_BALLOT = select(Ballot.box).where(
    Ballot.consultation_id == bindparam("consultation"), Ballot.slot == bindparam("slot")
)


def keyring_of(consultation_id: uuid.UUID) -> Keyring:
    """The key that the consultation opened with; KeyUnavailable when it is missing or is another one."""
    fingerprint = session.scalar(_FINGERPRINT, {"consultation": consultation_id})
    return proven(keyring_at_hand(consultation_id), fingerprint)


def keyring_at_hand(consultation_id: uuid.UUID) -> Keyring:
    """The key that the store has, which names slots before it is `proven`; KeyUnavailable when it is missing."""
    try:
        return Keyring(consultation_id, keys.store().read(key_name(consultation_id)))
    except (keys.KeyMissing, OSError) as error:
        raise KeyUnavailable from error


def proven(keyring: Keyring, fingerprint: bytes | None) -> Keyring:
    """The same keyring, once it is that of the fingerprint with which the consultation opened; else KeyUnavailable."""
    if fingerprint is None or not hmac.compare_digest(fingerprint, fingerprint_of(keyring.key)):
        raise KeyUnavailable
    return keyring


def ballot_in(keyring: Keyring, slot: bytes) -> BallotContent | None:
    """The ballot in this slot, or None; BallotUnreadable when what lies there is of another place."""
    box = session.scalar(_BALLOT, {"consultation": keyring.consultation_id, "slot": slot})
    return ballot_of_box(keyring, slot, box)


def ballot_of_box(keyring: Keyring, slot: bytes, box: bytes | None) -> BallotContent | None:
    """The ballot that was found in this slot, if there was one; BallotUnreadable when it is of another place."""
    return BallotContent.from_text(unsealed(keyring, Ballot, slot, box)) if box is not None else None


def draft_in(keyring: Keyring, slot: bytes) -> Sheet | None:
    """The draft in this slot, or None; BallotUnreadable when what lies there is of another place."""
    box = session.scalar(select(Draft.box).where(Draft.consultation_id == keyring.consultation_id, Draft.slot == slot))
    return Sheet.from_text(unsealed(keyring, Draft, slot, box)) if box is not None else None


def unsealed(keyring: Keyring, row: Row, slot: bytes, box: bytes) -> bytes:
    """The text of a box found in this slot; BallotUnreadable when it is of another place."""
    try:
        return keyring.unsealed(row, slot, box)
    except BoxBroken as error:
        raise BallotUnreadable from error


def ballot_of(voter: Account, consultation: Consultation) -> BallotContent | None:
    """The ballot that this person has cast, or None."""
    keyring = keyring_of(consultation.id)
    return ballot_in(keyring, keyring.ballot_slot(voter.id))


def draft_of(holder: Holder, consultation: Consultation) -> Sheet | None:
    """The draft of this holder, or None."""
    keyring = keyring_of(consultation.id)
    return draft_in(keyring, keyring.draft_slot(holder.id))


@dataclass(frozen=True)
class Papers:
    """All that a person has before them: draft, ballot, the order in which recommendations are presented.

    `brought` is the ranking prepared in this browser before its holder signed in, as long as it lies there.
    """

    draft: Sheet | None
    ballot: BallotContent | None
    presented: list[int]
    brought: Sheet | None = None

    @property
    def is_free(self) -> bool:
        """Whether what was brought may become the draft: there is no ballot, and nothing in the draft."""
        return self.ballot is None and (self.draft is None or self.draft.is_blank)

    @property
    def sheet(self) -> Sheet:
        """What to show: what the person has, else what they brought, else an empty sheet."""
        return self.brought if self.brought is not None and self.is_free else self._own

    @property
    def rival(self) -> Sheet | None:
        """What was brought, where it is not what the person has already: theirs to choose between."""
        if self.brought is None or self.is_free or self.brought.order in (None, self._own.order):
            return None
        return self.brought

    @property
    def _own(self) -> Sheet:
        if self.draft is not None:
            return self.draft
        return Sheet.of(self.ballot.said().order) if self.ballot else Sheet()


def papers_of(holder: Holder, consultation: Consultation, browser: Visitor | None = None) -> Papers:
    """The papers of this holder, and what a browser keeps for them, with one reading of the key.

    A visitor has no ballot; `browser` is whoever somebody with an account was here before they signed in.
    """
    keyring = keyring_of(consultation.id)
    numbers = [recommendation.number for recommendation in recommendations_of(consultation.id)]
    return Papers(
        draft=draft_in(keyring, keyring.draft_slot(holder.id)),
        ballot=ballot_in(keyring, keyring.ballot_slot(holder.id)),
        presented=keyring.presented(holder.id, numbers),
        brought=draft_in(keyring, keyring.draft_slot(browser.id)) if browser else None,
    )
