"""Drafts and ballots of one person, written in transactions that touch nothing else (BALLOT.md, Keys and rows)."""

import secrets

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from consultation.domain.errors import ConsentMissing, EmptyRanking, ForeignRecommendation
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability.commitment import RANDOM_BYTES, CommittedBallot
from consultation.features.accounts.models import Account
from consultation.features.ballots.events import BallotCast
from consultation.features.ballots.models import CONSENT_VERSION, Ballot, BallotContent, Draft, Keyring, Sheet
from consultation.features.ballots.models.keyring import Row
from consultation.features.ballots.queries import ballot_in, keyring_of
from consultation.features.ballots.services.locks import hold_open, hold_slot
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.queries import recommendations_of
from consultation.infrastructure.database import is_postgresql, session
from consultation.infrastructure.events import record


def save_draft(
    voter: Account, consultation: Consultation, order: WeakOrder | None, shown: tuple[int, ...] = ()
) -> None:
    """Keep a ranking in the making, None when nothing is ranked yet, and the order of its rows on the page."""
    hold_open(voter, consultation)
    if order:
        _texts_for(order, consultation)
    keyring = keyring_of(consultation.id)
    slot = keyring.draft_slot(voter.id)
    sheet = Sheet(order, shown) if shown else Sheet.of(order)
    _put(Draft, keyring, slot, sheet.to_text())


def cast_ballot(
    voter: Account, consultation: Consultation, order: WeakOrder | None, consent: str, note: str = ""
) -> BallotContent:
    """Cast the ballot that counts until the person casts another; the same one again keeps its receipt.

    EmptyRanking, ForeignRecommendation, ConsentMissing, NotOpen or KeyUnavailable say why nothing was written.
    """
    hold_open(voter, consultation)
    if order is None:
        raise EmptyRanking
    if consent != CONSENT_VERSION:
        raise ConsentMissing
    texts = _texts_for(order, consultation)
    ballot = CommittedBallot(voter.college, consultation.slug, order, texts).to_bytes()
    keyring = keyring_of(consultation.id)
    slot = keyring.ballot_slot(voter.id)
    hold_slot(slot)
    content = BallotContent(ballot, _random_for(ballot, note, ballot_in(keyring, slot)), note, consent)
    _put(Ballot, keyring, slot, content.to_text())
    _remove(Draft, keyring, keyring.draft_slot(voter.id))
    record(BallotCast(consultation.id))
    return content


def withdraw_ballot(voter: Account, consultation: Consultation) -> None:
    """Delete the ballot and the draft of this person; nothing happens where there are none."""
    hold_open(voter, consultation)
    keyring = keyring_of(consultation.id)
    _remove(Ballot, keyring, keyring.ballot_slot(voter.id))
    _remove(Draft, keyring, keyring.draft_slot(voter.id))


def _texts_for(order: WeakOrder, consultation: Consultation) -> dict[int, int]:
    """The version of each recommendation's text, by number."""
    texts = {one.number: one.version for one in recommendations_of(consultation.id)}
    if not set(order.ranked()) <= texts.keys():
        raise ForeignRecommendation
    return texts


def _random_for(ballot: bytes, note: str, former: BallotContent | None) -> bytes:
    if former is not None and (former.ballot, former.note) == (ballot, note):
        return former.random
    return secrets.token_bytes(RANDOM_BYTES)


def _put(row: Row, keyring: Keyring, slot: bytes, text: bytes) -> None:
    insert = postgresql.insert if is_postgresql() else sqlite.insert
    box = keyring.seal(row, slot, text)
    written = insert(row).values(consultation_id=keyring.consultation_id, slot=slot, box=box)
    session.execute(written.on_conflict_do_update(index_elements=["consultation_id", "slot"], set_={"box": box}))


def _remove(row: Row, keyring: Keyring, slot: bytes) -> None:
    session.execute(delete(row).where(row.consultation_id == keyring.consultation_id, row.slot == slot))
