"""People who are verified, lose their proof, have two accounts or leave: what becomes of their ballots."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy
from flask import Flask
from sqlalchemy import func, select

from consultation.domain.colleges import College
from consultation.domain.errors import KeyUnavailable
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.accounts.models import Account
from consultation.features.accounts.queries import account_by_id
from consultation.features.accounts.services import erase_account
from consultation.features.ballots.jobs import LONGEST_REQUEST
from consultation.features.ballots.models import CONSENT_VERSION, Ballot, Draft, Sheet, key_name
from consultation.features.ballots.queries import ballot_of, draft_of, sealed_profiles
from consultation.features.ballots.services import begin_closing, cast_ballot, close, publish_plan, run, save_draft
from consultation.features.colleges import services as colleges
from consultation.features.colleges.models import PhysicianClaim
from consultation.features.consultations import services as consultations
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.services import import_recommendations
from consultation.infrastructure import clock, jobs, keys
from consultation.infrastructure.database import Model, db, session
from consultation.infrastructure.jobs import QueuedJob
from consultation.infrastructure.mail import OutgoingMail
from pages import PageClient

ORDER = WeakOrder.from_tiers([[3], [1, 7]])
REASON = "La carte présentée est celle d’une autre personne."

Team = tuple[Account, Account]


def loaded(account: Account) -> Account:
    """The account with its roles, as a request has it."""
    found = account_by_id(account.id)
    assert found is not None
    return found


@pytest.fixture
def team(people: Any, open_consultation: Consultation) -> Team:
    """Two organisers."""
    return people.organiser(open_consultation), people.organiser(open_consultation)


@pytest.fixture
def another_consultation(open_consultation: Consultation) -> Consultation:
    """A second consultation that takes ballots, and closes after the first."""
    consultation = consultations.create_consultation(
        None,
        slug="other",
        title="Une autre",
        organiser_name="Équipe",
        summary="Une autre consultation.",
        source_title="",
        opens_at=clock.now(),
        closes_at=open_consultation.closes_at + timedelta(days=1),
        results_on=clock.today() + timedelta(days=30),
    )
    entries = [{"number": number, "title": "Un titre", "text": "Un texte."} for number in (1, 3, 7)]
    import_recommendations(consultation, entries)
    publish_plan(None, consultation)
    consultations.open_consultation(None, consultation, len(entries), 2)
    session.commit()
    return consultation


def verified(account: Account, team: Team) -> PhysicianClaim:
    """The claim of an account, once two people have seen its proof."""
    claim = colleges.claim_physician(account)
    for one in team:
        colleges.attest(loaded(one), claim, "professional_card")
    session.commit()
    return claim


def revoke(claim: PhysicianClaim, team: Team) -> None:
    """Take a proof back, by two people."""
    colleges.ask_revocation(loaded(team[0]), claim, REASON)
    colleges.confirm_measure(loaded(team[1]), claim)
    session.commit()


def close_double(claim: PhysicianClaim, kept: PhysicianClaim, team: Team) -> None:
    """Close an account as the second one of a person, by two people."""
    colleges.report_double(loaded(team[0]), claim, kept, REASON)
    colleges.confirm_measure(loaded(team[1]), claim)
    session.commit()


def cast(voter: Account, consultation: Consultation, order: WeakOrder = ORDER) -> bytes:
    """The bytes of a ballot that this person has cast."""
    content = cast_ballot(voter, consultation, order, CONSENT_VERSION)
    session.commit()
    return content.ballot


def rows(table: type[Model]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def later(moment: timedelta = LONGEST_REQUEST) -> None:
    """Let the worker do what is due after a while."""
    with clock.standing_at(clock.now() + moment):
        jobs.run_all()


def mail_to(person: Account, claim: PhysicianClaim) -> str:
    """The text of the latest mail to somebody, without the reference of the claim."""
    session.commit()
    written = select(OutgoingMail.body).where(OutgoingMail.recipient == person.address)
    latest = session.scalars(written.order_by(OutgoingMail.written_at.desc())).first()
    assert latest is not None
    return latest.replace(claim.id, "…")


@contextmanager
def noting_writes(app: Flask, written: list[set[str]]) -> Iterator[None]:
    """Note the tables that each transaction of the block writes to."""

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if found := re.match(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)", statement):
            written[-1].add(found[1])

    def end(_connection: Any) -> None:
        written.append(set())

    listened = (("before_cursor_execute", note), ("commit", end), ("rollback", lambda _connection: written[-1].clear()))
    with app.app_context():
        engine = db.engine
    for name, listener in listened:
        sqlalchemy.event.listen(engine, name, listener)
    yield
    for name, listener in listened:
        sqlalchemy.event.remove(engine, name, listener)


# Verified.


@pytest.mark.parametrize("casts_again", [False, True])
def test_a_citizens_ballot_counts_as_its_bytes_say_until_the_physician_casts_it_again(
    people: Any, team: Team, open_consultation: Consultation, casts_again: bool
) -> None:
    voter = people.citizen()
    first = cast(voter, open_consultation)
    verified(voter, team)
    assert ballot_of(voter, open_consultation).ballot == first
    if casts_again:
        assert cast(voter, open_consultation) != first
    close(open_consultation)
    _root, profiles = sealed_profiles(open_consultation)
    counted = {college: profile.ballots for college, profile in profiles.items()}
    assert counted == {College.CITIZENS: int(not casts_again), College.PHYSICIANS: int(casts_again)}


def test_a_physician_who_casts_after_the_verification_counts_among_physicians(
    people: Any, team: Team, open_consultation: Consultation
) -> None:
    voter = people.citizen()
    verified(voter, team)
    cast(voter, open_consultation)
    assert ballot_of(voter, open_consultation).said().college == College.PHYSICIANS


def test_the_mail_of_a_verification_asks_to_cast_again_in_the_same_words_for_all(
    people: Any, team: Team, open_consultation: Consultation
) -> None:
    casts, abstains = people.citizen(), people.citizen()
    cast(casts, open_consultation)
    bodies = [mail_to(person, verified(person, team)) for person in (casts, abstains)]
    assert bodies[0] == bodies[1]
    assert bodies[0].count("http://127.0.0.1:8000/consultations/test/ballot/") == 1
    assert open_consultation.title in bodies[0]


# Revoked.


def test_a_revoked_proof_takes_the_physicians_ballot_out_and_leaves_a_citizen_who_may_cast(
    people: Any, team: Team, open_consultation: Consultation
) -> None:
    voter, other = people.citizen(), people.physician()
    claim = verified(voter, team)
    cast(voter, open_consultation)
    cast(other, open_consultation)
    save_draft(voter, open_consultation, Sheet.of(ORDER))
    session.commit()
    revoke(claim, team)
    jobs.run_all()
    assert voter.college == College.CITIZENS
    assert ballot_of(voter, open_consultation) is None
    assert draft_of(voter, open_consultation).order == ORDER
    assert ballot_of(other, open_consultation) is not None
    cast(voter, open_consultation)
    later()
    assert ballot_of(voter, open_consultation).said().college == College.CITIZENS
    assert not [row.name for row in session.scalars(select(QueuedJob)) if "remove" in row.name]


def test_a_revocation_leaves_a_ballot_that_was_cast_among_citizens(
    people: Any, team: Team, open_consultation: Consultation
) -> None:
    voter = people.citizen()
    before = cast(voter, open_consultation)
    revoke(verified(voter, team), team)
    jobs.run_all()
    later()
    assert ballot_of(voter, open_consultation).ballot == before


def test_a_ballot_whose_casting_was_under_way_is_removed_later(
    people: Any, team: Team, open_consultation: Consultation
) -> None:
    voter = people.citizen()
    claim = verified(voter, team)
    revoke(claim, team)
    jobs.run_all()
    voter.college = College.PHYSICIANS.value  # as a request had read it that began before
    cast_ballot(voter, open_consultation, ORDER, CONSENT_VERSION)
    voter.college = College.CITIZENS.value
    session.commit()
    later()
    assert ballot_of(voter, open_consultation) is None
    close(open_consultation)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_mail_and_page_of_a_revocation_say_the_same_whether_there_was_a_ballot(
    people: Any, team: Team, open_consultation: Consultation, browse: Callable[..., PageClient], language: str
) -> None:
    said = []
    for has_cast in (False, True):
        voter = people.citizen()
        voter.language = language
        claim = verified(voter, team)
        if has_cast:
            cast(voter, open_consultation)
        revoke(claim, team)
        for _before_and_after_the_job in range(2):
            page = browse(voter, language).get("/account/physician").find("main").get_text()
            said.append((mail_to(voter, claim), page))
            jobs.run_all()
    assert said == said[:1] * 4
    for words in said[0]:
        assert REASON in words


def test_the_job_that_removes_names_an_account_whether_or_not_there_was_a_ballot(
    people: Any, team: Team, open_consultation: Consultation
) -> None:
    claim = verified(people.citizen(), team)
    before = {row.id for row in session.scalars(select(QueuedJob))}
    revoke(claim, team)
    queued = [row for row in session.scalars(select(QueuedJob)) if row.id not in before and "ballots" in row.name]
    assert [row.arguments for row in queued] == [f'{{"account_id": "{claim.account_id}"}}'] * 2


def test_a_ballot_is_removed_in_a_transaction_that_touches_ballots_and_drafts_alone(
    people: Any, open_consultation: Consultation, app: Flask
) -> None:
    voter = people.citizen()
    cast(voter, open_consultation)
    save_draft(voter, open_consultation, Sheet.of(ORDER))
    session.commit()
    erase_account(loaded(voter))
    session.commit()
    written: list[set[str]] = [set()]
    with noting_writes(app, written):
        jobs.run_all()
    assert {"ballot", "draft"} in written
    for tables in written:
        assert not tables & {"ballot", "draft"} or tables == {"ballot", "draft"}, tables


def test_a_removal_that_fails_midway_is_taken_up_again(
    people: Any, open_consultation: Consultation, capsys: pytest.CaptureFixture[str]
) -> None:
    voter = people.citizen()
    cast(voter, open_consultation)
    name = key_name(open_consultation.id)
    key = keys.store().read(name)
    key = keys.store().read(name)
    keys.store().destroy(name)
    erase_account(loaded(voter))
    session.commit()
    jobs.run_all()
    assert rows(Ballot) == 1
    said = capsys.readouterr().out
    assert KeyUnavailable.__name__ in said
    assert str(voter.id) not in said
    keys.store().put(name, key)
    later(timedelta(hours=1))
    assert rows(Ballot) == 0
    assert account_by_id(voter.id) is None


def test_a_consultation_whose_key_is_away_keeps_no_other_from_letting_go(
    people: Any, open_consultation: Consultation, another_consultation: Consultation
) -> None:
    voter = people.citizen()
    for consultation in (open_consultation, another_consultation):
        cast(voter, consultation)
    name = key_name(open_consultation.id)
    key = keys.store().read(name)
    keys.store().destroy(name)
    erase_account(loaded(voter))
    session.commit()
    jobs.run_all()
    assert session.scalars(select(Ballot.consultation_id)).all() == [open_consultation.id]
    keys.store().put(name, key)
    later(timedelta(hours=1))
    assert rows(Ballot) == 0


# Two accounts.


def test_the_papers_of_a_second_account_go_it_is_closed_and_the_kept_one_is_asked(
    people: Any, team: Team, open_consultation: Consultation
) -> None:
    kept, other = people.citizen(), people.citizen()
    kept_claim, claim = verified(kept, team), verified(other, team)
    stays = cast(kept, open_consultation)
    cast(other, open_consultation)
    save_draft(other, open_consultation, Sheet.of(ORDER))
    session.commit()
    close_double(claim, kept_claim, team)
    jobs.run_all()
    assert (rows(Ballot), rows(Draft)) == (1, 0)
    assert ballot_of(kept, open_consultation).ballot == stays
    assert other.is_disabled
    assert not kept.is_disabled
    assert "http://127.0.0.1:8000/consultations/test/ballot/" in mail_to(kept, kept_claim)
    assert REASON in mail_to(other, claim)


# Erased.


def test_an_erased_account_takes_ballot_and_draft_along_and_is_forgotten(
    people: Any, open_consultation: Consultation
) -> None:
    voter, other = people.citizen(), people.citizen()
    cast(voter, open_consultation)
    save_draft(voter, open_consultation, Sheet.of(ORDER))
    cast(other, open_consultation)
    identifier = voter.id
    erase_account(loaded(voter))
    session.commit()
    jobs.run_all()
    assert (rows(Ballot), rows(Draft)) == (1, 0)
    assert account_by_id(identifier).address is None
    later()
    assert account_by_id(identifier) is None
    assert ballot_of(other, open_consultation) is not None
    close(open_consultation)


def test_an_account_erased_during_the_ceremony_is_forgotten_after_it_and_its_ballot_counts(
    people: Any, open_consultation: Consultation
) -> None:
    voter = people.citizen()
    cast(voter, open_consultation)
    identifier = voter.id
    begin_closing(None, open_consultation)
    session.commit()
    erase_account(loaded(voter))
    session.commit()
    later()
    assert account_by_id(identifier) is not None
    run(open_consultation.id)
    assert sum(profile.ballots for profile in sealed_profiles(open_consultation)[1].values()) == 1
    later(timedelta(hours=2))
    assert account_by_id(identifier) is None


def test_erasing_leaves_no_trace_of_a_ballot_on_the_side_of_the_account(
    people: Any, open_consultation: Consultation
) -> None:
    casts, abstains = people.citizen(), people.citizen()
    cast(casts, open_consultation)
    for person in (casts, abstains):
        erase_account(loaded(person))
    session.commit()
    jobs.run_all()
    left = [(row.name, row.attempts) for row in session.scalars(select(QueuedJob)) if str(casts.id) in row.arguments]
    same = [(row.name, row.attempts) for row in session.scalars(select(QueuedJob)) if str(abstains.id) in row.arguments]
    assert left == same
