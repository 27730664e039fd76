"""The life of a consultation, from its draft to its publication."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from consultation.domain.errors import (
    ConsultationRefused,
    NotAnOrganiser,
    OpeningRefused,
    UnlawfulMove,
)
from consultation.features.accounts.models import ORGANISER
from consultation.features.accounts.queries import account_by_id, holders_of
from consultation.features.consultations import services
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock
from consultation.infrastructure.database import session


def words(**changes):
    return {
        "slug": "another",
        "title": "Une autre",
        "organiser_name": "Équipe d’essai",
        "summary": "Un essai.",
        "source_title": "",
        "opens_at": clock.now(),
        "closes_at": clock.now() + timedelta(days=10),
        "results_on": clock.today() + timedelta(days=15),
        **changes,
    }


def loaded(account):
    session.expire_all()
    return account_by_id(account.id)


def test_a_new_consultation_is_a_draft(context):
    consultation = services.create_consultation(None, **words())
    assert consultation.phase == "draft"
    assert not consultation.takes_part_at(clock.now())


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"slug": "Two Words"}, "slug"),
        ({"slug": "x/../y"}, "slug"),
        ({"slug": "test"}, "slug_taken"),
        ({"title": "   "}, "words"),
        ({"opens_at": clock.now() + timedelta(days=20)}, "dates"),
        ({"results_on": clock.today()}, "dates"),
    ],
)
def test_a_consultation_with_wrong_words_or_dates_is_refused(draft_consultation, changes, reason):
    with pytest.raises(ConsultationRefused) as refusal:
        services.create_consultation(None, **words(**changes))
    assert refusal.value.values["reason"] == reason


def test_whoever_writes_a_consultation_organises_it(open_consultation, people):
    organiser = loaded(people.organiser(open_consultation))
    consultation = services.create_consultation(organiser, **words())
    assert holders_of(ORGANISER, consultation.id) == [organiser]


@pytest.mark.parametrize(
    ("recommendations", "moderators", "missing"),
    [
        (0, 2, ("recommendations",)),
        (4, 1, ("moderators",)),
        (0, 0, ("recommendations", "moderators")),
    ],
)
def test_opening_is_refused_while_something_is_missing(draft_consultation, recommendations, moderators, missing):
    with pytest.raises(OpeningRefused) as refusal:
        services.open_consultation(None, draft_consultation, recommendations, moderators)
    assert refusal.value.values["missing"] == missing
    assert draft_consultation.phase == "draft"


def test_a_consultation_whose_closing_date_has_passed_cannot_open(draft_consultation):
    with clock.standing_at(draft_consultation.closes_at), pytest.raises(OpeningRefused) as refusal:
        services.open_consultation(None, draft_consultation, 4, 2)
    assert refusal.value.values["missing"] == ("later_close",)


def test_of_two_who_open_at_once_the_second_finds_it_open(draft_consultation):
    assert draft_consultation.phase == "draft"
    meanwhile = update(Consultation).values(phase="open").execution_options(synchronize_session=False)
    session.execute(meanwhile)
    with pytest.raises(UnlawfulMove):
        services.open_consultation(None, draft_consultation, 4, 2)


def test_a_moderator_cannot_make_the_moves_of_an_organiser(draft_consultation, people):
    moderator = loaded(people.moderator(draft_consultation))
    with pytest.raises(NotAnOrganiser):
        services.open_consultation(moderator, draft_consultation, 4, 2)
    services.open_consultation(None, draft_consultation, 4, 2)
    with pytest.raises(NotAnOrganiser):
        services.fence(moderator, draft_consultation)
    services.fence(None, draft_consultation)
    services.mark_closed(draft_consultation)
    with pytest.raises(NotAnOrganiser):
        services.mark_published(moderator, draft_consultation)


def test_a_consultation_lives_its_phases_in_order_and_once(open_consultation):
    services.fence(None, open_consultation)
    assert not open_consultation.takes_part_at(clock.now())
    services.mark_closed(open_consultation)
    services.mark_published(None, open_consultation)
    session.flush()
    assert open_consultation.phase == "published"
    for move in (services.fence, services.mark_published):
        with pytest.raises(UnlawfulMove):
            move(None, open_consultation)
    with pytest.raises(UnlawfulMove):
        services.open_consultation(None, open_consultation, 4, 2)


def test_results_cannot_be_published_before_the_ceremony_is_over(open_consultation):
    for _ in range(2):
        with pytest.raises(UnlawfulMove):
            services.mark_published(None, open_consultation)
        if open_consultation.phase == "open":
            services.fence(None, open_consultation)
