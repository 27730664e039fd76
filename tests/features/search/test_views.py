"""The page of the search: what is public and holds the words asked for, and a clear sentence for anything else."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from features.search.conftest import excerpts, titles
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultation.app import create_app
from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.answers import Decided
from consultation.features.comments.services import withhold_comment
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import fence, mark_closed, mark_published
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.features.recommendations.services import give_outcome
from consultation.features.reports.services import add_line, publish_report
from consultation.infrastructure.database import db, session
from consultation.infrastructure.web.limits import limiter
from consultation.settings import Settings
from pages import PageClient

HOSTILE = [
    "NEAR(",
    '"',
    "*",
    "AND",
    "OR NOT",
    "words:argument",
    "' OR 1=1 --",
    "'); DROP TABLE search_entry; --",
    "§kindcomment",
    "argument & !argument | <->",
    "a" * 10_000,
    "%",
    "\\",
    "\0",
    "argument\0",
    "🙂👍🏽",
    "\u202eargument\u202c",
    "العربية עברית",
    "<script>alert(1)</script>",
    "<mark>argument</mark>",
    "{{ 7 * 7 }}",
    "-",
    "--- -argument",
]


def _publish(consultation: Consultation) -> None:
    fence(None, consultation)
    mark_closed(consultation)
    mark_published(None, consultation)
    session.commit()


class TestResults:
    def test_a_visitor_finds_what_is_public_without_a_cookie(self, browse, people, write) -> None:
        comment = write(people.physician(), "Les hôpitaux *publics* décident.", alignment=Alignment.AGAINST)
        visitor = browse()
        page = visitor.get("/search?q=hopital")
        assert "Set-Cookie" not in page.headers
        assert not visitor.cookies()
        assert page.find("title").get_text() == "«\u00a0hopital\u00a0» – Rechercher – Consultation"
        assert page.find("h2").get_text() == "1 résultat"
        assert page.find("meta[name=robots]")["content"] == "noindex"
        assert excerpts(page) == ["Les hôpitaux publics décident."]
        assert [mark.get_text() for mark in page.find_all("main mark")] == ["hôpitaux"]
        result = page.find("main .comment")
        assert result.select_one("a")["href"] == f"/consultations/test/comments/{comment.id}/"
        said = " ".join(result.get_text().split())
        assert "Contribution sur la recommandation\u00a06" in result.get_text()
        assert "Collège médecin, vérifié" in said
        assert "Contre" in said
        assert "Une consultation d’essai" in said

    def test_recommendations_and_consultations_are_found(self, browse, open_consultation) -> None:
        page = browse(language="en").get("/search?q=essai")
        assert titles(page)[0] == "Une consultation d’essai"
        assert titles(page)[1:] == [f"Titre de la recommandation {number}" for number in (1, 3, 6, 7)]
        hrefs = [str(link["href"]) for link in page.find_all("main h3 a")]
        assert hrefs[:2] == ["/en/consultations/test/", "/en/consultations/test/recommendations/1/"]
        assert page.find("main h3")["lang"] == "fr"

    def test_a_draft_is_not_found(self, browse, draft_consultation) -> None:
        assert titles(browse().get("/search?q=essai")) == []

    def test_a_withheld_text_is_neither_found_nor_shown(self, browse, people, write) -> None:
        comment = write(people.citizen(), "Un propos injurieux sur les soins.")
        withhold_comment(comment, "0" * 12, "insult")
        session.commit()
        for asked in ("injurieux", "soins"):
            assert "propos" not in browse().get(f"/search?q={asked}").text

    def test_markup_in_a_comment_is_shown_as_text(self, browse, people, write) -> None:
        write(people.citizen(), "Un soin <img src=x onerror=alert(1)> & <script>x</script>")
        page = browse().get("/search?q=soins")
        assert not page.find_all("main img, main .comment script")
        assert "<img src=x onerror=alert(1)>" in excerpts(page)[0]

    def test_the_other_language_keeps_the_question(self, browse, open_consultation) -> None:
        links = [str(link["href"]) for link in browse().get("/search?q=essai&kind=comment").find_all("a[hreflang=en]")]
        assert links == ["/en/search?q=essai&kind=comment"]

    def test_the_masthead_leads_to_the_search(self, browse, open_consultation) -> None:
        link = browse().get("/consultations/").find(".masthead a[href='/search']")
        assert link.get_text() == "Rechercher"


class TestNarrowing:
    def test_a_thread_is_searched_alone(self, browse, people, write, open_consultation) -> None:
        author = people.citizen()
        write(author, "Un soin sous la six.", number=6)
        write(author, "Un soin sous la une.", number=1)
        recommendation = recommendation_by_number(open_consultation, 6)
        page = browse().get(f"/search?q=soins&recommendation={recommendation.id}")
        assert excerpts(page) == ["Un soin sous la six."]
        assert page.find("input[name=recommendation]")["value"] == recommendation.id
        everywhere = [link for link in page.find_all("main form a") if link.get_text() == "Chercher partout"]
        assert everywhere[0]["href"] == "/search?q=soins"

    @pytest.mark.parametrize(
        ("choice", "count"),
        [
            ("kind=comment", 2),
            ("kind=recommendation", 0),
            ("kind=reply", 0),
            ("college=physicians", 1),
            ("college=citizens&alignment=against", 0),
            ("alignment=for", 1),
            ("consultation=test", 2),
        ],
    )
    def test_a_choice_leaves_the_rest_out(self, browse, people, write, choice: str, count: int) -> None:
        write(people.physician(), "Un soin.", alignment=Alignment.AGAINST)
        write(people.citizen(), "Des soins.", alignment=Alignment.FOR)
        assert len(titles(browse().get(f"/search?q=soins&{choice}"))) == count

    def test_a_search_that_finds_nothing_says_what_to_do(self, browse, open_consultation) -> None:
        page = browse().get("/search?q=introuvable&kind=comment")
        assert "Rien n’a été trouvé" in page.find(".empty").get_text()
        assert page.find(".empty a")["href"] == "/search?q=introuvable"

    def test_a_choice_that_does_not_exist_is_told(self, browse, open_consultation) -> None:
        page = browse().get("/search?q=soin&kind=secret", 422)
        assert page.find("title").get_text().startswith("Erreur\u00a0:")
        assert page.find(".error-summary a")["href"] == "#kind"

    def test_a_recommendation_of_a_draft_is_nothing(self, browse, draft_consultation) -> None:
        recommendation = recommendation_by_number(draft_consultation, 6)
        browse().get(f"/search?q=soin&recommendation={recommendation.id}", 404)

    @pytest.mark.parametrize(
        "wrong",
        ["recommendation=%00", "recommendation=' OR 1=1", "before=x", "before=-1", f"before={1 << 63}", "before=²"],
    )
    def test_an_address_of_nobody_is_nothing(self, browse, open_consultation, wrong: str) -> None:
        browse().get(f"/search?q=soin&{wrong}", 404)

    def test_a_page_of_a_thread_leads_to_its_own_search(self, browse, people, write, open_consultation) -> None:
        write(people.citizen(), "Un soin.", number=6)
        recommendation = recommendation_by_number(open_consultation, 6)
        thread = browse().get("/consultations/test/recommendations/6/")
        address = str(thread.find("a[href*='/search?']")["href"])
        assert address == f"/search?recommendation={recommendation.id}"
        page = browse().get(address)
        assert page.find("input[name=recommendation]")["value"] == recommendation.id
        assert not page.find_all("main .notice, main .empty")


class TestWhatTheOrganiserSays:
    def test_an_outcome_leads_to_its_place_among_all(self, browse, people, open_consultation) -> None:
        organiser = people.organiser(open_consultation)
        _publish(open_consultation)
        about = recommendation_by_number(open_consultation, 6)
        give_outcome(organiser, open_consultation, about, Decided.ADOPTED, "Un décret est prêt.", 0)
        session.commit()
        page = browse().get("/search?q=décrets&kind=outcome")
        assert page.find("main h3 a")["href"] == "/consultations/test/outcomes/#o-6"
        assert browse().get("/consultations/test/outcomes/").find("#o-6")
        assert titles(page)[0].startswith("Ce qu’est devenue la recommandation 6, ")

    def test_a_line_of_the_report_leads_to_its_place(self, browse, people, open_consultation) -> None:
        organiser = people.organiser(open_consultation)
        _publish(open_consultation)
        lines = [
            add_line(organiser, open_consultation, about, "Le débat veut un registre.")
            for about in (None, recommendation_by_number(open_consultation, 6))
        ]
        publish_report(organiser, open_consultation)
        session.commit()
        page = browse().get("/search?q=registre")
        assert {str(link["href"]) for link in page.find_all("main h3 a")} == {
            f"/consultations/test/report/#l-{line.id}" for line in lines
        }
        report = browse().get("/consultations/test/report/")
        assert all(report.find(f"#l-{line.id}") for line in lines)


class TestPages:
    def test_twenty_results_stand_on_a_page_and_the_next_follow(self, browse, people, write) -> None:
        author = people.citizen()
        for number in range(23):
            write(author, f"Un soin numéro {number}.")
        visitor = browse()
        first = visitor.get("/search?q=soins&kind=comment")
        assert first.find("h2").get_text() == "23 résultats"
        following = visitor.get(str(first.find("a[rel=next]")["href"]))
        assert (len(excerpts(first)), len(excerpts(following))) == (20, 3)
        assert not set(excerpts(first)) & set(excerpts(following))
        assert not following.find_all("a[rel=next]")
        back = [link for link in following.find_all("main a") if link.get_text() == "Revenir aux premiers résultats"]
        assert back[0]["href"] == "/search?q=soins&kind=comment"

    def test_a_page_costs_a_bounded_number_of_statements(
        self, browse, people, write, statements: Callable[[], Any]
    ) -> None:
        author, visitor = people.citizen(), browse()
        costs = []
        for wanted in (1, 12):
            for _ in range(wanted):
                write(author, "Un soin.")
            with statements() as count:
                visitor.get("/search?q=soins")
            costs.append(count.total)
        assert costs[0] == costs[1] <= 6

    def test_a_page_of_the_first_results_costs_what_one_further_on_does(
        self, browse, people, write, statements: Callable[[], Any]
    ) -> None:
        author, visitor = people.citizen(), browse()
        for _ in range(21):
            write(author, "Un soin.")
        first = visitor.get("/search?q=soins&kind=comment")
        costs = []
        for address in ("/search?q=soins&kind=comment", str(first.find("a[rel=next]")["href"])):
            with statements() as count:
                visitor.get(address)
            costs.append(count.total)
        assert costs[0] == costs[1]


class TestQuestions:
    def test_without_a_question_there_is_only_the_form(self, browse, open_consultation) -> None:
        page = browse().get("/search")
        assert page.find("title").get_text() == "Rechercher – Consultation"
        assert not page.find_all("main .notice, main .empty, main .comment")

    @pytest.mark.parametrize(
        ("asked", "sentence"),
        [
            ("le la de", "Ces mots se trouvent dans tous les textes"),
            ("soin " * 100, "C’est trop long pour être cherché"),
            ("?!", "Il n’y a là aucun mot"),
            ("-soin", "Cela dit seulement ce qui doit être absent"),
        ],
    )
    def test_what_cannot_be_looked_for_is_told(self, browse, open_consultation, asked: str, sentence: str) -> None:
        assert sentence in browse().get(f"/search?q={quote(asked)}").find(".notice").get_text()

    @pytest.mark.parametrize("asked", HOSTILE)
    def test_a_hostile_question_gets_a_page(self, browse, people, write, asked: str) -> None:
        write(people.citizen(), "Un argument.")
        page = browse().get(f"/search?q={quote(asked)}")
        assert page.find("main form[role=search] input[name=q]")
        assert not page.find_all("main script")

    @given(st.text(max_size=60))
    @settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_any_question_gets_a_page(self, browse, open_consultation: Consultation, asked: str) -> None:
        browse().get(f"/search?q={quote(asked, errors='surrogatepass')}")


class TestLimits:
    @pytest.fixture
    def limited(self, settings: Settings, context: None) -> Iterator[PageClient]:
        """A visitor of an application with rate limits, counting from nothing."""
        application = create_app(replace(settings, testing=False))
        limiter.reset()
        yield PageClient(application)
        limiter.enabled = False
        with application.app_context():
            db.engine.dispose()

    def test_a_network_searches_so_often_and_no_more(self, limited: PageClient, open_consultation) -> None:
        answers = [limited.raw("GET", "/search").status_code for _ in range(301)]
        assert set(answers[:300]) == {200}
        assert answers[300] == 429
