"""The pages of duels, without JavaScript."""

import re

import pytest

from consultation.domain.social_choice.insertion import Answer
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.accounts.models import Account
from consultation.features.authentication.services import end_session, start_session
from consultation.features.ballots.models import CONSENT_VERSION, Sheet, key_name
from consultation.features.ballots.queries import draft_of, papers_of
from consultation.features.ballots.services import cast_ballot, save_draft
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock, keys
from consultation.infrastructure.database import session
from pages import Page, PageClient

PAPER = "/consultations/test/ballot/"
DUELS = f"{PAPER}duels/"
NUMBERS = (1, 3, 6, 7)
BEFORE, AFTER, TIED, ASIDE, OPPONENT_ASIDE = Answer
UNDO = "undo"


@pytest.fixture
def voter(people) -> Account:
    return people.citizen()


@pytest.fixture
def client(open_consultation: Consultation, voter: Account, browse) -> PageClient:
    return browse(voter, language="en")


def order(*tiers: list[int]) -> WeakOrder:
    return WeakOrder.from_tiers(tiers)


def press(client: PageClient, page: Page, answer: str) -> Page:
    """Press a button that the page has, and go where it leads."""
    assert page.find_all(f'button[name=answer][value="{answer}"]'), answer
    return client.follow(client.submit(page, "form:has([name=question])", button=("answer", answer)))


def asked(page: Page) -> dict[int, str]:
    """The recommendations of the question, each with the answer that places it first, as they stand on the page."""
    return {
        int(re.search(r"\d+", pick.find("small").get_text())[0]): str(pick["value"]) for pick in page.find_all(".pick")
    }


def answered_by(opinion: WeakOrder, client: PageClient) -> list[Page]:
    """Answer every question as somebody of this opinion does; the pages from the first to the last."""
    pages = [client.get(DUELS)]
    while choices := asked(pages[-1]):
        first, second = sorted(choices, key=lambda number: opinion.places()[number])
        is_tied = opinion.places()[first] == opinion.places()[second]
        pages.append(press(client, pages[-1], TIED if is_tied else choices[first]))
    return pages


def left(page: Page) -> int:
    progress = page.find("progress")
    return int(str(progress["max"])) - int(str(progress["value"]))


def test_the_first_page_asks_and_writes_nothing(client, voter: Account, open_consultation: Consultation) -> None:
    page = client.get(DUELS)
    assert page.find("h2").get_text() == "Question 1: which should come first?"
    assert page.find("label[for=progress]").get_text() == "At most 5 questions left, this one included."
    assert set(asked(page)) == set(papers_of(voter, open_consultation).presented[:2])
    assert "« Texte de la recommandation" in page.find("details").get_text()
    assert page.headers["Cache-Control"] == "no-store"
    assert draft_of(voter, open_consultation) is None


@pytest.mark.parametrize(
    "opinion",
    [
        order([1], [3], [6], [7]),
        order([7], [6], [3], [1]),
        order([6], [1, 7], [3]),
        order([3, 6], [1, 7]),
        order([1, 3, 6, 7]),
    ],
)
def test_the_answers_of_an_opinion_build_it_in_the_draft_that_is_reviewed(
    client, voter: Account, open_consultation: Consultation, opinion: WeakOrder
) -> None:
    pages = answered_by(opinion, client)
    assert draft_of(voter, open_consultation).order == opinion
    counted = [left(page) for page in pages[:-1]]
    assert counted == sorted(counted, reverse=True)
    assert len(counted) <= counted[0]
    assert "No question is left" in pages[-1].find("h2").get_text()
    review = client.get(str(pages[-1].find("main a.btn--primary")["href"]))
    assert review.find("input[name=ranking]")["value"] == ">".join("=".join(map(str, tier)) for tier in opinion)


def test_an_answer_leads_to_the_next_question_by_an_address_that_says_nothing(client) -> None:
    page = client.get(DUELS)
    answer = client.submit(page, button=("answer", BEFORE))
    assert answer.location == f"/en{DUELS}#duel"
    assert client.follow(answer).find("#duel").get_text() == "Question 2: which should come first?"


def test_one_that_is_tied_stands_for_the_others_and_the_page_says_so(client) -> None:
    first = client.get(DUELS)
    page = press(client, first, TIED)
    tied = " ".join(page.find(".pick small + span + small").get_text().split())
    shown, other = sorted(asked(first))
    assert tied == f"Tied for now with recommendation {other}: your answer holds for both."
    assert shown in asked(page)
    page = press(client, page, TIED)
    assert "your answer holds for all of them" in page.text
    assert page.find("label[for=progress]").get_text() == "This is the last question."


def test_duels_go_on_where_they_stopped_on_another_device_too(client, voter: Account, browse) -> None:
    page = press(client, client.get(DUELS), AFTER)
    elsewhere = browse(voter, language="en").get(DUELS)
    assert elsewhere.find("input[name=question]") == page.find("input[name=question]")
    assert asked(elsewhere) == asked(page)


