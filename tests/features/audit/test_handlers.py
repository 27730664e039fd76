import json
import uuid
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from consultation.domain.verifiability.canonical import NotCanonical
from consultation.features.accounts import services as accounts
from consultation.features.audit.handlers import log
from consultation.features.audit.models import AuditEntry
from consultation.features.audit.queries import alias_of
from consultation.features.ballots.events import BallotCast
from consultation.infrastructure.database import session
from consultation.infrastructure.events import Event
from consultation.wiring import HANDLERS


@dataclass(frozen=True)
class Example(Event):
    account_id: uuid.UUID
    comment_id: str
    actor_id: uuid.UUID | None
    count: int


@dataclass(frozen=True)
class Named(Event):
    consultation_id: uuid.UUID
    comment_id: str
    count: int


def entries():
    session.flush()
    written = session.scalars(select(AuditEntry).order_by(AuditEntry.at))
    return [(entry.event, json.loads(entry.identifiers)) for entry in written]


def test_an_event_is_kept_by_its_name_and_identifiers_and_unknown_ones_are_absent(people):
    person = people.citizen()
    log(Example(person.id, "0123456789ab", None, 3))
    assert entries()[-1] == ("Example", {"account_id": alias_of(person.id), "comment_id": "0123456789ab", "count": 3})


def test_the_same_event_is_always_written_with_the_same_bytes(context):
    log(Named(uuid.UUID(int=1), "b", 1))
    entry = session.scalars(select(AuditEntry)).one()
    assert entry.identifiers == '{"comment_id":"b","consultation_id":"00000000-0000-0000-0000-000000000001","count":1}'


def test_an_event_that_carries_something_else_than_identifiers_is_refused(context):
    @dataclass(frozen=True)
    class Loose(Event):
        score: float

    with pytest.raises(NotCanonical):
        log(Loose(0.5))


def test_no_event_of_a_ballot_is_ever_logged():
    assert log not in HANDLERS[BallotCast]


def test_an_act_that_is_rolled_back_leaves_no_entry(context):
    accounts.create_account("nobody@example.org", None, "fr")
    session.rollback()
    assert entries() == []


def test_a_new_account_is_logged_without_its_address(people):
    people.citizen()
    assert [name for name, _ in entries()] == ["AccountCreated", "CharterAccepted"]
    assert "example.org" not in str(entries())
