"""The log is sealed in a chain, published day by day, and verified."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from consultation.domain.verifiability.log import first_fault
from consultation.features.accounts.services import erase_account
from consultation.features.audit.jobs import begin_sealing, seal_log
from consultation.features.audit.models import AuditEntry, AuditHead, AuditPerson, AuditSeal
from consultation.features.audit.queries import (
    alias_of,
    last_seal,
    published_heads,
    sealed_entries,
    unsealed_count,
)
from consultation.features.audit.services import BATCH, PERSONS, publish_head, seal_entries
from consultation.infrastructure import clock, jobs
from consultation.infrastructure.database import session
from consultation.infrastructure.events import Event
from consultation.infrastructure.jobs import QueuedJob
from pages import PageClient

Browse = Callable[..., PageClient]
# What an event may name by a UUID beside an account: nothing of a person.
THINGS = {"consultation_id", "recommendation_id"}


def logged(event: str) -> list[dict[str, Any]]:
    """The identifiers of the entries of an event."""
    return [json.loads(one) for one in session.scalars(select(AuditEntry.identifiers).where(AuditEntry.event == event))]


def test_the_log_names_a_person_by_one_random_identifier_that_is_not_the_accounts(people: Any) -> None:
    person = people.citizen()
    (entry,) = logged("AccountCreated")
    assert entry["account_id"] == alias_of(person.id)
    assert str(person.id) not in str(logged("AccountCreated") + logged("CharterAccepted"))
    assert session.query(AuditPerson).filter_by(account_id=person.id).count() == 1


def test_once_erased_nobody_can_tell_whom_the_log_means(people: Any) -> None:
    person = people.citizen()
    erase_account(person)
    session.commit()
    assert alias_of(person.id) is None
    assert len(logged("AccountErased")) == 1


def test_every_event_names_persons_by_fields_that_the_log_knows() -> None:
    fields = {
        (kind.__name__, name)
        for kind in Event.__subclasses__()
        if kind.__module__.startswith("consultation.")
        for name, annotation in kind.__annotations__.items()
        if "UUID" in str(annotation)
    }
    assert {one for one in fields if one[1] not in PERSONS | THINGS} == set()


def test_entries_are_sealed_in_order_once(people: Any) -> None:
    for _ in range(3):
        people.citizen()
    entries = unsealed_count()
    assert seal_entries() == entries
    assert seal_entries() == 0
    assert [seal.number for seal, _ in sealed_entries()] == list(range(1, entries + 1))
    assert first_fault(None, sealed_entries()) is None
    people.citizen()
    assert seal_entries() == unsealed_before(entries)
    assert first_fault(None, sealed_entries()) is None


def unsealed_before(sealed: int) -> int:
    """How many entries were written after these were sealed."""
    return session.query(AuditEntry).count() - sealed


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal", "audit_head"])
@pytest.mark.parametrize("act", ["DELETE FROM {table}", "UPDATE {table} SET {column} = {column}"])
def test_the_database_refuses_to_change_the_log(people: Any, table: str, act: str) -> None:
    people.citizen()
    seal_log()
    session.commit()
    column = {"audit_entry": "event", "audit_seal": "digest", "audit_head": "digest"}[table]
    with pytest.raises(DBAPIError, match="never changed"):
        session.execute(text(act.format(table=table, column=column)))
    session.rollback()


def test_two_sequencers_cannot_give_one_number_twice(people: Any) -> None:
    people.citizen()
    seal_entries()
    session.commit()
    last = last_seal()
    assert last is not None
    people.citizen()
    entry = session.scalars(select(AuditEntry.id).order_by(AuditEntry.at.desc())).first()
    session.add(AuditSeal(number=last.number, entry_id=entry, digest="0" * 64))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_the_end_of_the_chain_is_published_once_a_day(people: Any) -> None:
    people.citizen()
    seal_log()
    session.commit()
    (first,) = published_heads()
    people.citizen()
    seal_log()
    session.commit()
    assert [head.number for head in published_heads()] == [first.number]
    with clock.standing_at(clock.now() + timedelta(days=1)):
        seal_log()
    session.commit()
    later, before = published_heads()
    assert (before.day, before.digest) == (first.day, first.digest)
    assert later.number > first.number


def test_nothing_is_published_of_an_empty_log(context: None) -> None:
    assert publish_head() is None
    assert session.query(AuditHead).count() == 0


def test_sealing_comes_back_every_hour_and_is_asked_for_once(people: Any) -> None:
    begin_sealing()
    begin_sealing()
    people.citizen()
    jobs.run_all()
    assert unsealed_count() == 0
    (waiting,) = session.scalars(select(QueuedJob).where(QueuedJob.name.endswith(".seal_log")))
    assert timedelta(minutes=59) < waiting.due_at - clock.now() <= timedelta(hours=1)


def test_a_long_log_is_sealed_in_batches_without_waiting(context: None) -> None:
    moment = clock.now()
    session.add_all(AuditEntry(at=moment, event="CaseLapsed", identifiers="{}") for _ in range(BATCH + 1))
    session.commit()
    begin_sealing()
    jobs.run_all()
    assert unsealed_count() == 0
    assert first_fault(None, sealed_entries()) is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_ends_of_the_chain_are_public(browse: Browse, people: Any, language: str) -> None:
    client = browse(language=language)
    assert not client.get("/log").find_all("main table")
    people.citizen()
    seal_log()
    session.commit()
    (head,) = published_heads()
    assert f"{head.number}:{head.digest}" in client.get("/log").text
    told = json.loads(client.get("/log.json").html)["heads"]
    assert told == [{"day": head.day.isoformat(), "number": head.number, "digest": head.digest}]