def test_stopping_leads_to_the_paper_with_what_is_ranked_so_far(client) -> None:
    page = press(client, client.get(DUELS), BEFORE)
    assert "Your ranking so far: 2 recommendations" in page.text
    paper = client.get(str(page.find(f'.actions a[href$="{PAPER}"]')["href"]))
    assert len(paper.find_all(".slot:not(.slot--unranked)")) == 2


def test_undoing_goes_back_one_answer_at_a_time_to_the_start(
    client, voter: Account, open_consultation: Consultation
) -> None:
    pages = [client.get(DUELS)]
    for answer in (BEFORE, AFTER, ASIDE):
        pages.append(press(client, pages[-1], answer))
    page = pages.pop()
    while pages:
        page = press(client, page, UNDO)
        assert asked(page) == asked(pages.pop())
    assert page.find_all(f"button[value={UNDO}]") == []
    assert draft_of(voter, open_consultation).order is None


def test_the_last_answer_can_be_undone_when_no_question_is_left(client) -> None:
    last = answered_by(order([1, 3, 6, 7]), client)[-1]
    assert asked(press(client, last, UNDO))


def test_what_is_left_aside_is_unranked_and_named_at_the_end(
    client, voter: Account, open_consultation: Consultation
) -> None:
    page = press(client, client.get(DUELS), ASIDE)
    while asked(page):
        page = press(client, page, TIED)
    presented = papers_of(voter, open_consultation).presented
    assert draft_of(voter, open_consultation).order.unranked(NUMBERS) == (presented[1],)
    assert "1 recommendation left aside" in page.text


def test_either_of_the_first_two_can_be_left_aside_but_nothing_that_is_ranked(client) -> None:
    page = press(client, client.get(DUELS), OPPONENT_ASIDE)
    assert page.find_all(f"button[value={OPPONENT_ASIDE}]")
    page = press(client, page, TIED)
    assert page.find_all(f"button[value={OPPONENT_ASIDE}]") == []
    page = client.submit(page, button=("answer", OPPONENT_ASIDE), status=409)
    assert len(asked(page)) == 2


def test_whoever_leaves_everything_aside_has_ranked_nothing_and_is_told_what_to_do(
    client, voter: Account, open_consultation: Consultation
) -> None:
    page = client.get(DUELS)
    while asked(page):
        page = press(client, page, ASIDE)
    assert "Nothing is ranked" in page.text
    assert draft_of(voter, open_consultation).order is None
    assert str(page.find("main a.btn--primary")["href"]).endswith(PAPER)


def test_a_question_that_was_answered_already_is_refused_kindly_and_nothing_is_lost(
    client, voter: Account, open_consultation: Consultation
) -> None:
    first = client.get(DUELS)
    second = press(client, first, BEFORE)
    before = draft_of(voter, open_consultation)
    page = client.submit(first, button=("answer", BEFORE), status=409)
    assert "Nothing was recorded, and nothing is lost" in page.find("[role=alert]").get_text()
    assert (page.find("h2"), asked(page)) == (second.find("h2"), asked(second))
    session.rollback()
    assert draft_of(voter, open_consultation) == before
    assert "Question 3" in press(client, page, TIED).text


def test_undoing_twice_from_one_page_undoes_once(client, voter: Account, open_consultation: Consultation) -> None:
    page = press(client, press(client, client.get(DUELS), BEFORE), TIED)
    client.submit(page, button=("answer", UNDO))
    client.submit(page, button=("answer", UNDO), status=409)
    session.rollback()
    assert draft_of(voter, open_consultation).duels.answers == BEFORE


def test_the_paper_saved_meanwhile_wins_and_the_duels_begin_again_from_it(
    client, voter: Account, open_consultation: Consultation
) -> None:
    page = press(client, client.get(DUELS), BEFORE)
    client.post(PAPER, {"rank-3": "1", "rank-6": "2", "rank-1": "2"})
    page = client.submit(page, button=("answer", BEFORE), status=409)
    assert "The 3 recommendations that were ranked already keep their order" in page.text
    assert "Question 1" in page.find("h2").get_text()
    assert 7 in asked(page)
    press(client, page, AFTER if asked(page)[7] == BEFORE else BEFORE)
    found = draft_of(voter, open_consultation).order
    assert found.without(7) == order([3], [1, 6])


def test_duels_begin_from_the_ballot_that_is_cast_where_there_is_no_draft(
    client, voter: Account, open_consultation: Consultation
) -> None:
    cast_ballot(voter, open_consultation, order([3], [1, 7]), CONSENT_VERSION)
    session.commit()
    assert 6 in asked(client.get(DUELS))


