"""The closing ceremony: it seals what was cast, forgets who cast it, and resumes wherever it stopped."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select

from consultation.domain.colleges import College
from consultation.domain.errors import CeremonyRefused, KeyUnavailable, NotOpen
from consultation.domain.phases import Phase
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability import merkle
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import Account
from consultation.features.ballots import jobs as ballot_jobs
from consultation.features.ballots.models import CONSENT_VERSION, Ballot, Draft, SealedBallot, Sheet, Step, key_name
from consultation.features.ballots.queries import ballot_in, ceremony_state, keyring_of, sealed_profiles
from consultation.features.ballots.services import begin_closing, cast_ballot, ceremony, close, run, save_draft
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import jobs, keys, scrubbing
from consultation.infrastructure.database import is_postgresql, session

NUMBERS = (1, 3, 6, 7)
ORDERS = [WeakOrder.from_tiers(tiers) for tiers in ([[3], [1, 7]], [[7]], [[1, 3, 6, 7]], [[6], [3], [7], [1]])]


class Interrupted(Exception):
    """The process ends here, as far as the ceremony can tell."""


@pytest.fixture
def voters(open_consultation: Consultation, people) -> list[Account]:
    """Three citizens and a physician who have cast, and a draft of somebody who has not."""
    made = [people.citizen(), people.citizen(), people.citizen(), people.physician()]
    for voter, order in zip(made, ORDERS, strict=True):
        cast_ballot(voter, open_consultation, order, CONSENT_VERSION)
    save_draft(people.citizen(), open_consultation, Sheet.of(ORDERS[0]))
    session.commit()
    return made


@pytest.fixture
def expected_root(voters: list[Account], open_consultation: Consultation) -> bytes:
    """The root over what the voters' own receipts say."""
    keyring = keyring_of(open_consultation.id)
    contents = [ballot_in(keyring, keyring.ballot_slot(voter.id)) for voter in voters]
    session.commit()
    return merkle.root(sorted(content.commitment for content in contents))


def rows(table) -> int:
    return session.scalar(select(func.count()).select_from(table))


def test_the_ceremony_seals_what_was_cast_and_forgets_who_cast_it(
    open_consultation: Consultation, expected_root: bytes
) -> None:
    close(open_consultation)
    root, profiles = sealed_profiles(open_consultation)
    assert root == expected_root
    assert {college: profile.ballots for college, profile in profiles.items()} == {
        College.CITIZENS: 3,
        College.PHYSICIANS: 1,
    }
    assert profiles[College.PHYSICIANS].ranks.tolist() == Profile.from_orders(NUMBERS, [ORDERS[3]]).ranks.tolist()
    assert (rows(Ballot), rows(Draft)) == (0, 0)
    assert not keys.store().exists(key_name(open_consultation.id))
    assert open_consultation.phase == Phase.CLOSED
    assert all(state.is_done for state in ceremony_state(open_consultation))


def test_profiles_come_in_the_order_of_commitments(open_consultation: Consultation, voters: list[Account]) -> None:
    close(open_consultation)
    sealed = session.scalars(
        select(SealedBallot).where(SealedBallot.college == "citizens").order_by(SealedBallot.commitment)
    ).all()
    profile = sealed_profiles(open_consultation)[1][College.CITIZENS]
    assert profile.ranks.tolist() == Profile.from_blobs(NUMBERS, [one.ranks for one in sealed]).ranks.tolist()


def test_a_consultation_without_ballots_closes_all_the_same(open_consultation: Consultation) -> None:
    close(open_consultation)
    root, profiles = sealed_profiles(open_consultation)
    assert root == merkle.root([])
    assert [profile.ballots for profile in profiles.values()] == [0, 0]


def test_a_closed_consultation_refuses_a_ballot_and_keeps_the_old_one(
    open_consultation: Consultation, voters: list[Account], expected_root: bytes
) -> None:
    begin_closing(None, open_consultation)
    session.commit()
    with pytest.raises(NotOpen):
        cast_ballot(voters[0], open_consultation, ORDERS[1], CONSENT_VERSION)
    run(open_consultation.id)
    assert sealed_profiles(open_consultation)[0] == expected_root


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.FENCE])
@pytest.mark.parametrize("moment", ["before", "inside"])
def test_an_interrupted_ceremony_resumes_to_the_same_root(
    open_consultation: Consultation, expected_root: bytes, monkeypatch: pytest.MonkeyPatch, step: Step, moment: str
) -> None:
    act = ceremony.ACTS[step]

    def interrupted(consultation: Consultation) -> dict[str, object]:
        if moment == "inside":
            act(consultation)
            session.flush()
        raise Interrupted

    monkeypatch.setitem(ceremony.ACTS, step, interrupted)
    with pytest.raises(Interrupted):
        close(open_consultation)
    session.rollback()
    assert open_consultation.phase == Phase.CLOSING
    monkeypatch.setitem(ceremony.ACTS, step, act)
    close(open_consultation)
    assert sealed_profiles(open_consultation)[0] == expected_root
    assert open_consultation.phase == Phase.CLOSED
    assert (rows(Ballot), rows(Draft)) == (0, 0)


