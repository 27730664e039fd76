"""Unlawful ballots: they stop the ceremony, or are set aside for a published reason, in published numbers."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from features.ballots.conftest import ORDERS
from sqlalchemy import func, select

from consultation.domain.colleges import College
from consultation.domain.errors import CeremonyRefused
from consultation.domain.phases import Phase
from consultation.domain.verifiability.roots import LineType
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import Account
from consultation.features.ballots.models import CONSENT_VERSION, Ballot, SealedBallot, key_name
from consultation.features.ballots.queries import ceremony_state, keyring_of
from consultation.features.ballots.queries.chain import last_line_of_type
from consultation.features.ballots.services import cast_ballot, close
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import audits, deposit, keys
from consultation.infrastructure.database import session

REASON = "Une ligne abîmée par une panne du disque, constatée avec l’huissier"
Harm = Callable[[Consultation, list[Account]], None]


@pytest.fixture
def voters(open_consultation: Consultation, people) -> list[Account]:
    """Three citizens and a physician who have cast."""
    made = [people.citizen(), people.citizen(), people.citizen(), people.physician()]
    for voter, order in zip(made, ORDERS, strict=True):
        cast_ballot(voter, open_consultation, order, CONSENT_VERSION)
    session.commit()
    return made


def row_of(consultation: Consultation, voter: Account) -> Ballot:
    slot = keyring_of(consultation.id).ballot_slot(voter.id)
    return session.get_one(Ballot, (consultation.id, slot))


def text_of(consultation: Consultation, row: Ballot) -> bytes:
    return keyring_of(consultation.id).unsealed(Ballot, row.slot, row.box)


def put(consultation: Consultation, row: Ballot, text: bytes) -> None:
    row.box = keyring_of(consultation.id).seal(Ballot, row.slot, text)


def let_a_stranger_vote(_consultation: Consultation, voters: list[Account]) -> None:
    voters[0].confirmed_at = None


def break_a_box(consultation: Consultation, voters: list[Account]) -> None:
    row = row_of(consultation, voters[0])
    row.box = row.box[:-1] + bytes([row.box[-1] ^ 1])


def write_other_bytes(consultation: Consultation, voters: list[Account]) -> None:
    row = row_of(consultation, voters[0])
    put(consultation, row, text_of(consultation, row).replace(rb"\"test\"", rb"\"tesu\""))


def take_the_proof_back(_consultation: Consultation, voters: list[Account]) -> None:
    accounts.set_college(voters[3], College.CITIZENS)


def copy_a_ballot(consultation: Consultation, voters: list[Account]) -> None:
    put(consultation, row_of(consultation, voters[1]), text_of(consultation, row_of(consultation, voters[0])))


HARMS: dict[str, Harm] = {
    "stranger": let_a_stranger_vote,
    "box": break_a_box,
    "bytes": write_other_bytes,
    "college": take_the_proof_back,
    "duplicate": copy_a_ballot,
}


@pytest.mark.parametrize("cause", HARMS)
def test_an_unlawful_ballot_stops_the_ceremony_or_is_set_aside_for_all_to_read(
    cause: str, open_consultation: Consultation, voters: list[Account]
) -> None:
    HARMS[cause](open_consultation, voters)
    session.commit()
    with pytest.raises(CeremonyRefused):
        close(open_consultation)
    assert [state.refusal for state in ceremony_state(open_consultation) if state.refusal] == [
        f"ceremony_refused.{cause}"
    ]
    assert_nothing_is_lost(open_consultation)
    close(open_consultation, set_aside=REASON)
    assert_published(open_consultation, {cause: 1})


def test_each_cause_has_its_own_number(open_consultation: Consultation, voters: list[Account], people) -> None:
    twin = people.citizen()
    cast_ballot(twin, open_consultation, ORDERS[0], CONSENT_VERSION)
    put(
        open_consultation,
        row_of(open_consultation, twin),
        text_of(open_consultation, row_of(open_consultation, voters[2])),
    )
    break_a_box(open_consultation, voters)
    voters[1].confirmed_at = None
    take_the_proof_back(open_consultation, voters)
    session.commit()
    close(open_consultation, set_aside=REASON)
    assert_published(open_consultation, {"box": 1, "college": 1, "duplicate": 1, "stranger": 1}, sealed=1)


def test_a_reason_without_an_unlawful_ballot_sets_nothing_aside(
    open_consultation: Consultation, voters: list[Account]
) -> None:
    close(open_consultation, set_aside=REASON)
    line = last_line_of_type(open_consultation.id, LineType.FINAL)
    assert not {"set_aside", "reason"} & line.keys()
    assert line["count"] == 4


def test_a_ballot_harmed_after_the_check_stops_the_seal_whatever_was_set_aside(
    open_consultation: Consultation, voters: list[Account], tmp_path: Path
) -> None:
    def harm(step: int) -> None:
        if step == 2:
            break_a_box(open_consultation, voters)
            session.commit()

    with pytest.raises(CeremonyRefused):
        close(open_consultation, harm, REASON)
    assert [state.refusal for state in ceremony_state(open_consultation) if state.refusal] == [
        "ceremony_refused.changed"
    ]
    assert_nothing_is_lost(open_consultation)


def test_a_bundle_that_cannot_be_written_stops_the_ceremony_before_anything_is_destroyed(
    open_consultation: Consultation, voters: list[Account], tmp_path: Path, settings
) -> None:
    occupied = tmp_path / "a file where the folder of bundles should be"
    occupied.write_text("")
    deposit.use(occupied)
    with pytest.raises(CeremonyRefused):
        close(open_consultation)
    assert [state.refusal for state in ceremony_state(open_consultation)][3] == "ceremony_refused.deposit"
    assert session.scalar(select(func.count()).select_from(Ballot)) == 4
    assert keys.store().exists(key_name(open_consultation.id))
    deposit.use(settings.audit_directory)
    close(open_consultation)
    assert open_consultation.phase == Phase.CLOSED


def assert_nothing_is_lost(consultation: Consultation) -> None:
    """The ceremony stands before its seal, with all that was cast."""
    assert consultation.phase == Phase.CLOSING
    assert session.scalar(select(func.count()).select_from(SealedBallot)) == 0
    assert session.scalar(select(func.count()).select_from(Ballot)) >= 4
    assert keys.store().exists(key_name(consultation.id))


def assert_published(consultation: Consultation, numbers: dict[str, int], sealed: int = 3) -> None:
    """The numbers stand in the final line and in the bundle, which an auditor accepts."""
    line = last_line_of_type(consultation.id, LineType.FINAL)
    assert (line["set_aside"], line["reason"], line["count"]) == (numbers, REASON, sealed)
    path = deposit.place_of(f"{consultation.slug}.zip")
    assert audits.faults_of(path) == []
    with zipfile.ZipFile(path) as bundle:
        closing = json.loads(next(bundle.read(name) for name in bundle.namelist() if name.endswith("closing.json")))
    assert (closing["set_aside"], closing["count"]) == (numbers, sealed)
    assert session.scalar(select(func.count()).select_from(SealedBallot)) == sealed
    assert consultation.phase == Phase.CLOSED