def test_a_paper_that_ranks_everything_leaves_no_question(
    client, voter: Account, open_consultation: Consultation
) -> None:
    save_draft(voter, open_consultation, Sheet.of(order([3], [1, 7], [6])))
    session.commit()
    page = client.get(DUELS)
    assert asked(page) == {}
    assert page.find_all("main form") == []
    assert len(page.find_all("table.order tbody tr")) == 4


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 422),
        ({"answer": "x"}, 422),
        ({"answer": "<"}, 409),
        ({"answer": "<", "question": "9:9:0"}, 409),
        ({"answer": "<", "question": "9" * 5000}, 409),
        ({"answer": "undo", "question": "::0"}, 409),
    ],
)
def test_what_no_page_sends_is_refused_with_the_present_question(
    client, voter: Account, open_consultation: Consultation, fields: dict[str, str], status: int
) -> None:
    page = client.post(DUELS, fields, status=status)
    assert len(asked(page)) == 2
    session.rollback()
    assert draft_of(voter, open_consultation) is None


def test_the_one_that_has_no_place_yet_stays_on_its_side_and_the_sides_change(client) -> None:
    sides = []
    page = client.get(DUELS)
    while asked(page):
        sides.append(list(asked(page).values()).index(BEFORE))
        page = press(client, page, BEFORE)
    assert sides == [1, 0, 0, 1, 1]


def test_after_the_close_no_question_is_asked_and_no_answer_taken(client, open_consultation: Consultation) -> None:
    page = client.get(DUELS)
    with clock.standing_at(open_consultation.closes_at):
        client.get(DUELS, status=409)
        client.submit(page, button=("answer", BEFORE), status=409)
    assert "Question 1" in client.get(DUELS).text


def test_without_the_key_no_answer_is_taken(client, open_consultation: Consultation) -> None:
    page = client.get(DUELS)
    keys.store().destroy(key_name(open_consultation.id))
    client.submit(page, button=("answer", BEFORE), status=503)


def test_an_answer_without_its_token_is_refused(client, voter: Account, open_consultation: Consultation) -> None:
    question = client.get(DUELS).find("input[name=question]")["value"]
    client.post(DUELS, {"question": question, "answer": BEFORE}, status=400, csrf=False)
    assert draft_of(voter, open_consultation) is None


def test_a_visitor_answers_in_this_browser_and_goes_on_after_signing_in(
    open_consultation: Consultation, voter: Account, browse
) -> None:
    visitor = browse(language="en")
    page = visitor.get(DUELS)
    assert "You are not signed in" in page.text
    page = press(visitor, press(visitor, page, OPPONENT_ASIDE), BEFORE)
    assert "Question 3" in page.text
    visitor.sign_in(start_session(voter))
    session.commit()
    here = visitor.get(DUELS)
    assert (here.find("h2"), asked(here)) == (page.find("h2"), asked(page))
    assert draft_of(voter, open_consultation) is None
    press(visitor, here, TIED)
    assert draft_of(voter, open_consultation).duels.answers == "o<="


def test_somebody_whose_account_has_a_ranking_too_is_shown_both_and_answers_for_the_account(
    open_consultation: Consultation, voter: Account, browse
) -> None:
    save_draft(voter, open_consultation, Sheet.of(order([1], [7])))
    session.commit()
    visitor = browse(language="en")
    answered = press(visitor, visitor.get(DUELS), BEFORE)
    visitor.sign_in(start_session(voter))
    session.commit()
    page = visitor.submit(answered, button=("answer", BEFORE), status=409)
    assert "You have two rankings" in page.text
    assert set(asked(page)) - {1, 7}
    press(visitor, page, TIED)
    assert draft_of(voter, open_consultation).duels.start == order([1], [7])


def test_whoever_is_signed_out_meanwhile_signs_in_again_and_finds_the_same_question(
    open_consultation: Consultation, voter: Account, browse
) -> None:
    client, token = browse(language="en"), start_session(voter)
    client.sign_in(token)
    page = press(client, client.get(DUELS), BEFORE)
    end_session(token)
    session.commit()
    answer = client.submit(page, button=("answer", BEFORE))
    assert "/account/sign-in?next=" in answer.location
    assert answer.location.endswith("/ballot/duels/")
    client.sign_in(start_session(voter))
    assert asked(client.get(DUELS)) == asked(page)


def test_the_duels_are_complete_in_french(open_consultation: Consultation, voter: Account, browse) -> None:
    client = browse(voter)
    page = press(client, client.get(DUELS), TIED)
    assert page.find("h2").get_text() == "Question 2\u00a0: laquelle doit passer avant\u00a0?"
    assert page.find("label[for=progress]").get_text() == "Il reste au plus 3 questions, celle-ci comprise."
    assert "Ex æquo pour l’instant avec la recommandation" in page.text


def test_the_number_of_statements_does_not_depend_on_the_answers(client, statements) -> None:
    page = client.get(DUELS)
    with statements() as first:
        client.get(DUELS)
    while asked(page):
        page = press(client, page, BEFORE)
    with statements() as last:
        client.get(DUELS)
    assert last.total == first.total <= 10
