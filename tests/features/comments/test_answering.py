"""The organiser answers a comment once, in public, in the name of its institution."""

import pytest
from sqlalchemy import func, select

from consultation.domain.errors import AnswerMissing, CommentNotPublic, Invalid, NotAnOrganiser, WrittenMeanwhile
from consultation.features.accounts.queries import account_by_id
from consultation.features.audit.models import AuditEntry
from consultation.features.comments.models import Comment, OfficialReply, OfficialReplyRevision
from consultation.features.comments.queries import comment_by_id, unanswered_page
from consultation.features.comments.services import (
    answer_comment,
    restore_comment,
    withdraw_answer,
    withdraw_comment,
    withhold_comment,
)
from consultation.features.consultations.services import fence, mark_closed, mark_published
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

FIRST, SECOND = "Nous *retenons* ce point.", "Nous retenons ce point, et le suivant."


@pytest.fixture
def organiser(people, open_consultation):
    """An organiser of the open consultation."""
    return people.organiser(open_consultation)


@pytest.fixture
def comment(people, write):
    """A comment of a citizen."""
    return write(people.citizen())


def answered(organiser, comment, body=FIRST, seen=0, read=1):
    """Answer and commit."""
    reply = answer_comment(organiser, comment, body, seen, read)
    session.commit()
    return reply


def stored(comment):
    """The answer as the database holds it."""
    session.expire_all()
    return session.get(OfficialReply, comment.id)


def count(model):
    """The rows of a table."""
    return session.scalar(select(func.count()).select_from(model))


def stamp(comment):
    """The stamp of the comment's recommendation."""
    session.expire_all()
    return session.get_one(Recommendation, comment.recommendation_id).stamp


def logged():
    """The events of the log about answers, in their order."""
    entries = session.scalars(select(AuditEntry).where(AuditEntry.event.startswith("OfficialReply")))
    return sorted(entry.event for entry in entries)


def test_an_answer_is_rendered_once_dated_by_day_and_logged_without_its_words(organiser, comment):
    before = stamp(comment)
    answered(organiser, comment)
    reply = stored(comment)
    assert reply.html == "<p>Nous <em>retenons</em> ce point.</p>"
    assert (reply.given_on, reply.changed_on, reply.version) == (clock.today(), None, 1)
    assert logged() == ["OfficialReplyGiven"]
    assert stamp(comment) > before
    (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.event == "OfficialReplyGiven"))
    assert "retenons" not in entry.identifiers
    assert '"actor_id"' in entry.identifiers


def test_a_change_keeps_the_former_words_with_their_day(organiser, comment):
    answered(organiser, comment)
    answered(organiser, comment, SECOND, seen=1)
    (former,) = session.scalars(select(OfficialReplyRevision)).all()
    assert (former.html, former.number) == ("<p>Nous <em>retenons</em> ce point.</p>", 1)
    assert stored(comment).changed_on == clock.today()
    assert logged() == ["OfficialReplyChanged", "OfficialReplyGiven"]


def test_the_same_words_sent_twice_change_nothing(organiser, comment):
    answered(organiser, comment)
    answered(organiser, comment)
    assert stored(comment).version == 1
    assert logged() == ["OfficialReplyGiven"]


@pytest.mark.parametrize("seen", [0, 2, 7])
def test_an_answer_that_a_colleague_changed_meanwhile_is_not_overwritten(organiser, comment, seen):
    answered(organiser, comment)
    with pytest.raises(WrittenMeanwhile):
        answer_comment(organiser, comment, SECOND, seen, 1)
    assert stored(comment).body == FIRST


def test_of_several_organisers_who_answer_at_the_same_moment_one_does_and_the_others_are_told(
    at_once, people, open_consultation, comment
):
    organisers, comment_id = [people.organiser(open_consultation).id for _ in range(4)], comment.id

    def answering(organiser_id):
        def act():
            try:
                return answer_comment(
                    account_by_id(organiser_id), comment_by_id(comment_id), str(organiser_id), 0, 1
                ).body
            except WrittenMeanwhile:
                session.rollback()
                return None

        return act

    said = [words for words in at_once([answering(one) for one in organisers]) if words]
    session.expire_all()
    assert said == [session.get_one(OfficialReply, comment_id).body]
    assert count(OfficialReplyRevision) == 0


def test_a_first_answer_with_a_version_that_never_was_is_refused(organiser, comment):
    with pytest.raises(WrittenMeanwhile):
        answer_comment(organiser, comment, FIRST, 3, 1)
    assert count(OfficialReply) == 0


@pytest.mark.parametrize("body", ["", "  \n", "\u200b", "x" * 2001])
def test_an_answer_without_words_or_with_too_many_is_refused(organiser, comment, body):
    with pytest.raises(Invalid):
        answer_comment(organiser, comment, body, 0, 1)


