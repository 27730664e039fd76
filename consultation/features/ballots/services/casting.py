"""Ballots of one person, written in transactions that touch nothing else (BALLOT.md, Keys and rows)."""

import secrets
from collections.abc import Mapping

from consultation.domain.errors import ConsentMissing, EmptyRanking, TextsChanged
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verdicts import enforce
from consultation.domain.verifiability.commitment import RANDOM_BYTES, CommittedBallot
from consultation.features.accounts.models import Account
from consultation.features.ballots.events import BallotCast
from consultation.features.ballots.models import CONSENT_VERSION, Ballot, BallotContent, Draft
from consultation.features.ballots.queries import ballot_in, keyring_of
from consultation.features.ballots.queries.chain import signer_of
from consultation.features.ballots.services.locks import hold_open, hold_slot
from consultation.features.ballots.services.rows import put, remove, texts_for
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_take_part
from consultation.infrastructure.events import record


def cast_ballot(
    voter: Account,
    consultation: Consultation,
    order: WeakOrder | None,
    consent: str,
    note: str = "",
    seen: Mapping[int, int] | None = None,
) -> BallotContent:
    """Cast the ballot that counts until the person casts another; the same one again keeps its receipt.

    `seen` is the version of each text that the person had before them, where a page can tell. EmptyRanking,
    ForeignRecommendation, ConsentMissing, TextsChanged, NotOpen or KeyUnavailable say why nothing was written.
    """
    hold_open(voter, consultation)
    enforce(may_take_part(voter, consultation))
    if order is None:
        raise EmptyRanking
    if consent != CONSENT_VERSION:
        raise ConsentMissing
    texts = texts_for(order, consultation)
    if seen is not None and seen != texts:
        raise TextsChanged
    signer_of(consultation)  # a ballot whose receipt nobody could sign is not taken
    ballot = CommittedBallot(voter.college, consultation.slug, order, texts).to_bytes()
    keyring = keyring_of(consultation.id)
    slot = keyring.ballot_slot(voter.id)
    hold_slot(slot)
    content = BallotContent(ballot, _random_for(ballot, note, ballot_in(keyring, slot)), note, consent)
    put(Ballot, keyring, slot, content.to_text())
    remove(Draft, keyring, keyring.draft_slot(voter.id))
    record(BallotCast(consultation.id))
    return content


def withdraw_ballot(voter: Account, consultation: Consultation) -> None:
    """Delete the ballot and the draft of this person; nothing happens where there are none."""
    hold_open(voter, consultation)
    enforce(may_take_part(voter, consultation))
    keyring = keyring_of(consultation.id)
    remove(Ballot, keyring, keyring.ballot_slot(voter.id))
    remove(Draft, keyring, keyring.draft_slot(voter.id))


def _random_for(ballot: bytes, note: str, former: BallotContent | None) -> bytes:
    if former is not None and (former.ballot, former.note) == (ballot, note):
        return former.random
    return secrets.token_bytes(RANDOM_BYTES)