def test_a_ceremony_that_is_over_can_be_held_again(open_consultation: Consultation, expected_root: bytes) -> None:
    for _ in range(2):
        close(open_consultation)
    assert sealed_profiles(open_consultation)[0] == expected_root


def test_the_ceremony_does_not_begin_without_the_fence(open_consultation: Consultation, voters: list[Account]) -> None:
    with pytest.raises(CeremonyRefused):
        run(open_consultation.id)
    assert rows(Ballot) == 4
    assert open_consultation.phase == Phase.OPEN


def test_a_sanction_leaves_the_ballot(
    open_consultation: Consultation, voters: list[Account], expected_root: bytes
) -> None:
    accounts.disable_account(voters[0])
    session.commit()
    close(open_consultation)
    assert sealed_profiles(open_consultation)[0] == expected_root


def test_a_citizen_verified_after_casting_counts_as_the_ballot_says(
    open_consultation: Consultation, voters: list[Account]
) -> None:
    accounts.set_college(voters[0], College.PHYSICIANS)
    session.commit()
    close(open_consultation)
    assert sealed_profiles(open_consultation)[1][College.CITIZENS].ballots == 3


def refusal_of(consultation: Consultation) -> str | None:
    with pytest.raises((CeremonyRefused, KeyUnavailable)):
        close(consultation)
    assert consultation.phase == Phase.CLOSING
    assert rows(SealedBallot) == 0
    assert keys.store().exists(key_name(consultation.id)) or rows(Ballot)
    return next(state.refusal for state in ceremony_state(consultation) if state.refusal)


def test_a_ballot_of_nobody_stops_the_ceremony(open_consultation: Consultation, voters: list[Account]) -> None:
    voters[0].confirmed_at = None
    session.commit()
    assert refusal_of(open_consultation) == "ceremony_refused.stranger"


def test_a_physicians_ballot_of_a_citizen_stops_the_ceremony(
    open_consultation: Consultation, voters: list[Account]
) -> None:
    accounts.set_college(voters[3], College.CITIZENS)
    session.commit()
    assert refusal_of(open_consultation) == "ceremony_refused.college"


def test_a_box_put_elsewhere_stops_the_ceremony_until_it_is_put_back(
    open_consultation: Consultation, voters: list[Account], expected_root: bytes
) -> None:
    first, second, *_others = session.scalars(select(Ballot)).all()
    first.box, second.box = second.box, first.box
    session.commit()
    assert refusal_of(open_consultation) == "ceremony_refused.box"
    first.box, second.box = second.box, first.box
    session.commit()
    close(open_consultation)
    assert sealed_profiles(open_consultation)[0] == expected_root


def test_bytes_that_are_not_a_lawful_ballot_stop_the_ceremony(
    open_consultation: Consultation, voters: list[Account]
) -> None:
    keyring = keyring_of(open_consultation.id)
    row = session.scalars(select(Ballot)).first()
    text = keyring.unsealed(Ballot, row.slot, row.box)
    assert text.count(rb"\"test\"") == 1
    row.box = keyring.seal(Ballot, row.slot, text.replace(rb"\"test\"", rb"\"tesu\""))
    session.commit()
    assert refusal_of(open_consultation) == "ceremony_refused.bytes"


def test_a_ballot_copied_to_another_slot_is_found(open_consultation: Consultation, voters: list[Account]) -> None:
    keyring = keyring_of(open_consultation.id)
    one, other = (
        session.get_one(Ballot, (open_consultation.id, keyring.ballot_slot(voter.id))) for voter in voters[:2]
    )
    other.box = keyring.seal(Ballot, other.slot, keyring.unsealed(Ballot, one.slot, one.box))
    session.commit()
    assert refusal_of(open_consultation) == "ceremony_refused.duplicate"


def test_without_its_key_the_ceremony_stops_and_keeps_everything(
    open_consultation: Consultation, voters: list[Account]
) -> None:
    keys.store().destroy(key_name(open_consultation.id))
    assert refusal_of(open_consultation) == "key_unavailable"
    assert rows(Ballot) == 4


