"""The pages of the organiser's answers: given beside the comment, changed in sight of all, withdrawn, looked for."""

import pytest

from consultation.features.comments.models import Comment, OfficialReply
from consultation.features.comments.services import answer_comment, restore_comment, withdraw_answer, withhold_comment
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure.database import session

THREAD, DESK = "/consultations/test/recommendations/6/", "/organise/test/answers/"
FIRST, SECOND = "Nous retenons ce point.", "Nous le retenons, et le suivant."


@pytest.fixture
def organiser(people, open_consultation):
    """An organiser of the open consultation."""
    return people.organiser(open_consultation)


@pytest.fixture
def comment(people, write):
    """A comment of a citizen."""
    made = write(people.citizen())
    session.commit()
    return made


@pytest.fixture
def client(browse, organiser):
    """The organiser at work."""
    return browse(organiser, language="en")


def path_of(comment, step=""):
    """The address of the answer to a comment."""
    return f"/consultations/test/comments/{comment.id}/answer/{step}"


def answered(organiser, comment, body=FIRST, seen=0):
    """Answer and commit."""
    answer_comment(organiser, comment, body, seen, 1)
    session.commit()


class TestGiving:
    """From the comment to the answer under it."""

    def test_an_answer_stands_under_its_comment_in_the_name_of_the_institution_for_everyone(
        self, client, browse, comment
    ):
        link = client.get(THREAD).find(f"#c-{comment.id} a[href$='/answer/']")["href"]
        client.follow(client.submit(client.get(link), fields={"body": FIRST}, path=link), status=302)
        shown = browse(language="en").get(THREAD).find(f"#c-{comment.id} .answer")
        assert "Answer by Équipe d’essai" in shown.get_text()
        assert FIRST in shown.get_text()
        assert not browse().get(THREAD).find_all("a[href$='/answer/']")

    def test_an_answer_without_words_is_refused_and_nothing_is_public(self, client, comment):
        refused = client.submit(client.get(path_of(comment)), fields={"body": " "}, path=path_of(comment), status=422)
        assert "Write the answer." in refused.text
        assert session.get(OfficialReply, comment.id) is None

    def test_two_organisers_at_once_see_each_others_words_before_one_replaces_the_other(
        self, client, organiser, comment
    ):
        page = client.get(path_of(comment))
        answered(organiser, comment)
        stale = client.submit(page, fields={"body": SECOND}, path=path_of(comment), status=409)
        assert FIRST in stale.find("section.panel").get_text()
        assert stale.find("textarea").get_text(strip=True) == SECOND
        client.submit(stale, path=path_of(comment))
        session.expire_all()
        assert session.get_one(OfficialReply, comment.id).body == SECOND

    def test_a_change_is_dated_and_the_former_words_stay_readable(self, client, browse, organiser, comment):
        answered(organiser, comment)
        answered(organiser, comment, SECOND, seen=1)
        visitor = browse(language="en")
        shown = visitor.get(THREAD).find(".answer")
        assert FIRST not in shown.get_text()
        history = visitor.get(shown.find("a")["href"])
        assert FIRST in history.text
        assert SECOND in history.text

    def test_a_withdrawn_answer_leaves_a_dated_sentence_and_no_history(self, client, browse, organiser, comment):
        answered(organiser, comment)
        answered(organiser, comment, SECOND, seen=1)
        path = path_of(comment, "withdraw/")
        client.submit(client.get(path), path=path)
        page = browse(language="en").get(THREAD)
        assert "Answer by Équipe d’essai withdrawn on" in page.text
        for words in (FIRST, SECOND):
            assert words not in page.text
        browse().get(path_of(comment, "history/"), status=404)
        client.get(path, status=404)

    def test_a_withdrawal_of_words_that_changed_meanwhile_is_asked_again(self, client, organiser, comment):
        answered(organiser, comment)
        path = path_of(comment, "withdraw/")
        page = client.get(path)
        answered(organiser, comment, SECOND, seen=1)
        again = client.follow(client.submit(page, path=path))
        assert SECOND in again.find(".panel").get_text()
        session.expire_all()
        assert session.get_one(OfficialReply, comment.id).body == SECOND

    def test_an_answer_to_a_withheld_comment_is_shown_nowhere_until_it_is_restored(
        self, client, browse, organiser, comment
    ):
        answered(organiser, comment)
        assert FIRST in browse().get(THREAD).text
        withhold_comment(comment, "000000000000", "off_topic")
        session.commit()
        assert FIRST not in browse().get(THREAD).text
        browse().get(path_of(comment, "history/"), status=404)
        client.get(path_of(comment), status=409)
        restore_comment(session.get_one(Comment, comment.id))
        session.commit()
        assert FIRST in browse().get(THREAD).text

    def test_an_answer_to_an_earlier_text_says_so(self, browse, organiser, comment):
        answered(organiser, comment)
        comment.revision = 2
        session.commit()
        assert "The comment was changed after this answer." in browse(language="en").get(THREAD).text


class TestDesk:
    """Which comments wait."""

    def test_the_desk_lists_what_waits_the_most_shared_first_with_the_way_to_answer(
        self, client, organiser, people, write
    ):
        low, high, done = (write(people.citizen(), words) for words in ("Peu partagé.", "Très partagé.", "Répondu."))
        low.score, high.score = 0.1, 0.8
        answered(organiser, done)
        page = client.get(DESK)
        assert [one.get_text(strip=True) for one in page.find_all(".waiting .body")] == [
            "Très partagé.",
            "Peu partagé.",
        ]
        assert page.find(".waiting a[aria-label^='Answer']")["href"] == f"/en{path_of(high)}"

    def test_one_recommendation_can_be_chosen_and_pages_follow_each_other(
        self, client, people, write, open_consultation
    ):
        author = people.citizen()
        third = recommendation_by_number(open_consultation, 3)
        for place in range(21):
            write(author, f"Argument {place}.", under=third).score = place / 100
        write(author, "Ailleurs.").score = 0.9
        session.commit()
        page = client.get(f"{DESK}?recommendation=3")
        assert len(page.find_all(".waiting")) == 20
        assert "Ailleurs." not in page.text
        rest = client.get(page.find("main a[href*='after=']")["href"])
        assert [one.get_text(strip=True) for one in rest.find_all(".waiting .body")] == ["Argument 0."]

    def test_a_comment_whose_answer_was_withdrawn_or_answers_a_closed_text_waits_again(
        self, client, organiser, people, write
    ):
        taken, closed = write(people.citizen(), "Réponse retirée."), write(people.citizen(), "Texte fermé.")
        for comment in (taken, closed):
            answered(organiser, comment)
        assert "Every comment of this list has an answer" in client.get(DESK).text
        withdraw_answer(organiser, taken, seen=1)
        closed.revision, closed.closed_through = 2, 1
        session.commit()
        assert {one.get_text(strip=True) for one in client.get(DESK).find_all(".waiting .body")} == {
            "Réponse retirée.",
            "Texte fermé.",
        }

    @pytest.mark.parametrize(
        "query", ["recommendation=99", "recommendation=x", "recommendation=²", "after=x", "after=0.1~x", "after=%00"]
    )
    def test_an_address_that_is_none_of_ours_leads_nowhere(self, client, query):
        client.get(f"{DESK}?{query}", status=404)

    def test_the_desk_costs_the_same_statements_for_one_comment_and_for_many(self, client, people, write, statements):
        author, totals = people.citizen(), []
        for count in (1, 12):
            for _ in range(count):
                write(author)
            session.commit()
            with statements() as counted:
                client.get(DESK)
            totals.append(counted.total)
        assert totals[0] == totals[1]
