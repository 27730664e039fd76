"""Where a consultation stands, in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from consultation.features.ballots.services import publish_plan
from consultation.features.consultations import services
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.serializers import days_left, page_of, rail_of, step_of
from consultation.infrastructure import clock


@pytest.fixture
def request_context(app):
    with app.test_request_context("/"):
        yield


@pytest.fixture
def spring(context):
    """A consultation of March 2018; the clocks change on the 25th."""
    with clock.standing_at(datetime(2018, 1, 25, 8, tzinfo=UTC)):
        yield services.create_consultation(
            None,
            slug="spring",
            title="Printemps",
            organiser_name="Équipe d’essai",
            summary="Un essai.",
            source_title="",
            opens_at=datetime(2018, 2, 1, 8, tzinfo=UTC),
            closes_at=datetime(2018, 3, 31, 16, tzinfo=UTC),
            results_on=date(2018, 4, 15),
        )


def opened(consultation: Consultation) -> Consultation:
    with clock.standing_at(datetime(2018, 2, 1, 8, tzinfo=UTC)):
        publish_plan(None, consultation)
        services.open_consultation(None, consultation, 4, 2)
    return consultation


def states(consultation: Consultation) -> list[str]:
    return [step.state for step in rail_of(consultation)]


def test_the_rail_follows_the_phases(spring, request_context):
    assert states(spring) == ["now", "next", "next", "next"]
    opened(spring)
    assert states(spring) == ["done", "now", "next", "next"]
    services.fence(None, spring)
    assert states(spring) == ["done", "done", "now", "next"]
    services.mark_closed(spring)
    assert states(spring) == ["done", "done", "now", "next"]
    services.mark_published(None, spring)
    assert states(spring) == ["done", "done", "done", "now"]


def test_past_the_closing_second_the_rail_counts_whatever_the_phase_says(spring, request_context):
    opened(spring)
    assert step_of(spring, spring.closes_at - timedelta(seconds=1)) == 1
    assert step_of(spring, spring.closes_at) == 2
    with clock.standing_at(spring.closes_at):
        assert [tab.label for tab in page_of(spring, "recommendations")["tabs"]] == ["Recommandations", "Vérifier"]


def test_dates_are_said_in_full_with_the_days_that_remain(spring, request_context):
    opened(spring)
    with clock.standing_at(datetime(2018, 3, 19, 9, tzinfo=UTC)):
        whens = [step.when.replace("\N{NO-BREAK SPACE}", " ") for step in rail_of(spring)]
    assert whens == [
        "jusqu’au 1ᵉʳ février 2018",
        "jusqu’au 31 mars 2018 · 12 jours restants",
        "à partir du 31 mars 2018",
        "15 avril 2018",
    ]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        # Paris is one hour ahead of UTC before 25 March 2018, two hours after: the day is that of Paris.
        (datetime(2018, 3, 24, 22, 59, tzinfo=UTC), "7 jours restants"),
        (datetime(2018, 3, 24, 23, 0, tzinfo=UTC), "6 jours restants"),
        (datetime(2018, 3, 29, 22, 0, tzinfo=UTC), "1 jour restant"),
        (datetime(2018, 3, 30, 22, 0, tzinfo=UTC), "dernier jour"),
    ],
)
def test_days_are_counted_in_paris_across_the_change_of_clocks(spring, request_context, moment, said):
    with clock.standing_at(moment):
        assert days_left(spring.closes_at, clock.today()).replace("\N{NO-BREAK SPACE}", " ") == said


def test_ranking_is_offered_while_open_and_results_once_published(spring, request_context):
    opened(spring)
    with clock.standing_at(datetime(2018, 3, 19, tzinfo=UTC)):
        assert [tab.label for tab in page_of(spring, "ballot")["tabs"]] == ["Recommandations", "Classer", "Vérifier"]
        assert [tab.current for tab in page_of(spring, "ballot")["tabs"]] == [False, True, False]
    services.fence(None, spring)
    services.mark_closed(spring)
    services.mark_published(None, spring)
    assert [tab.label for tab in page_of(spring, "results")["tabs"]] == [
        "Recommandations",
        "Résultats",
        "Carte des opinions",
        "Vérifier",
    ]
