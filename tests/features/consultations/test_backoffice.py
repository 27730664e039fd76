"""The organisers' desk."""

import pytest

from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import MODERATOR
from consultation.features.accounts.queries import holders_of
from consultation.features.consultations import services
from consultation.features.consultations.queries import consultation_by_slug
from consultation.features.recommendations.services import import_recommendations
from consultation.infrastructure.database import session

DESK = "/organise/test/"
OPEN = "/organise/test/open/"


def without_moderators(consultation):
    for moderator in holders_of(MODERATOR, consultation.id):
        accounts.revoke_role(moderator, consultation.id, MODERATOR)
    session.commit()


def test_the_desks_ask_a_visitor_to_sign_in(browse, draft_consultation):
    for path in ("/organise/", DESK, "/organise/nothing/"):
        assert "sign_in" in browse().get(path, 303).location.replace("-", "_")


def test_the_desks_are_closed_to_who_has_no_role(browse, draft_consultation, people):
    client = browse(people.citizen())
    client.get("/organise/", 403)
    client.get(DESK, 403)
    client.get("/organise/nothing/", 403)
    client.post(OPEN, status=403)


def test_a_moderator_has_a_queue_but_no_desk(browse, open_consultation, people):
    client = browse(people.moderator(open_consultation))
    page = client.get("/organise/")
    assert [link.get_text(strip=True) for link in page.find_all(".acts a")] == ["Modérer"]
    client.get(DESK, 403)


def test_the_draft_of_others_does_not_exist(browse, draft_consultation, people):
    other = services.create_consultation(
        None,
        slug="other",
        title="Une autre",
        organiser_name="Équipe d’essai",
        summary="Un essai.",
        source_title="",
        opens_at=draft_consultation.opens_at,
        closes_at=draft_consultation.closes_at,
        results_on=draft_consultation.results_on,
    )
    session.commit()
    client = browse(people.organiser(other))
    client.get(DESK, 404)
    client.post(OPEN, status=404)
    assert consultation_by_slug("test").phase == "draft"


@pytest.mark.parametrize(
    ("language", "button", "flash"),
    [
        ("fr", "Ouvrir la consultation", "La consultation est ouverte"),
        ("en", "Open the consultation", "The consultation is open"),
    ],
)
def test_an_organiser_opens_a_consultation_that_lacks_nothing(
    browse, draft_consultation, people, language, button, flash
):
    client = browse(people.organiser(draft_consultation), language=language)
    page = client.get(DESK)
    assert page.find("main form button").get_text(strip=True) == button
    page = client.follow(client.submit(page))
    assert flash in page.text
    assert consultation_by_slug("test").phase == "open"


@pytest.mark.parametrize(
    ("language", "reasons"),
    [
        ("fr", ("au moins une recommandation", "deux modérateurs")),
        ("en", ("at least one recommendation", "two moderators")),
    ],
)
def test_opening_is_refused_with_its_reasons_in_words(browse, draft_consultation, people, language, reasons):
    without_moderators(draft_consultation)
    services.keep_recommendation_count(draft_consultation, 0)
    session.commit()
    client = browse(people.organiser(draft_consultation), language=language)
    assert not client.get(DESK).find_all("main form")
    page = client.post(OPEN, status=409)
    text = page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert all(reason in text for reason in reasons)
    assert page.find("[role=alert]")
    assert consultation_by_slug("test").phase == "draft"


def test_opening_twice_is_refused_and_changes_nothing(browse, open_consultation, people):
    opened_at = open_consultation.opened_at
    page = browse(people.organiser(open_consultation)).post(OPEN, status=409)
    assert "ne peut pas passer" in page.text
    assert consultation_by_slug("test").opened_at == opened_at


def test_a_request_without_its_token_opens_nothing(browse, draft_consultation, people):
    browse(people.organiser(draft_consultation)).post(OPEN, status=400, csrf=False)
    assert consultation_by_slug("test").phase == "draft"


@pytest.mark.parametrize(
    ("phase", "action"), [("open", None), ("closing", None), ("closed", "publish"), ("published", None)]
)
def test_the_desk_offers_the_one_move_that_is_lawful(browse, open_consultation, people, phase, action):
    open_consultation.phase = phase
    if phase == "published":
        open_consultation.published_at = open_consultation.opened_at
    session.commit()
    page = browse(people.organiser(open_consultation)).get(DESK)
    assert [action in str(form["action"]) for form in page.find_all("main form")] == ([True] if action else [])
    assert bool(page.find_all('main a[href$="/close/"]')) == (phase == "open")


def test_the_desk_shows_the_team_to_its_organisers(browse, open_consultation, people):
    organiser = people.organiser(open_consultation)
    page = browse(organiser).get(DESK)
    assert organiser.address in page.text
    assert all(one.address in page.text for one in holders_of(MODERATOR, open_consultation.id))


@pytest.mark.parametrize("slug", ["%00", "..%2f..", "%27%20OR%201=1", "é", "a" * 500, "TEST"])
def test_a_hostile_address_of_a_desk_leads_nowhere(browse, open_consultation, people, slug):
    browse(people.organiser(open_consultation)).get(f"/organise/{slug}/", 404)


def test_importing_again_before_opening_is_what_the_desk_counts(browse, draft_consultation, people):
    import_recommendations(draft_consultation, [{"number": 5, "title": "Une seule", "text": "Un texte."}])
    session.commit()
    page = browse(people.organiser(draft_consultation)).get(DESK)
    assert "1 recommandation" in page.text
