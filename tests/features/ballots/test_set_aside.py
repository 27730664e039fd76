"""Ballots that are not lawful: they stop the ceremony, or are set aside with a reason and published by cause."""

import json
import zipfile

import pytest
from sqlalchemy import update

from consultation.domain.errors import CeremonyRefused
from consultation.domain.phases import Phase
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.accounts.models import Account
from consultation.features.ballots.models import CONSENT_VERSION, Ballot
from consultation.features.ballots.queries import keyring_of
from consultation.features.ballots.queries.chain import chain_of
from consultation.features.ballots.services import cast_ballot, close
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import audits, deposit
from consultation.infrastructure.database import session

ORDER = WeakOrder.from_tiers([[3], [1, 7]])
REASON = "Trois boîtes abîmées par une panne de disque."


@pytest.fixture
def voters(open_consultation: Consultation, people) -> list[Account]:
    """Six people who have cast a ballot."""
    voters = [people.citizen() for _ in range(6)]
    for voter in voters:
        cast_ballot(voter, open_consultation, ORDER, CONSENT_VERSION)
    session.commit()
    return voters


def spoil(consultation: Consultation, voters: list[Account]) -> None:
    """Break one box, write another ballot in other words, and let one belong to nobody."""
    keyring = keyring_of(consultation.id)
    slots = [keyring.ballot_slot(voter.id) for voter in voters]
    lawful = keyring.unsealed(Ballot, slots[1], session.get_one(Ballot, (consultation.id, slots[1])).box)
    spaced = lawful.replace(b'\\"v\\":1', b'\\"v\\": 1')
    for slot, box in ((slots[0], b"\0" * 540), (slots[1], keyring.seal(Ballot, slots[1], spaced))):
        session.execute(
            update(Ballot).where(Ballot.consultation_id == consultation.id, Ballot.slot == slot).values(box=box)
        )
    voters[2].confirmed_at = None
    session.commit()


def test_ballots_set_aside_are_published_by_cause_with_the_reason(
    open_consultation: Consultation, voters: list[Account]
) -> None:
    spoil(open_consultation, voters)
    with pytest.raises(CeremonyRefused):
        close(open_consultation)
    session.rollback()
    assert open_consultation.phase == Phase.CLOSING
    close(open_consultation, set_aside=REASON)
    final = chain_of(open_consultation.id)[-1]
    assert (final["type"], final["count"]) == ("final", 3)
    assert final["set_aside"] == {"box": 1, "bytes": 1, "stranger": 1}
    assert final["reason"] == REASON
    bundle = deposit.place_of(f"{open_consultation.slug}.zip")
    assert audits.faults_of(bundle) == []
    with zipfile.ZipFile(bundle) as opened:
        assert json.loads(opened.read("closing.json"))["set_aside"] == final["set_aside"]


def test_a_reason_to_set_aside_leaves_lawful_ballots_alone(
    open_consultation: Consultation, voters: list[Account]
) -> None:
    close(open_consultation, set_aside=REASON)
    final = chain_of(open_consultation.id)[-1]
    assert final["count"] == 6
    assert not {"set_aside", "reason"} & final.keys()


def test_what_breaks_after_the_check_is_not_set_aside_in_silence(
    open_consultation: Consultation, voters: list[Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_meanwhile(step: object) -> None:
        if int(step) == 2:  # type: ignore[call-overload]
            spoil(open_consultation, voters)

    with pytest.raises(CeremonyRefused) as refusal:
        close(open_consultation, broken_meanwhile)
    assert refusal.value.values["reason"] == "changed"
