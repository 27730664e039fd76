"""Who may read, join and lead a consultation."""

from datetime import timedelta

from consultation.domain.errors import Missing, NotAnOrganiser, NotConfirmed, NotOpen, NotSignedIn, UnlawfulMove
from consultation.features.accounts import services as accounts
from consultation.features.accounts.queries import account_by_id
from consultation.features.consultations.policies import (
    may_close,
    may_create_consultation,
    may_open,
    may_organise_consultation,
    may_publish,
    may_read,
    may_take_part,
)
from consultation.infrastructure import clock
from consultation.infrastructure.database import session


def loaded(account):
    session.expire_all()
    return account_by_id(account.id)


def test_a_draft_does_not_exist_for_strangers(draft_consultation, people):
    assert isinstance(may_read(None, draft_consultation).refusal, Missing)
    assert isinstance(may_read(loaded(people.citizen()), draft_consultation).refusal, Missing)


def test_a_draft_can_be_read_by_its_team(draft_consultation, people):
    assert may_read(loaded(people.organiser(draft_consultation)), draft_consultation)
    assert may_read(loaded(people.moderator(draft_consultation)), draft_consultation)


def test_a_disabled_organiser_no_longer_reads_the_draft(draft_consultation, people):
    organiser = people.organiser(draft_consultation)
    accounts.disable_account(organiser)
    session.commit()
    assert isinstance(may_read(loaded(organiser), draft_consultation).refusal, Missing)


def test_an_open_consultation_can_be_read_by_everyone(open_consultation):
    assert may_read(None, open_consultation)


def test_taking_part_needs_a_confirmed_account(open_consultation, people):
    unconfirmed = accounts.create_account("new@example.org", None, "fr")
    assert isinstance(may_take_part(None, open_consultation).refusal, NotSignedIn)
    assert isinstance(may_take_part(unconfirmed, open_consultation).refusal, NotConfirmed)
    assert may_take_part(people.citizen(), open_consultation)


def test_the_date_alone_refuses_what_is_late(open_consultation, people):
    citizen, close = people.citizen(), open_consultation.closes_at
    with clock.standing_at(close - timedelta(seconds=1)):
        assert may_take_part(citizen, open_consultation)
    with clock.standing_at(close):
        assert isinstance(may_take_part(citizen, open_consultation).refusal, NotOpen)


def test_only_organisers_lead_a_consultation(open_consultation, people):
    moderator = loaded(people.moderator(open_consultation))
    assert isinstance(may_organise_consultation(moderator, open_consultation).refusal, NotAnOrganiser)
    assert isinstance(may_organise_consultation(None, open_consultation).refusal, NotSignedIn)
    assert may_organise_consultation(loaded(people.organiser(open_consultation)), open_consultation)


def test_an_organiser_makes_each_move_in_its_turn(draft_consultation, people):
    organiser = loaded(people.organiser(draft_consultation))
    allowed = {
        "draft": (True, False, False),
        "open": (False, True, False),
        "closing": (False, True, False),
        "closed": (False, False, True),
        "published": (False, False, False),
    }
    for phase, expected in allowed.items():
        draft_consultation.phase = phase
        verdicts = [policy(organiser, draft_consultation) for policy in (may_open, may_close, may_publish)]
        assert tuple(map(bool, verdicts)) == expected
        assert all(verdict or isinstance(verdict.refusal, UnlawfulMove) for verdict in verdicts)


def test_whoever_organises_one_consultation_may_write_another(open_consultation, people):
    assert may_create_consultation(loaded(people.organiser(open_consultation)))
    assert isinstance(may_create_consultation(loaded(people.moderator(open_consultation))).refusal, NotAnOrganiser)
    assert isinstance(may_create_consultation(None).refusal, NotSignedIn)
