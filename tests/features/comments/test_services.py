from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consultation.domain.colleges import College
from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.reactions import Reaction, shared_score
from consultation.domain.deliberation.texts import Source
from consultation.domain.errors import (
    CommentNotPublic,
    Conflict,
    Forbidden,
    Invalid,
    NameRefused,
    NameTaken,
    NotConfirmed,
    NotOpen,
    NotSignedIn,
    Suspended,
)
from consultation.features.accounts.models import Account
from consultation.features.accounts.services import create_account, disable_account, set_college
from consultation.features.comments.events import (
    CommentPosted,
    CommentRestored,
    CommentWithdrawn,
    CommentWithheld,
    NameChosen,
)
from consultation.features.comments.models import Comment, CommentReaction, CommentSource
from consultation.features.comments.services import (
    choose_name,
    post_comment,
    react,
    restore_comment,
    withdraw_comment,
    withhold_comment,
)
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import fence
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure import clock, events
from consultation.infrastructure.database import session
from consultation.infrastructure.events import Event

SUBMISSION = "a-form-that-was-shown-once"


@pytest.fixture
def told(context: None) -> Iterator[list[Event]]:
    """The events of comments, as they happen."""
    heard: list[Event] = []
    kinds = (NameChosen, CommentPosted, CommentWithheld, CommentRestored, CommentWithdrawn)
    before = dict(events._handlers)
    events.connect({**before, **{kind: (*before.get(kind, ()), heard.append) for kind in kinds}})
    yield heard
    events.connect(before)


def test_a_comment_carries_the_college_of_its_author_and_only_its_day_is_for_showing(people, write) -> None:
    comment = write(people.physician())
    assert comment.college == College.PHYSICIANS
    assert comment.posted_on == clock.today()


def test_a_comment_keeps_the_college_in_which_it_was_written(people, write) -> None:
    author = people.citizen()
    comment = write(author)
    set_college(author, College.PHYSICIANS)
    session.commit()
    assert comment.college == College.CITIZENS


def test_a_comment_is_rendered_once_at_writing(people, write) -> None:
    comment = write(people.citizen(), "Un *bon* argument\r\n\r\n> cité")
    assert comment.body == "Un *bon* argument\n\n> cité"
    assert comment.html == "<p>Un <em>bon</em> argument</p>\n<blockquote>\n<p>cité</p>\n</blockquote>"


def test_posting_tells_who_posted_what_where(people, write, told, recommendation) -> None:
    author = people.citizen()
    comment = write(author)
    assert told == [
        NameChosen(recommendation.consultation_id, author.id),
        CommentPosted(comment.id, recommendation.id, author.id),
    ]


def test_public_comments_are_counted_by_college_and_alignment(people, write, recommendation) -> None:
    root = write(people.citizen(), alignment=Alignment.FOR)
    write(people.physician(), alignment=Alignment.AGAINST)
    write(people.physician(), alignment=Alignment.NUANCED, parent=root)
    session.refresh(recommendation)
    assert (recommendation.citizens_for, recommendation.physicians_against, recommendation.physicians_nuanced) == (
        1,
        1,
        1,
    )
    assert recommendation.comments() == 3


@pytest.mark.parametrize("body", ["", "   \n\t ", "\x00\x1b", "x" * 2001])
def test_an_empty_or_overlong_comment_is_refused(people, write, body: str) -> None:
    with pytest.raises(Invalid):
        write(people.citizen(), body)


def test_two_thousand_characters_of_any_alphabet_are_accepted(people, write) -> None:
    assert len(write(people.citizen(), "é😀" * 1000).body) == 2000


def test_sources_are_kept_in_their_order(people, write) -> None:
    sources = [Source(f"Avis {n}", f"https://example.org/{n}") for n in range(3)]
    comment = write(people.citizen(), sources=sources)
    kept = session.scalars(select(CommentSource).filter_by(comment_id=comment.id).order_by(CommentSource.position))
    assert [Source(one.title, one.url) for one in kept] == sources


def test_the_same_form_twice_makes_one_comment(people, open_consultation, recommendation, told) -> None:
    author = people.citizen()
    choose_name(author, open_consultation, "Sauge")
    first = post_comment(author, recommendation, Alignment.FOR, "Un argument.", (), SUBMISSION)
    second = post_comment(author, recommendation, Alignment.FOR, "Un argument.", (), SUBMISSION)
    session.commit()
    assert first is second
    assert session.scalar(select(func.count()).select_from(Comment)) == 1
    assert [type(event) for event in told] == [NameChosen, CommentPosted]
    session.refresh(recommendation)
    assert recommendation.comments() == 1


