import json
import uuid
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from consultation.domain.verifiability.canonical import NotCanonical
from consultation.features.accounts import services as accounts
from consultation.features.audit.handlers import log
from consultation.features.audit.models import AuditEntry
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


def entries():
    session.flush()
    return [(entry.event, json.loads(entry.identifiers)) for entry in session.scalars(select(AuditEntry))]


def test_an_event_is_kept_by_its_name_and_identifiers_and_unknown_ones_are_absent(context):
    account_id = uuid.uuid4()
    log(Example(account_id, "0123456789ab", None, 3))
    assert entries() == [("Example", {"account_id": str(account_id), "comment_id": "0123456789ab", "count": 3})]


def test_the_same_event_is_always_written_with_the_same_bytes(context):
    log(Example(uuid.UUID(int=1), "b", None, 1))
    entry = session.scalars(select(AuditEntry)).one()
    assert entry.identifiers == '{"account_id":"00000000-0000-0000-0000-000000000001","comment_id":"b","count":1}'


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
    assert [name for name, _ in entries()] == ["AccountCreated"]
    assert "example.org" not in str(entries())
