"""The list of consultations, as it is read."""

from datetime import timedelta

import pytest

from consultation.features.ballots.services import publish_plan
from consultation.features.consultations import services
from consultation.infrastructure import clock
from consultation.infrastructure.database import session


@pytest.mark.parametrize(
    ("language", "title", "empty"),
    [("fr", "Consultations", "Aucune consultation"), ("en", "Consultations", "No consultation is public yet")],
)
def test_an_empty_list_says_what_to_do_next(browse, language, title, empty):
    page = browse(language=language).get("/consultations/")
    assert page.find("h1").get_text(strip=True) == title
    assert empty in page.text
    assert page.find(".empty a")["href"].endswith("/method")


def test_a_draft_is_not_listed(browse, draft_consultation):
    assert draft_consultation.title not in browse().get("/consultations/").text


def test_an_open_consultation_is_listed_with_its_step_dates_and_number_of_recommendations(browse, open_consultation):
    card = browse().get("/consultations/").find(".rec")
    text = " ".join(card.get_text(" ").split())
    assert "Débat et classement" in text
    assert "10 jours restants" in text
    assert "4 recommandations" in text
    assert card.select_one("a")["href"] == "/consultations/test/"


def test_texts_in_another_language_than_the_page_are_marked(browse, open_consultation):
    assert browse(language="en").get("/consultations/").find(".rec h2")["lang"] == "fr"
    assert not browse().get("/consultations/").find(".rec h2").has_attr("lang")


def test_the_list_sets_no_cookie_and_holds_no_form(browse, open_consultation):
    client = browse()
    page = client.get("/consultations/")
    assert not page.find_all("form")
    assert "Set-Cookie" not in page.headers
    assert not client.cookies()


def create_open(number):
    consultation = services.create_consultation(
        None,
        slug=f"number-{number}",
        title=f"Consultation {number}",
        organiser_name="Équipe d’essai",
        summary="Un essai.",
        source_title="",
        opens_at=clock.now(),
        closes_at=clock.now() + timedelta(days=10),
        results_on=clock.today() + timedelta(days=15),
    )
    publish_plan(None, consultation)
    services.open_consultation(None, consultation, 4, 2)


def test_the_number_of_statements_is_that_of_the_page_not_of_its_consultations(browse, context, statements):
    client, totals = browse(), []
    for made, wanted in ((0, 20), (20, 200)):
        for number in range(made, wanted):
            create_open(number)
        session.commit()
        with statements() as count:
            assert len(client.get("/consultations/").find_all(".rec")) == wanted
        totals.append(count.total)
    assert totals[0] == totals[1] <= 2