def test_two_people_may_have_been_shown_the_same_random_value(people, open_consultation, recommendation) -> None:
    for name in ("Sauge", "Romarin"):
        author = people.citizen()
        choose_name(author, open_consultation, name)
        post_comment(author, recommendation, Alignment.FOR, "Un argument.", (), SUBMISSION)
    assert session.scalar(select(func.count()).select_from(Comment)) == 2


class TestNames:
    def test_a_name_is_chosen_once_a_consultation(self, people, open_consultation) -> None:
        account = people.citizen()
        assert choose_name(account, open_consultation, "  Sauge ").name == "Sauge"
        assert choose_name(account, open_consultation, "Romarin").name == "Sauge"

    @pytest.mark.parametrize("other", ["Sauge", "SAUGE", "saugé", "Ｓａｕｇｅ", "Sa.uge"])
    def test_a_name_that_looks_like_somebody_elses_is_taken(self, people, open_consultation, other: str) -> None:
        choose_name(people.citizen(), open_consultation, "Sauge")
        with pytest.raises(NameTaken):
            choose_name(people.citizen(), open_consultation, other)

    def test_after_a_name_was_taken_the_transaction_goes_on(self, people, open_consultation) -> None:
        choose_name(people.citizen(), open_consultation, "Sauge")
        account = people.citizen()
        with pytest.raises(NameTaken):
            choose_name(account, open_consultation, "sauge")
        assert choose_name(account, open_consultation, "Romarin").name == "Romarin"

    def test_a_name_of_the_team_is_refused(self, people, open_consultation) -> None:
        with pytest.raises(NameRefused) as refused:
            choose_name(people.citizen(), open_consultation, "Modérateur")
        assert refused.value.values["reason"] == "reserved"


class TestReplies:
    def test_a_reply_stands_under_its_comment_which_counts_it(self, people, write) -> None:
        root = write(people.citizen())
        reply = write(people.citizen(), parent=root)
        assert (reply.parent_id, reply.answered_id) == (root.id, None)
        session.refresh(root)
        assert root.replies == 1

    def test_a_reply_to_a_reply_stands_under_the_same_comment_and_names_whom_it_answers(self, people, write) -> None:
        root = write(people.citizen())
        reply = write(people.citizen(), parent=root)
        answer = write(people.citizen(), parent=reply)
        assert (answer.parent_id, answer.answered_id) == (root.id, reply.id)
        session.refresh(root)
        assert root.replies == 2

    def test_a_comment_that_is_not_public_takes_no_reply(self, people, write) -> None:
        root = write(people.citizen())
        withhold_comment(root, "decision0001", "off_topic")
        with pytest.raises(CommentNotPublic):
            write(people.citizen(), parent=root)


class TestReactions:
    def counters(self, comment: Comment) -> tuple[int, int, int]:
        session.commit()
        session.refresh(comment)
        return comment.agrees, comment.disagrees, comment.passes

    def test_a_reaction_is_counted_and_scored(self, people, write) -> None:
        comment = write(people.citizen())
        react(people.citizen(), comment, Reaction.AGREE)
        react(people.citizen(), comment, Reaction.AGREE)
        react(people.citizen(), comment, Reaction.DISAGREE)
        react(people.citizen(), comment, Reaction.PASS)
        assert self.counters(comment) == (2, 1, 1)
        assert comment.score == shared_score(2, 1)

    def test_a_reaction_replaces_the_one_before(self, people, write) -> None:
        comment, reader = write(people.citizen()), people.citizen()
        react(reader, comment, Reaction.AGREE)
        react(reader, comment, Reaction.DISAGREE)
        assert self.counters(comment) == (0, 1, 0)
        assert comment.score == 0

    def test_the_same_reaction_twice_counts_once(self, people, write) -> None:
        comment, reader = write(people.citizen()), people.citizen()
        react(reader, comment, Reaction.PASS)
        react(reader, comment, Reaction.PASS)
        assert self.counters(comment) == (0, 0, 1)

    def test_a_reaction_is_taken_back_without_a_trace(self, people, write) -> None:
        comment, reader = write(people.citizen()), people.citizen()
        react(reader, comment, Reaction.AGREE)
        react(reader, comment, None)
        react(reader, comment, None)
        assert self.counters(comment) == (0, 0, 0)
        assert comment.score == 0
        assert session.scalar(select(func.count()).select_from(CommentReaction)) == 0

    def test_nobody_reacts_to_their_own_comment(self, people, write) -> None:
        author = people.citizen()
        with pytest.raises(Forbidden):
            react(author, write(author), Reaction.AGREE)

    def test_a_comment_that_is_not_public_takes_no_reaction(self, people, write) -> None:
        comment = write(people.citizen())
        withhold_comment(comment, "decision0001", "off_topic")
        with pytest.raises(CommentNotPublic):
            react(people.citizen(), comment, Reaction.AGREE)


