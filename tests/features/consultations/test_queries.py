"""Which consultations are found, and by whom."""

from datetime import timedelta

import pytest

from consultation.domain.errors import Missing
from consultation.features.accounts.queries import account_by_id
from consultation.features.ballots.services import publish_plan
from consultation.features.consultations import services
from consultation.features.consultations.queries import (
    all_consultations_for,
    consultation_by_slug,
    public_consultations,
)
from consultation.infrastructure import clock
from consultation.infrastructure.database import session


def create(slug, **changes):
    return services.create_consultation(
        None,
        **{
            "slug": slug,
            "title": f"Consultation {slug}",
            "organiser_name": "Équipe d’essai",
            "summary": "Un essai.",
            "source_title": "",
            "opens_at": clock.now(),
            "closes_at": clock.now() + timedelta(days=10),
            "results_on": clock.today() + timedelta(days=15),
            **changes,
        },
    )


def test_a_consultation_is_found_by_its_address(open_consultation):
    assert consultation_by_slug("test") is open_consultation


@pytest.mark.parametrize("slug", ["", "nothing", "TEST", "test'--", "../test", "te\0st", "é", "a" * 10_000])
def test_an_address_that_no_consultation_has_is_missing(open_consultation, slug):
    with pytest.raises(Missing):
        consultation_by_slug(slug)


def test_a_draft_is_not_among_the_public_consultations(draft_consultation):
    assert public_consultations() == []


def test_public_consultations_come_open_ones_first_then_by_closing_date(open_consultation):
    later, latest = (create(f"in-{days}", closes_at=clock.now() + timedelta(days=days)) for days in (12, 14))
    for consultation in (later, latest):
        publish_plan(None, consultation)
        services.open_consultation(None, consultation, recommendation_count=1, moderator_count=2)
    services.fence(None, latest)
    assert public_consultations() == [later, open_consultation, latest]


def test_a_member_of_a_team_finds_their_own_consultations_drafts_included(draft_consultation, people):
    create("other")
    organiser = people.organiser(draft_consultation)
    session.expire_all()
    assert [one.slug for one in all_consultations_for(account_by_id(organiser.id))] == ["test"]


def test_somebody_without_a_role_finds_none(draft_consultation, people):
    assert all_consultations_for(account_by_id(people.citizen().id)) == []
