"""Kept counts are proved right, or put right, without holding up those who write meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.reactions import Reaction
from consultation.features.accounts.queries import account_by_id
from consultation.features.accounts.services import erase_account
from consultation.features.comments.models import Comment, CommentReaction
from consultation.features.comments.queries import comment_by_id
from consultation.features.comments.services import edit_comment, react, recounting, withdraw_comment, withhold_comment
from consultation.features.comments.services.recounting import recounted_comments, recounted_recommendation
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

COUNTERS = ("agrees", "disagrees", "passes", "earlier", "replies", "score", "divided")


def found(recommendation, *, repair: bool = False) -> set[tuple[str, str, str]]:
    """What differs, as table, row and counter."""
    differences, last = [], ""
    while batch := recounted_comments(recommendation.consultation_id, last, repair=repair):
        differences += batch.differences
        last = batch.last
    differences += recounted_recommendation(recommendation.id, repair=repair)
    session.commit()
    return {(one.table, one.row_id, one.counter) for one in differences}


def kept(comment: Comment) -> list[float]:
    """The counters of a comment as they are stored."""
    session.expire_all()
    return [getattr(session.get_one(Comment, comment.id), name) for name in COUNTERS]


@pytest.fixture
def debate(people, write) -> list[Comment]:
    """Comments with reactions, replies, a change, a withheld one, a withdrawn one, and somebody who left."""
    author, other, leaving = people.citizen(), people.physician(), people.citizen()
    root, second, third = write(author), write(other, alignment=Alignment.AGAINST), write(author)
    reply = write(other, parent=root)
    write(author, parent=reply)
    for reader in (other, leaving, people.citizen()):
        react(reader, root, Reaction.AGREE)
    react(leaving, second, Reaction.DISAGREE)
    react(people.citizen(), root, Reaction.DISAGREE)
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        edit_comment(author, root, 1, Alignment.NUANCED, "Un autre texte.", ())
    react(people.citizen(), root, Reaction.PASS)
    withhold_comment(second, "decision0001", "insult")
    withdraw_comment(author, third)
    erase_account(leaving)
    session.commit()
    return [root, second, third, reply]


def test_what_the_services_have_counted_is_right(debate, recommendation) -> None:
    assert found(recommendation) == set()
    assert kept(debate[0])[:5] == [3, 1, 1, 4, 2]


@pytest.mark.parametrize("counter", COUNTERS)
def test_a_count_that_is_wrong_is_found_and_put_right(debate, recommendation, counter: str) -> None:
    root = debate[0]
    right, stamp = kept(root), comment_by_id(root.id).recommendation.stamp
    wrong = {"earlier": 1, "score": 0.25, "divided": 0.25}.get(counter, 7)
    session.execute(update(Comment).where(Comment.id == root.id).values({counter: wrong}))
    session.commit()
    # The scores are those of the reactions that are, not of those that are kept: a wrong count leaves them right.
    assert found(recommendation) == {("comment", root.id, counter)}
    assert kept(root) != right
    assert found(recommendation, repair=True) == {("comment", root.id, counter)}
    assert kept(root) == right
    assert session.get_one(Recommendation, recommendation.id).stamp > stamp
    assert found(recommendation, repair=True) == set()


def test_the_comments_of_a_recommendation_are_counted_again(debate, recommendation) -> None:
    wrong = update(Recommendation).where(Recommendation.id == recommendation.id).values(citizens_for=9)
    session.execute(wrong)
    session.commit()
    wanted = {("recommendation", recommendation.id, "citizens_for")}
    assert found(recommendation) == found(recommendation, repair=True) == wanted
    session.refresh(recommendation)
    assert (recommendation.citizens_for, recommendation.citizens_nuanced, recommendation.physicians_for) == (1, 1, 1)


def test_batches_follow_each_other_to_the_end(debate, recommendation, monkeypatch) -> None:
    monkeypatch.setattr(recounting, "BATCH", 2)
    lengths, last = [], ""
    while batch := recounted_comments(recommendation.consultation_id, last, repair=False):
        lengths.append(batch.length)
        last = batch.last
    assert lengths == [2, 2, 1]


def test_a_thousand_comments_take_as_many_statements_as_one(debate, recommendation, statements) -> None:
    consultation_id = recommendation.consultation_id
    with statements() as seen:
        recounted_comments(consultation_id, "", repair=False)
    assert seen.total == 1


def test_reactions_given_while_counts_are_put_right_are_counted(debate, recommendation, people, at_once) -> None:
    root, consultation_id = debate[0].id, recommendation.consultation_id
    session.execute(delete(CommentReaction).where(CommentReaction.comment_id == root, CommentReaction.kind == "agree"))
    readers = [people.citizen().id for _ in range(5)]

    def reacting(reader_id):
        return lambda: react(account_by_id(reader_id), comment_by_id(root), Reaction.AGREE)

    at_once([lambda: recounted_comments(consultation_id, "", repair=True), *map(reacting, readers)])
    session.expire_all()
    assert found(recommendation) == set()
    somebodys = select(CommentReaction.kind).where(CommentReaction.comment_id == root)
    assert session.scalars(somebodys).all().count("agree") == 5
