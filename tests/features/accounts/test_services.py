"""Accounts and their roles."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consultation.domain.errors import NotAModerator, NotAnOrganiser, NotConfirmed, NotSignedIn, Suspended
from consultation.features.accounts import services
from consultation.features.accounts.models import MODERATOR, ORGANISER, Account, Grant
from consultation.features.accounts.policies import may_act, may_moderate, may_organise
from consultation.features.accounts.queries import account_by_address, account_by_id, holders_of
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import session


def test_an_account_acts_once_its_address_is_confirmed_and_until_it_is_disabled(context: None) -> None:
    account = services.create_account("camille@example.org", None, "fr")
    assert isinstance(may_act(account).refusal, NotConfirmed)
    services.confirm_address(account)
    assert may_act(account)
    services.disable_account(account)
    assert isinstance(may_act(account).refusal, Suspended)
    assert isinstance(may_act(None).refusal, NotSignedIn)


def test_a_confirmation_keeps_its_first_moment(people: Any) -> None:
    account = people.citizen()
    first = account.confirmed_at
    services.confirm_address(account)
    assert account.confirmed_at == first


def test_a_role_holds_in_its_consultation_alone_and_is_given_once(people: Any, open_consultation: Consultation) -> None:
    account = people.citizen()
    for _ in range(2):
        services.grant_role(account, open_consultation.id, MODERATOR)
    assert len(session.scalars(select(Grant).where(Grant.account_id == account.id)).all()) == 1
    holder = account_by_id(account.id)
    assert may_moderate(holder, open_consultation.id)
    assert isinstance(may_organise(holder, open_consultation.id).refusal, NotAnOrganiser)
    services.revoke_role(account, open_consultation.id, MODERATOR)
    services.revoke_role(account, open_consultation.id, ORGANISER)
    assert isinstance(may_moderate(account_by_id(account.id), open_consultation.id).refusal, NotAModerator)


def test_holders_of_a_role_are_those_in_force(people: Any, open_consultation: Consultation) -> None:
    before = holders_of(MODERATOR, open_consultation.id)
    leaving = people.moderator(open_consultation)
    services.disable_account(leaving)
    assert holders_of(MODERATOR, open_consultation.id) == before


def test_an_address_is_found_whatever_its_case_and_belongs_to_one_account(context: None) -> None:
    account = services.create_account("camille@example.org", None, "fr")
    assert account_by_address("  Camille@EXAMPLE.org ") is account
    session.add(Account(address="camille@example.org", created_at=account.created_at))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