def test_an_answer_that_is_withdrawn_leaves_a_day_and_no_words(organiser, comment):
    answered(organiser, comment)
    answered(organiser, comment, SECOND, seen=1)
    withdraw_answer(organiser, comment, seen=2)
    session.commit()
    reply = stored(comment)
    assert (reply.body, reply.html, reply.withdrawn_on) == ("", "", clock.today())
    assert count(OfficialReplyRevision) == 0
    with pytest.raises(AnswerMissing):
        withdraw_answer(organiser, comment, seen=3)


def test_a_withdrawal_of_words_that_were_changed_meanwhile_is_refused(organiser, comment):
    answered(organiser, comment)
    with pytest.raises(WrittenMeanwhile):
        withdraw_answer(organiser, comment, seen=9)


def test_after_a_withdrawal_the_organiser_may_answer_anew(organiser, comment):
    answered(organiser, comment)
    withdraw_answer(organiser, comment, seen=1)
    answered(organiser, comment, SECOND, seen=2)
    reply = stored(comment)
    assert (reply.withdrawn_on, reply.changed_on, reply.body, reply.version) == (None, None, SECOND, 3)
    assert logged() == ["OfficialReplyGiven", "OfficialReplyGiven", "OfficialReplyWithdrawn"]


def test_the_organiser_answers_before_the_close_after_it_and_after_publication(organiser, comment, open_consultation):
    answered(organiser, comment, "un", seen=0)
    fence(None, open_consultation)
    mark_closed(open_consultation)
    answered(organiser, comment, "deux", seen=1)
    mark_published(None, open_consultation)
    answered(organiser, comment, "trois", seen=2)
    assert stored(comment).version == 3


def test_nobody_but_an_organiser_of_this_consultation_answers(people, comment, open_consultation):
    for actor in (people.citizen(), people.moderator(open_consultation)):
        with pytest.raises(NotAnOrganiser):
            answer_comment(actor, comment, FIRST, 0, 1)


def test_a_withheld_comment_takes_no_answer_and_keeps_the_one_that_it_had(organiser, comment):
    answered(organiser, comment)
    withhold_comment(comment, "000000000000", "off_topic")
    session.commit()
    session.expire_all()
    with pytest.raises(CommentNotPublic):
        answer_comment(organiser, session.get_one(Comment, comment.id), SECOND, 1, 1)
    restore_comment(session.get_one(Comment, comment.id))
    session.commit()
    assert stored(comment).body == FIRST


def test_a_comment_that_its_author_withdraws_takes_its_answer_with_it(organiser, people, write):
    author = people.citizen()
    comment = write(author)
    answered(organiser, comment)
    answered(organiser, comment, SECOND, seen=1)
    withdraw_comment(author, comment)
    session.commit()
    assert (count(OfficialReply), count(OfficialReplyRevision)) == (0, 0)


def test_an_answer_remembers_which_text_it_answers(organiser, comment):
    assert answered(organiser, comment, read=99).answers_revision == 1
    comment.revision = 3
    session.commit()
    assert answered(organiser, comment, SECOND, seen=1, read=2).answers_revision == 2


class TestWaiting:
    """The list of comments without an answer."""

    def test_the_most_shared_come_first_and_those_answered_are_left_out(self, organiser, people, write):
        low, high, done = (write(people.citizen()) for _ in range(3))
        for comment, score in ((low, 0.1), (high, 0.8), (done, 0.9)):
            comment.score = score
        answered(organiser, done)
        page = unanswered_page([low.recommendation_id])
        assert [one.id for one in page.rows] == [high.id, low.id]
        assert page.cursor is None

    def test_replies_and_hidden_comments_do_not_wait_and_a_withdrawn_answer_does_not_count(
        self, organiser, people, write
    ):
        root = write(people.citizen())
        write(people.citizen(), parent=root)
        hidden = write(people.citizen())
        withhold_comment(hidden, "000000000000", "off_topic")
        answered(organiser, root)
        withdraw_answer(organiser, root, seen=1)
        session.commit()
        assert [one.id for one in unanswered_page([root.recommendation_id]).rows] == [root.id]

    def test_pages_follow_each_other_over_several_recommendations_without_gap_or_double(
        self, people, write, open_consultation, statements
    ):
        author = people.citizen()
        recommendations = [recommendation_by_number(open_consultation, number) for number in (1, 3)]
        for place in range(45):
            write(author, under=recommendations[place % 2]).score = (place % 7) / 10
        session.commit()
        seen, cursor, ids = [], None, [one.id for one in recommendations]
        with statements() as counted:
            while True:
                page = unanswered_page(ids, cursor)
                seen += [(one.score, one.id) for one in page.rows]
                cursor = page.cursor
                if cursor is None:
                    break
        assert seen == sorted(seen, reverse=True)
        assert len(set(seen)) == 45
        assert counted.total <= 6  # three pages, each with its comments and their sources

    def test_the_list_of_a_consultation_without_recommendations_is_empty(self, context):
        assert unanswered_page([]).rows == []
