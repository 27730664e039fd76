"""Statements that are sent without bookkeeping still mean what their columns say, and fail as all others do."""

import uuid

import pytest
from sqlalchemy import LargeBinary, Uuid, bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from consultation.features.ballots.models import Urn
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import session
from consultation.infrastructure.glimpses import PlainStatement

CLOSING = PlainStatement(
    select(Consultation.id, Consultation.closes_at, Consultation.results_on, Consultation.is_demonstration).where(
        Consultation.closes_at == bindparam("moment", type_=Consultation.closes_at.type)
    )
)
NEW_URN = PlainStatement(
    insert(Urn.__table__).values(
        consultation_id=bindparam("consultation", type_=Uuid()), key_fingerprint=bindparam("key", type_=LargeBinary())
    )
)


def test_values_go_in_and_come_out_as_their_columns_mean_them(draft_consultation: Consultation) -> None:
    one = draft_consultation
    session.flush()
    assert CLOSING.run(moment=one.closes_at) == [(one.id, one.closes_at, one.results_on, one.is_demonstration)]


def test_it_is_part_of_the_transaction_of_the_session(draft_consultation: Consultation) -> None:
    session.commit()
    NEW_URN.run(consultation=draft_consultation.id, key=b"k" * 32)
    assert session.scalar(select(Urn.key_fingerprint)) == b"k" * 32
    session.rollback()
    assert session.scalar(select(Urn.key_fingerprint)) is None


def test_what_the_database_refuses_is_raised_as_everywhere_and_shows_no_value(context: None) -> None:
    with pytest.raises(IntegrityError) as refusal:
        NEW_URN.run(consultation=uuid.uuid4(), key=b"a secret of somebody")
    assert "secret" not in str(refusal.value)
    session.rollback()


def test_who_listens_to_statements_hears_it(draft_consultation: Consultation, statements) -> None:
    moment = draft_consultation.closes_at
    with statements() as count:
        CLOSING.run(moment=moment)
    assert count.total == 1
