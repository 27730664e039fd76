"""A decision judges a revision: it closes that text and all before it wherever they were read, one test an outlet."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.paces import Pace
from consultation.domain.deliberation.texts import Source
from consultation.domain.moderation.grounds import Ground, Outcome
from consultation.domain.moderation.statement_of_reasons import StatementOfReasons
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment
from consultation.features.comments.queries import comment_by_id
from consultation.features.comments.services import (
    answer_comment,
    choose_name,
    edit_comment,
    post_comment,
    restore_comment,
    withdraw_comment,
)
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import fence, mark_closed, mark_published
from consultation.features.moderation.models import Decision
from consultation.features.moderation.queries import open_case_of
from consultation.features.moderation.services import decide_case, give_notice
from consultation.features.notifications.services import follow
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.features.reports.services import add_line, cite_comment, publish_report
from consultation.infrastructure import clock, jobs
from consultation.infrastructure.database import new_public_id, session

THREAD = "/consultations/test/recommendations/6/"
# The words of the two revisions, of their sources and of the answer that repeats them; nothing else holds them.
MARKS = ("hirondelle", "martinet", "chouette", "rossignol")
WITHHELD = StatementOfReasons(
    Outcome.WITHHOLD,
    Ground.INSULT,
    "« bande d’incapables », première phrase",
    "Vous visez des personnes, pas des idées.",
)
KEPT = StatementOfReasons(Outcome.KEEP, None, "", "")


@dataclass
class Debate:
    """A comment in its second revision, answered by the organiser, with a reply; and those who act upon it."""

    consultation: Consultation
    author: Account
    organiser: Account
    moderator: Account
    comment: Comment

    @property
    def address(self) -> str:
        """The lasting address of the comment."""
        return f"/consultations/test/comments/{self.comment.id}/"

    def decide(self, reasons: StatementOfReasons = WITHHELD) -> Decision:
        """Notice is given of the comment, and a moderator decides."""
        session.expire_all()
        give_notice(
            None, comment_by_id(self.comment.id), Ground.INSULT, "Ces mots visent des personnes.", new_public_id()
        )
        case = open_case_of(self.comment.id)
        assert case is not None
        decision = decide_case(self.moderator, case, case.version, reasons)
        session.commit()
        return decision


@pytest.fixture
def debate(people, open_consultation: Consultation) -> Debate:
    """The comment, changed in sight of all an hour after it was posted."""
    author, organiser = people.citizen(), people.organiser(open_consultation)
    choose_name(author, open_consultation, "Sauge")
    recommendation = recommendation_by_number(open_consultation, 6)
    source = Source("Avis de la chouette", "https://example.org/chouette")
    with clock.standing_at(clock.now() - timedelta(hours=1)):
        comment = post_comment(
            author, recommendation, Alignment.FOR, "La première hirondelle.", [source], new_public_id()
        )
        session.commit()
    edit_comment(author, comment, 1, Alignment.FOR, "Le deuxième martinet.", [])
    answer_comment(organiser, comment, "Nous entendons ce rossignol.", 0, 2)
    replier = people.citizen()
    choose_name(replier, open_consultation, "Romarin")
    post_comment(replier, recommendation, Alignment.FOR, "Une réponse qui reste.", [], new_public_id(), comment)
    session.commit()
    return Debate(open_consultation, author, organiser, people.moderator(open_consultation), comment)


@pytest.fixture
def letters(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts of the mails that leave, headers included."""
    left: list[str] = []

    class Carrier:
        def deliver(self, mail: EmailMessage) -> None:
            parts = [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
            left.append("\n".join([str(mail["Subject"]), *parts]))

    monkeypatch.setitem(app.extensions, "postman", Carrier())
    return left


def marks_in(text: str) -> list[str]:
    """Which of the closed words a text holds."""
    return [mark for mark in MARKS if re.search(mark, text, re.IGNORECASE)]


def work() -> None:
    """Do every job that is due, as the worker does."""
    session.commit()
    jobs.run_all()
    session.expire_all()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("reader", ["visitor", "author", "other"])
def test_the_thread_shows_a_placeholder_to_everybody(browse, people, debate, reader: str, language: str) -> None:
    account = {"visitor": None, "author": debate.author, "other": people.citizen()}[reader]
    client = browse(account, language)
    assert marks_in(client.get(THREAD).html) == ["martinet", "rossignol"]
    debate.decide()
    page = client.get(THREAD)
    assert marks_in(page.html) == []
    assert "Une réponse qui reste." in page.html
    assert "Sauge" not in page.find(f"#c-{debate.comment.id} > p").get_text()


def test_a_page_kept_by_the_server_is_not_given_again(browse, debate) -> None:
    visitor = browse()
    tags = [visitor.get(path).headers["ETag"] for path in (THREAD, f"{debate.address}replies/") for _ in range(2)]
    debate.decide()
    for path, tag in zip((THREAD, THREAD, f"{debate.address}replies/"), (tags[0], tags[1], tags[2]), strict=True):
        assert marks_in(visitor.get(path, 200, headers={"If-None-Match": tag}).html) == []


def test_its_lasting_address_and_its_page_of_replies_hold_no_word_of_it(browse, debate) -> None:
    visitor = browse()
    replies = f"{debate.address}replies/"
    assert marks_in(visitor.get(replies).html) == ["martinet", "rossignol"]
    debate.decide()
    assert marks_in(visitor.get(replies).html) == []
    assert marks_in(visitor.follow(visitor.get(debate.address, 302)).html) == []


def test_its_history_is_closed_to_everybody_its_author_included(browse, debate) -> None:
    path = f"{debate.address}history/"
    clients = [browse(), browse(debate.author), browse(debate.moderator)]
    for client in clients:
        assert {"hirondelle", "martinet", "chouette"} <= set(marks_in(client.get(path).html))
    debate.decide()
    for client in clients:
        assert marks_in(client.get(path, 409).html) == []


def test_the_search_finds_neither_the_text_nor_its_answer(browse, debate) -> None:
    visitor = browse()

    def results(word: str) -> int:
        return len(visitor.get(f"/search?q={word}").find_all(f"main a[href*='{debate.comment.id}']"))

    assert (results("hirondelle"), results("martinet") > 0) == (0, True)
    debate.decide()
    assert [results(word) for word in MARKS] == [0] * 4


@pytest.mark.parametrize("path", ["/consultations/test/feed.atom", f"{THREAD}feed.atom"])
def test_feeds_issue_it_again_empty(browse, debate, path: str) -> None:
    visitor = browse()
    assert "martinet" in visitor.get(path).html
    debate.decide()
    page = visitor.get(path)
    assert debate.comment.id in page.html
    assert marks_in(page.html) == []


@pytest.mark.parametrize("pace", [Pace.AT_ONCE, Pace.DAILY, Pace.WEEKLY])
def test_a_mail_that_waits_leaves_without_it(people, debate, letters, pace: Pace) -> None:
    reader, recommendation = people.citizen(), recommendation_by_number(debate.consultation, 6)
    work()
    follow(reader, recommendation, pace)
    debate.comment = post_comment(
        debate.author, recommendation, Alignment.FOR, "Encore une hirondelle.", [], new_public_id()
    )
    post_comment(debate.author, recommendation, Alignment.FOR, "Un texte qui reste.", [], new_public_id())
    session.commit()
    if pace is not Pace.AT_ONCE:
        work()
    debate.decide()
    with clock.standing_at(clock.now() + timedelta(days=8)):
        work()
    [mail] = [one for one in letters if "Un texte qui reste." in one]
    assert marks_in(mail) == []


def test_notices_in_the_product_hold_no_word_of_it(browse, people, debate) -> None:
    reader, recommendation = people.citizen(), recommendation_by_number(debate.consultation, 6)
    follow(reader, recommendation, Pace.PRODUCT)
    debate.comment = post_comment(
        debate.author, recommendation, Alignment.FOR, "Encore une hirondelle.", [], new_public_id()
    )
    work()
    client = browse(reader)
    client.get("/account/notices")
    debate.decide()
    assert marks_in(client.get("/account/notices").html) == []


def test_the_report_that_quotes_it_says_that_it_is_no_longer_public(browse, debate) -> None:
    report, visitor = "/consultations/test/report/", browse()
    line = add_line(
        debate.organiser, debate.consultation, recommendation_by_number(debate.consultation, 6), "Une ligne."
    )
    cite_comment(debate.organiser, debate.consultation, line, comment_by_id(debate.comment.id))
    fence(None, debate.consultation)
    mark_closed(debate.consultation)
    mark_published(None, debate.consultation)
    publish_report(debate.organiser, debate.consultation)
    session.commit()
    assert debate.comment.id in visitor.get(report).html
    debate.decide()
    page = visitor.get(report)
    assert "Une ligne." in page.text
    assert marks_in(page.html) == []
    assert "Sauge" not in page.text


def test_its_official_answer_and_what_that_said_before_are_closed_with_it(browse, debate) -> None:
    answer_comment(debate.organiser, comment_by_id(debate.comment.id), "Nous n’avons rien entendu.", 1, 2)
    session.commit()
    path, visitor = f"{debate.address}answer/history/", browse()
    assert "rossignol" in visitor.get(path).html
    debate.decide()
    assert "rossignol" not in visitor.get(path, 404).html


def test_desks_that_pick_from_the_debate_do_not_offer_it(browse, debate) -> None:
    desk = browse(debate.organiser)
    session.expire_all()
    debate.decide()
    assert marks_in(desk.get("/organise/test/answers/").html) == []


@pytest.mark.parametrize("path", ["/", "/consultations/", "/consultations/test/"])
def test_no_other_page_ever_held_it(browse, debate, path: str) -> None:
    visitor = browse()
    debate.decide()
    assert marks_in(visitor.get(path).html) == []


def test_a_comment_restored_is_whole_again_everywhere(browse, debate) -> None:
    debate.decide()
    restore_comment(comment_by_id(debate.comment.id))
    session.commit()
    visitor = browse()
    assert marks_in(visitor.get(THREAD).html) == ["martinet", "rossignol"]
    assert "hirondelle" in visitor.get(f"{debate.address}history/").html
    assert "martinet" in visitor.get("/search?q=martinet").find("main").get_text()


@pytest.fixture
def read_by(browse) -> Callable[[Account, str], Any]:
    """A page as somebody sees it."""
    return lambda account, path: browse(account).get(path)


def test_what_was_judged_and_kept_is_erased_with_the_comment_that_its_author_takes_back(read_by, debate) -> None:
    decision = debate.decide(KEPT)
    statement = f"/moderation/decisions/{decision.id}/"
    assert decision.body_judged == "Le deuxième martinet."
    assert decision.revision_judged == 2
    assert "martinet" in read_by(debate.moderator, statement).html
    withdraw_comment(debate.author, comment_by_id(debate.comment.id))
    session.commit()
    session.expire_all()
    assert session.get_one(Decision, decision.id).body_judged == ""
    page = read_by(debate.moderator, statement)
    assert marks_in(page.html) == []
    assert "le texte qui avait été jugé est effacé" in page.text


def test_what_was_judged_and_withheld_is_kept_for_the_appeal(debate) -> None:
    decision = debate.decide()
    session.expire_all()
    assert session.get_one(Decision, decision.id).body_judged == "Le deuxième martinet."
    assert comment_by_id(debate.comment.id).closed_through == decision.revision_judged == 2