def test_sealed_ballots_that_were_altered_are_not_counted(
    open_consultation: Consultation, voters: list[Account]
) -> None:
    close(open_consultation)
    session.delete(session.scalars(select(SealedBallot)).first())
    session.commit()
    with pytest.raises(CeremonyRefused):
        sealed_profiles(open_consultation)


def test_nothing_is_counted_before_the_seal(open_consultation: Consultation, voters: list[Account]) -> None:
    with pytest.raises(CeremonyRefused):
        sealed_profiles(open_consultation)


def test_after_the_scrub_the_file_holds_no_box(
    open_consultation: Consultation, voters: list[Account], settings
) -> None:
    if is_postgresql():
        pytest.skip("SQLite keeps its database in a file that a test can read")
    slots = session.scalars(select(Ballot.slot)).all()
    session.commit()
    file = Path(settings.database_url.removeprefix("sqlite:///"))
    close(open_consultation)
    for part in file.parent.glob(f"{file.name}*"):
        content = part.read_bytes()
        assert not any(slot in content for slot in slots)


def test_a_reader_that_stays_makes_the_scrub_wait_and_resume(
    open_consultation: Consultation, expected_root: bytes, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_postgresql():
        pytest.skip("on PostgreSQL readers do not keep the files")
    monkeypatch.setattr(scrubbing, "PATIENCE_MS", 1)
    reader = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM ballot").fetchall()
    with pytest.raises(CeremonyRefused):
        close(open_consultation)
    assert ceremony_state(open_consultation)[-1].refusal == "ceremony_refused.busy"
    assert open_consultation.phase == Phase.CLOSING
    reader.close()
    close(open_consultation)
    assert sealed_profiles(open_consultation)[0] == expected_root


def test_a_key_that_cannot_be_destroyed_stops_the_ceremony(
    open_consultation: Consultation, voters: list[Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as stuck:
        stuck.setattr(keys.DirectoryKeys, "destroy", lambda *_: None)
        with pytest.raises(CeremonyRefused):
            close(open_consultation)
    assert rows(Ballot) == 4
    close(open_consultation)
    assert not keys.store().exists(key_name(open_consultation.id))
    assert rows(Ballot) == 0


def test_an_organiser_closes_and_follows_the_ceremony(
    open_consultation: Consultation, voters: list[Account], people, browse
) -> None:
    organiser = browse(people.organiser(open_consultation), language="en")
    page = organiser.follow(organiser.post("/organise/test/close/"))
    assert "Steps done: 1 of 6" in page.text
    session.rollback()
    jobs.run_all()
    page = organiser.get("/organise/test/ceremony/")
    assert "Steps done: 6 of 6" in page.text
    assert page.find_all("form") == []
    assert jobs.run_next() is False


def test_a_ceremony_that_stopped_says_why_and_is_taken_up_by_a_button(
    open_consultation: Consultation, voters: list[Account], people, browse
) -> None:
    organiser = browse(people.organiser(open_consultation), language="en")
    voters[0].confirmed_at, confirmed_at = None, voters[0].confirmed_at
    organiser.post("/organise/test/close/")
    session.rollback()
    jobs.run_all()
    page = organiser.get("/organise/test/ceremony/")
    assert "a ballot belongs to nobody who may cast one" in page.text
    voters[0].confirmed_at = confirmed_at
    session.commit()
    organiser.submit(page)
    jobs.run_all()
    assert "Steps done: 6 of 6" in organiser.get("/organise/test/ceremony/").text


def test_only_an_organiser_of_this_consultation_closes_it(open_consultation: Consultation, people, browse) -> None:
    for outsider in (people.citizen(), people.moderator(open_consultation)):
        browse(outsider).post("/organise/test/close/", status=403)
        browse(outsider).get("/organise/test/ceremony/", status=403)
    assert "/account/sign-in" in browse().post("/organise/test/close/").location
    session.refresh(open_consultation)
    assert open_consultation.phase == Phase.OPEN


def test_the_job_of_the_ceremony_may_be_done_twice(open_consultation: Consultation, expected_root: bytes) -> None:
    begin_closing(None, open_consultation)
    for _ in range(2):
        jobs.enqueue(ballot_jobs.run_ceremony, consultation_id=str(open_consultation.id))
    session.commit()
    jobs.run_all()
    assert sealed_profiles(open_consultation)[0] == expected_root
    assert jobs.run_next() is False