class TestModeration:
    def test_a_withheld_comment_keeps_its_text_and_leaves_the_counts(self, people, write, recommendation, told) -> None:
        comment = write(people.citizen())
        told.clear()
        withhold_comment(comment, "decision0001", "off_topic")
        session.refresh(comment)
        session.refresh(recommendation)
        assert (comment.state, comment.withheld_ground, comment.decision_id) == (
            "withheld",
            "off_topic",
            "decision0001",
        )
        assert comment.withheld_on == clock.today()
        assert comment.body
        assert recommendation.comments() == 0
        assert told == [CommentWithheld(comment.id, "decision0001")]

    def test_a_restored_comment_is_public_and_counted_again(self, people, write, recommendation, told) -> None:
        comment = write(people.citizen())
        withhold_comment(comment, "decision0001", "off_topic")
        told.clear()
        restore_comment(comment)
        session.refresh(comment)
        session.refresh(recommendation)
        assert comment.is_public
        assert comment.withheld_on is comment.withheld_ground is comment.decision_id is None
        assert recommendation.comments() == 1
        assert told == [CommentRestored(comment.id)]

    def test_a_comment_is_withheld_once_and_restored_once(self, people, write, recommendation) -> None:
        comment = write(people.citizen())
        with pytest.raises(Conflict):
            restore_comment(comment)
        withhold_comment(comment, "decision0001", "off_topic")
        with pytest.raises(CommentNotPublic):
            withhold_comment(comment, "decision0002", "insult")
        session.refresh(recommendation)
        assert recommendation.comments() == 0


class TestWithdrawal:
    def test_a_withdrawn_comment_loses_its_text_and_sources_and_keeps_its_replies(
        self, people, write, recommendation, told
    ) -> None:
        author = people.citizen()
        comment = write(author, sources=[Source("Avis", "https://example.org/")])
        reply = write(people.citizen(), parent=comment)
        told.clear()
        withdraw_comment(author, comment)
        session.commit()
        session.refresh(comment)
        session.refresh(recommendation)
        assert (comment.state, comment.body, comment.html) == ("withdrawn", "", "")
        assert session.scalar(select(func.count()).select_from(CommentSource)) == 0
        assert session.get(Comment, reply.id).is_public
        assert recommendation.comments() == 1
        assert told == [CommentWithdrawn(comment.id)]

    def test_only_its_author_withdraws_a_comment(self, people, write, open_consultation) -> None:
        comment = write(people.citizen())
        for other in (people.citizen(), people.moderator(open_consultation)):
            with pytest.raises(Forbidden):
                withdraw_comment(other, comment)
        assert comment.is_public

    def test_a_comment_is_withdrawn_after_the_close_too(self, people, write, open_consultation) -> None:
        author = people.citizen()
        comment = write(author)
        fence(None, open_consultation)
        withdraw_comment(author, comment)
        assert comment.state == "withdrawn"

    def test_a_withheld_comment_is_not_withdrawn(self, people, write) -> None:
        author = people.citizen()
        comment = write(author)
        withhold_comment(comment, "decision0001", "insult")
        with pytest.raises(CommentNotPublic):
            withdraw_comment(author, comment)


class TestWhoMayWrite:
    def post(self, author: Account | None, recommendation: Recommendation) -> Comment:
        return post_comment(author, recommendation, Alignment.FOR, "Un argument.", (), SUBMISSION)

    def test_an_unconfirmed_address_is_refused(self, context, recommendation) -> None:
        with pytest.raises(NotConfirmed):
            self.post(create_account("new@example.org", None, "fr"), recommendation)

    def test_a_disabled_account_is_refused(self, people, recommendation) -> None:
        account = people.citizen()
        disable_account(account)
        with pytest.raises(Suspended):
            self.post(account, recommendation)

    def test_a_closed_consultation_refuses_comments_replies_reactions_and_names(
        self, people, write, open_consultation: Consultation, recommendation
    ) -> None:
        author, reader = people.citizen(), people.citizen()
        comment = write(author)
        with clock.standing_at(open_consultation.closes_at):
            with pytest.raises(NotOpen):
                self.post(author, recommendation)
            with pytest.raises(NotOpen):
                post_comment(author, recommendation, Alignment.FOR, "Réponse.", (), SUBMISSION, comment)
            with pytest.raises(NotOpen):
                react(reader, comment, Reaction.AGREE)
            with pytest.raises(NotOpen):
                choose_name(reader, open_consultation, "Romarin")

    def test_the_last_second_is_open(self, people, write, open_consultation) -> None:
        with clock.standing_at(open_consultation.closes_at - timedelta(seconds=1)):
            assert write(people.citizen()).is_public

    def test_nobody_signed_in_is_refused(self, write: Callable[..., Comment], people) -> None:
        with pytest.raises(NotSignedIn):
            react(None, write(people.citizen()), Reaction.AGREE)
