"""The page of a consultation."""

import pytest

from consultation.domain.colleges import College
from consultation.features.consultations import services
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.features.recommendations.services import count_comment, import_recommendations
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

PATH = "/consultations/test/"


def closed(consultation):
    services.fence(None, consultation)
    services.mark_closed(consultation)
    session.commit()
    return consultation


def tabs(page):
    return [tab.get_text(strip=True) for tab in page.find_all(".tabs a")]


def test_an_open_consultation_shows_its_recommendations_and_leads_to_the_ballot(browse, open_consultation):
    page = browse().get(PATH)
    assert page.find("h1").get_text(strip=True) == open_consultation.title
    assert "Équipe d’essai · Un communiqué" in page.find(".eyebrow").get_text()
    assert [card.get_text(strip=True)[-1] for card in page.find_all(".rec-number")] == ["1", "3", "6", "7"]
    assert page.find(".actions a").get_text(strip=True) == "Classer les recommandations"
    assert tabs(page) == ["Recommandations", "Classer", "Vérifier"]
    assert page.find(".rail [aria-current=step] strong").get_text() == "Débat et classement"


def test_the_page_is_there_in_english_too(browse, open_consultation):
    page = browse(language="en").get(PATH)
    assert page.find(".actions a").get_text(strip=True) == "Rank the recommendations"
    assert tabs(page) == ["Recommendations", "Rank them", "Verify"]
    assert "10 days left" in page.find(".rail").get_text()
    assert page.find("h1")["lang"] == page.find(".rec h2")["lang"] == "fr"
    assert page.find(".rec a")["href"].startswith("/en/")


def test_a_card_counts_the_comments_and_leads_to_their_thread(browse, open_consultation):
    for alignment in ("for", "for", "against"):
        count_comment(recommendation_by_number(open_consultation, 3).id, College.CITIZENS, alignment, 1)
    session.commit()
    card = browse().get(PATH).find_all(".rec")[1]
    assert "3 contributions" in " ".join(card.get_text(" ").split())
    assert "67" in card.select_one("svg")["aria-label"]
    assert card.select_one("a")["href"].endswith("/3/")


def test_a_draft_does_not_exist_for_strangers(browse, draft_consultation, people):
    browse().get(PATH, 404)
    browse(people.citizen()).get(PATH, 404)


def test_a_draft_can_be_previewed_by_its_team(browse, draft_consultation, people):
    for account in (people.organiser(draft_consultation), people.moderator(draft_consultation)):
        page = browse(account).get(PATH)
        assert "En préparation" in page.text
        assert tabs(page) == ["Recommandations"]
        assert len(page.find_all(".rec")) == 4


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Cette consultation est close"), ("en", "This consultation is closed")]
)
def test_a_closed_consultation_says_so_and_offers_no_ballot(browse, open_consultation, language, said):
    closed(open_consultation)
    page = browse(language=language).get(PATH)
    assert said in page.find(".notice").get_text()
    assert not page.find_all(".actions a[href*='/ballot/']")
    assert len(tabs(page)) == 2


def test_past_its_closing_second_an_open_consultation_says_that_it_is_closed(browse, open_consultation):
    with clock.standing_at(open_consultation.closes_at):
        page = browse().get(PATH)
    assert "Cette consultation est close" in page.find(".notice").get_text()
    assert not page.find_all(".actions a[href*='/ballot/']")


def test_a_published_consultation_leads_to_its_results(browse, open_consultation):
    services.mark_published(None, closed(open_consultation))
    session.commit()
    page = browse().get(PATH)
    assert page.find(".actions a").get_text(strip=True) == "Voir les résultats"
    assert page.find(".notice a")["href"] == page.find(".actions a")["href"]
    assert tabs(page)[:2] == ["Recommandations", "Résultats"]
    assert tabs(page)[-1] == "Vérifier"


def test_a_consultation_without_recommendation_says_what_to_do(browse, draft_consultation, people):
    for recommendation in (1, 3, 6, 7):
        session.delete(recommendation_by_number(draft_consultation, recommendation))
    session.commit()
    page = browse(people.organiser(draft_consultation)).get(PATH)
    assert page.find(".empty a")["href"] == "/help"


@pytest.mark.parametrize(
    "slug", ["nothing", "%00", "..%2f..", "%27%20OR%201=1", "%3Cscript%3E", "é", "a" * 500, "TEST"]
)
def test_a_hostile_address_leads_nowhere(browse, open_consultation, slug):
    browse().get(f"/consultations/{slug}/", 404)


def test_words_of_a_consultation_are_never_taken_for_html(browse, draft_consultation, people):
    draft_consultation.title = draft_consultation.summary = "<script>alert(1)</script> & “x”"
    import_recommendations(
        draft_consultation,
        [{"number": 1, "title": "<b>gras</b>", "text": "Un texte.", "theme": '" onload="x'}],
    )
    services.open_consultation(None, draft_consultation, 1, 2)
    session.commit()
    for path in (PATH, "/consultations/", "/", "/sitemap"):
        page = browse().get(path)
        assert not page.find_all("main script")
        assert "gras" not in [bold.get_text() for bold in page.find_all("main b")]
        assert "<script>alert(1)</script>" in page.text


def test_the_page_sets_no_cookie_and_holds_no_form(browse, open_consultation):
    client = browse()
    page = client.get(PATH)
    assert not page.find_all("form")
    assert "Set-Cookie" not in page.headers
    assert not client.cookies()


def test_the_number_of_statements_is_that_of_the_page_not_of_its_recommendations(
    browse, draft_consultation, people, statements
):
    client, totals = browse(people.organiser(draft_consultation)), []
    for wanted in (20, 200):
        import_recommendations(
            draft_consultation,
            [{"number": number, "title": "Un titre", "text": "Un texte."} for number in range(1, wanted + 1)],
        )
        session.commit()
        with statements() as count:
            assert len(client.get(PATH).find_all(".rec")) == wanted
        totals.append(count.total)
    assert totals[0] == totals[1] <= 5


def test_a_visitor_costs_two_statements(browse, open_consultation, statements):
    client = browse()
    with statements() as count:
        client.get(PATH)
    assert count.total <= 2
