"""The pages of outcomes: what everyone reads of the answers and of their day, and the organisers' desk."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consultation.domain.deliberation.answers import Decided
from consultation.features.consultations.services import fence, mark_closed, mark_published
from consultation.features.recommendations.models import Outcome, Promise
from consultation.features.recommendations.queries import recommendation_by_number, recommendations_of
from consultation.features.recommendations.services import give_outcome, promise_answers
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

INDEX, OUTCOMES, DESK = "/consultations/test/", "/consultations/test/outcomes/", "/organise/test/outcomes/"
PROMISE = "/organise/test/promise/"


@pytest.fixture
def organiser(people, open_consultation):
    """An organiser of the consultation."""
    return people.organiser(open_consultation)


@pytest.fixture
def client(browse, organiser):
    """The organiser at work."""
    return browse(organiser, language="en")


@pytest.fixture
def published_consultation(open_consultation):
    """The consultation, published."""
    fence(None, open_consultation)
    mark_closed(open_consultation)
    mark_published(None, open_consultation)
    session.commit()
    return open_consultation


@pytest.fixture
def promised(organiser, open_consultation):
    """A day promised, thirty days from now."""
    day = clock.today() + timedelta(days=30)
    promise_answers(organiser, open_consultation, day)
    session.commit()
    return day


def give(organiser, consultation, number, kind=Decided.ADOPTED, why="Le décret est prêt.", seen=0):
    """Give an outcome and commit."""
    give_outcome(organiser, consultation, recommendation_by_number(consultation, number), kind, why, seen)
    session.commit()


class TestRead:
    """What everyone reads."""

    def test_before_the_results_the_page_says_when_answers_come(self, browse, open_consultation, promised):
        page = browse(language="en").get(OUTCOMES)
        assert "No outcome yet" in page.text
        assert "(in 30 days)" in page.find(".notice").get_text()

    def test_the_days_that_remain_are_counted_anew_each_day_by_kept_pages_too(self, browse, promised):
        visitor = browse(language="en")
        for days, said in ((0, "(in 30 days)"), (29, "(in 1 day)"), (30, "for today"), (31, "has not been kept since")):
            with clock.standing_at(clock.now() + timedelta(days=days)):
                for _ in range(2):
                    assert said in visitor.get(INDEX).text

    def test_an_outcome_stands_with_its_reason_on_its_page_beside_the_debate_and_on_its_card(
        self, browse, organiser, published_consultation
    ):
        give(organiser, published_consultation, 3, Decided.NOT_FOLLOWED)
        visitor = browse(language="en")
        page = visitor.get(OUTCOMES)
        assert "Not followed" in page.find("#o-3").get_text()
        assert "Le décret est prêt." in page.find("#o-3").get_text()
        assert "Le décret est prêt." in visitor.get("/consultations/test/recommendations/3/").find("aside").get_text()
        assert [one.get_text(" ", strip=True) for one in visitor.get(INDEX).find_all(".rec .outcome")] == [
            "□ Not followed"
        ]
        assert visitor.get(INDEX).find(f".tabs a[href='/en{OUTCOMES}']")

    def test_what_an_outcome_said_before_stays_readable(self, browse, organiser, published_consultation):
        give(organiser, published_consultation, 3)
        give(organiser, published_consultation, 3, Decided.ADAPTED, "Le décret attend.", seen=1)
        section = browse(language="en").get(OUTCOMES).find("#o-3")
        assert "Le décret attend." in section.select_one("div").get_text()
        assert "Adopted" in section.select_one("details").get_text()
        assert "Le décret est prêt." in section.select_one("details").get_text()

    def test_a_promise_that_was_kept_is_announced_no_more_and_stays_in_the_list(
        self, browse, organiser, published_consultation
    ):
        published_consultation.results_on = clock.today()
        promise_answers(organiser, published_consultation, clock.today())
        for one in recommendations_of(published_consultation.id):
            give(organiser, published_consultation, one.number)
        visitor = browse(language="en")
        with clock.standing_at(clock.now() + timedelta(days=40)):
            for path in (INDEX, OUTCOMES, "/consultations/test/recommendations/3/", "/consultations/test/report/"):
                assert "has not been kept" not in visitor.get(path).text
            assert "What was promised" in visitor.get(OUTCOMES).text

    def test_a_recommendation_under_study_still_awaits_its_answer(self, browse, organiser, published_consultation):
        published_consultation.answers_on = clock.today()
        for one in recommendations_of(published_consultation.id):
            give(organiser, published_consultation, one.number, Decided.UNDER_STUDY)
        page = browse(language="en").get(OUTCOMES)
        assert "0 final answers, for 4 recommendations" in page.text
        assert "Answers are promised for today" in page.text

    def test_the_page_costs_the_same_statements_with_one_outcome_and_with_all(
        self, browse, organiser, published_consultation, statements
    ):
        totals = []
        for numbers in ((1,), (3, 6, 7)):
            for number in numbers:
                give(organiser, published_consultation, number)
                give(organiser, published_consultation, number, why="Autre raison.", seen=1)
            with statements() as counted:
                browse().get(OUTCOMES)
            totals.append(counted.total)
        assert totals[0] == totals[1]


class TestDesk:
    """Organisers answer and promise, without scripts."""

    def test_before_the_results_the_desk_says_why_nothing_can_be_given(self, client):
        page = client.get(DESK)
        assert "nobody answers a count before everyone has seen it" in page.text
        assert not page.find_all("td a")
        client.get(f"{DESK}3/", status=409)

    def test_an_outcome_is_given_from_the_desk(self, client, published_consultation):
        link = client.get(DESK).find("td a[aria-describedby=r-3]")["href"]
        sent = client.submit(client.get(link), fields={"kind": "adapted", "body": "En partie."}, path=link)
        page = client.follow(sent)
        assert "The outcome of recommendation 3 is public now." in page.text
        assert "Adapted" in page.find("tr:has(#r-3)").get_text()

    @pytest.mark.parametrize(
        "fields", [{"kind": "adopted", "body": " "}, {"body": "Sans choix."}, {"kind": "x", "body": "y"}]
    )
    def test_an_outcome_without_choice_or_reason_is_refused(self, client, published_consultation, fields):
        path = f"{DESK}3/"
        client.submit(client.get(path), fields=fields, path=path, status=422)
        assert session.scalars(select(Outcome)).all() == []

    def test_two_organisers_at_once_see_each_others_words_before_one_replaces_the_other(
        self, client, organiser, published_consultation
    ):
        path = f"{DESK}3/"
        page = client.get(path)
        give(organiser, published_consultation, 3)
        stale = client.submit(page, fields={"kind": "adapted", "body": "En partie."}, path=path, status=409)
        assert "Le décret est prêt." in stale.find("section.panel").get_text()
        client.submit(stale, path=path)
        session.expire_all()
        assert session.scalars(select(Outcome)).one().body == "En partie."

    def test_a_day_is_promised_then_changed_with_a_reason_that_everyone_reads(self, client, browse, open_consultation):
        first, second = (clock.today() + timedelta(days=days) for days in (30, 60))
        page = client.get(PROMISE)
        assert not page.find_all("[name=reason]")
        client.follow(client.submit(page, fields={"day": first.isoformat()}, path=PROMISE))
        page = client.get(PROMISE)
        refused = client.submit(page, fields={"day": second.isoformat(), "reason": " "}, path=PROMISE, status=422)
        assert "Say why the day changes" in refused.text
        reason = "L’avis d’un comité manque encore."
        client.submit(refused, fields={"day": second.isoformat(), "reason": reason}, path=PROMISE)
        assert reason in browse().get(OUTCOMES).text
        assert len(session.scalars(select(Promise)).all()) == 2

    @pytest.mark.parametrize("day", ["", "demain", "2018-12-14", "0000-00-00", "9999999-01-01"])
    def test_a_day_that_is_none_or_is_past_is_refused(self, client, open_consultation, day):
        client.submit(client.get(PROMISE), fields={"day": day}, path=PROMISE, status=422)
        assert session.scalars(select(Promise)).all() == []
