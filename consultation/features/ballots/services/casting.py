"""Ballots of one person, written in transactions that touch nothing else (BALLOT.md, Keys and rows)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from consultation.domain.errors import ConsentMissing, EmptyRanking, KeyUnavailable, TextsChanged
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verdicts import enforce
from consultation.domain.verifiability.commitment import RANDOM_BYTES, CommittedBallot
from consultation.features.accounts.models import Account
from consultation.features.ballots.events import BallotCast
from consultation.features.ballots.models import CONSENT_VERSION, Ballot, BallotContent, Draft, Keyring
from consultation.features.ballots.policies import may_prepare
from consultation.features.ballots.queries import keyring_of
from consultation.features.ballots.queries.chain import Line, Signer, signer_in
from consultation.features.ballots.queries.desk import Desk, desk_of
from consultation.features.ballots.queries.papers import ballot_of_box, keyring_at_hand, proven
from consultation.features.ballots.services.locks import hold_for_cast, hold_open
from consultation.features.ballots.services.receipts import receipt_by
from consultation.features.ballots.services.rows import put_ballot, remove
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
    return _cast(voter, consultation, order, consent, note, seen).content


def cast_with_receipt(
    voter: Account,
    consultation: Consultation,
    order: WeakOrder | None,
    consent: str,
    note: str = "",
    seen: Mapping[int, int] | None = None,
) -> tuple[BallotContent, bytes]:
    """Cast as above, and issue the receipt at once: chain and signing key are read once for both."""
    cast = _cast(voter, consultation, order, consent, note, seen)
    return cast.content, receipt_by(cast.signer, cast.line, consultation, cast.content)


@dataclass(frozen=True)
class _Cast:
    """A ballot that was taken, with what its receipt depends on: who can sign it, and the chain's last line."""

    content: BallotContent
    signer: Signer
    line: Line


def _cast(
    voter: Account,
    consultation: Consultation,
    order: WeakOrder | None,
    consent: str,
    note: str,
    seen: Mapping[int, int] | None,
) -> _Cast:
    keyring, desk = _came_to(voter, consultation)
    if order is None:
        raise EmptyRanking
    if consent != CONSENT_VERSION:
        raise ConsentMissing
    texts = desk.texts_for(order)
    if seen is not None and seen != texts:
        raise TextsChanged
    signer = signer_in(consultation, desk.lines)  # a ballot whose receipt nobody could sign is not taken
    ballot = CommittedBallot(voter.college, consultation.slug, order, texts).to_bytes()
    slot = proven(keyring, desk.fingerprint).ballot_slot(voter.id)
    former = ballot_of_box(keyring, slot, desk.box)
    content = BallotContent(ballot, _random_for(ballot, note, former), note, consent)
    put_ballot(keyring, slot, content.to_text(), keyring.draft_slot(voter.id))
    record(BallotCast(consultation.id))
    return _Cast(content, signer, desk.lines[-1])


def withdraw_ballot(voter: Account, consultation: Consultation) -> None:
    """Delete the ballot and the draft of this person; nothing happens where there are none."""
    hold_open(voter, consultation)
    enforce(may_take_part(voter, consultation))
    keyring = keyring_of(consultation.id)
    remove(Ballot, keyring, keyring.ballot_slot(voter.id))
    remove(Draft, keyring, keyring.draft_slot(voter.id))


def _came_to(voter: Account, consultation: Consultation) -> tuple[Keyring, Desk]:
    """What casting needs, once the locks are held; refusals of who may cast come before those of a key."""
    enforce(may_prepare(voter, consultation))
    enforce(may_take_part(voter, consultation))
    try:
        keyring = keyring_at_hand(consultation.id)
    except KeyUnavailable:
        hold_open(voter, consultation)  # a key that a ceremony has destroyed is no fault of the store
        raise
    slot = keyring.ballot_slot(voter.id)
    hold_for_cast(consultation, slot)
    desk = desk_of(consultation, slot)
    enforce(may_prepare(voter, consultation))
    return keyring, desk


def _random_for(ballot: bytes, note: str, former: BallotContent | None) -> bytes:
    if former is not None and (former.ballot, former.note) == (ballot, note):
        return former.random
    return secrets.token_bytes(RANDOM_BYTES)
