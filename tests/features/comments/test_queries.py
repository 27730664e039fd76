from datetime import timedelta

import pytest
from sqlalchemy import update

from consultation.domain.colleges import College
from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.errors import Missing
from consultation.features.comments.models import Comment
from consultation.features.comments.queries import (
    PAGE_LENGTH,
    Order,
    comment_by_id,
    cursor_before,
    cursor_before_reply,
    replies_page,
    stands_among_first_replies,
    thread_page,
    wrote_in_thread,
)
from consultation.features.comments.services import withhold_comment
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

POSITIONS = list(Alignment)
SORTED_BY = {
    Order.SHARED: "score",
    Order.NEWEST: "posted_on",
    Order.OLDEST: "posted_on",
    Order.DISCUSSED: "replies",
    Order.DIVIDED: "divided",
}


def scored(comments: list[Comment], step: float = 0.1) -> None:
    for place, comment in enumerate(comments):
        keys = {"score": round(place % 7 * step, 3), "divided": round(place % 5 * step, 3), "replies": place % 3}
        session.execute(update(Comment).where(Comment.id == comment.id).values(keys))
    session.commit()


def all_pages(recommendation, order: Order, **filters: College | Alignment) -> list[Comment]:
    found, cursor = [], None
    while True:
        page = thread_page(recommendation, order, cursor=cursor, **filters)
        assert len(page.rows) <= PAGE_LENGTH
        found += [branch.root for branch in page.rows]
        cursor = page.cursor
        if cursor is None:
            return found


@pytest.fixture
def long_thread(people, write) -> list[Comment]:
    """Fifty comments of both colleges, over several days."""
    authors = [people.citizen(), people.physician(), people.citizen()]
    comments = []
    for place in range(50):
        with clock.standing_at(clock.now() - timedelta(days=place % 4)):
            comments.append(write(authors[place % 3], f"Argument {place}.", alignment=POSITIONS[place // 3 % 3]))
    scored(comments)
    return comments


@pytest.mark.parametrize("order", list(Order))
def test_pages_show_every_comment_once_in_a_stable_order(recommendation, long_thread, order: Order) -> None:
    found = all_pages(recommendation, order)
    assert len(found) == 50
    assert {one.id for one in found} == {one.id for one in long_thread}
    keys = [(getattr(one, SORTED_BY[order]), one.id) for one in found]
    assert keys == sorted(keys, reverse=order is not Order.OLDEST)
    assert [one.id for one in all_pages(recommendation, order)] == [one.id for one in found]


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize(
    "filters",
    [
        {"college": College.PHYSICIANS},
        {"alignment": Alignment.NUANCED},
        {"college": College.CITIZENS, "alignment": Alignment.AGAINST},
    ],
)
def test_a_college_and_a_position_are_read_apart_in_the_same_order(recommendation, long_thread, order, filters) -> None:
    found = [one.id for one in all_pages(recommendation, order, **filters)]
    assert found == [
        one.id
        for one in all_pages(recommendation, order)
        if all(getattr(one, name) == value for name, value in filters.items())
    ]
    assert len(found) >= 10


def test_exactly_one_page_leads_to_no_other(recommendation, people, write) -> None:
    author = people.citizen()
    for _ in range(PAGE_LENGTH):
        write(author)
    page = thread_page(recommendation)
    assert (len(page.rows), page.cursor) == (PAGE_LENGTH, None)


def test_a_comment_posted_meanwhile_makes_no_other_appear_twice(recommendation, long_thread, people, write) -> None:
    first = thread_page(recommendation, Order.NEWEST)
    write(people.citizen(), "Encore un.")
    second = thread_page(recommendation, Order.NEWEST, cursor=first.cursor)
    assert not {one.root.id for one in first.rows} & {one.root.id for one in second.rows}


@pytest.mark.parametrize(
    "cursor",
    ["", "~", "x", "0.5", "0.5~", "0.5~'; DROP TABLE comment", "0.5~\x00", "2018-03-12~000000000000", "~000000000000"],
)
def test_a_cursor_that_is_none_of_ours_leads_nowhere(recommendation, cursor: str) -> None:
    with pytest.raises(Missing):
        thread_page(recommendation, Order.SHARED, cursor=cursor)


def test_three_replies_come_with_their_comment_the_oldest_first(recommendation, people, write) -> None:
    root, author = write(people.citizen()), people.citizen()
    replies = []
    for days in (4, 3, 2, 1, 0):
        with clock.standing_at(clock.now() - timedelta(days=days)):
            replies.append(write(author, f"Il y a {days} jours.", parent=root).id)
    session.expire_all()
    (branch,) = thread_page(recommendation).rows
    assert [reply.id for reply in branch.replies] == replies[:3]
    assert branch.root.replies == 5
    assert [reply.id for reply in replies_page(branch.root).rows] == replies


def test_replies_are_not_read_as_comments_of_their_own(recommendation, people, write) -> None:
    root = write(people.citizen())
    write(people.physician(), parent=root)
    assert [branch.root.id for branch in thread_page(recommendation).rows] == [root.id]
    assert thread_page(recommendation, college=College.PHYSICIANS).rows == []


def test_another_recommendations_comments_are_elsewhere(recommendation, people, write, open_consultation) -> None:
    comment = write(people.citizen())
    assert thread_page(comment_by_id(comment.id).recommendation).rows
    assert recommendation.id == comment.recommendation_id


@pytest.mark.parametrize("order", list(Order))
def test_a_comment_is_found_on_the_page_that_its_cursor_opens(recommendation, long_thread, order: Order) -> None:
    for comment in all_pages(recommendation, order):
        page = thread_page(recommendation, order, cursor=cursor_before(comment, order))
        assert comment.id in {branch.root.id for branch in page.rows}


def test_a_reply_is_found_among_the_first_or_on_the_page_that_its_cursor_opens(people, write) -> None:
    root, author = write(people.citizen()), people.citizen()
    for place in range(25):
        write(author, f"Réponse {place}.", parent=root)
    first = replies_page(root)
    every = [*first.rows, *replies_page(root, first.cursor).rows]
    assert [stands_among_first_replies(reply) for reply in every] == [True] * 3 + [False] * 22
    for reply in every:
        assert reply.id in {one.id for one in replies_page(root, cursor_before_reply(reply)).rows}


def test_whoever_wrote_anywhere_in_a_thread_wrote_in_it(people, write) -> None:
    author, replier, reader = people.citizen(), people.citizen(), people.citizen()
    root = write(author)
    reply = write(replier, parent=root)
    other = write(reader)
    for comment in (root, reply):
        assert wrote_in_thread(author.id, comment)
        assert wrote_in_thread(replier.id, comment)
        assert not wrote_in_thread(reader.id, comment)
    assert not wrote_in_thread(author.id, other)


@pytest.mark.parametrize("comment_id", ["", "000000000000", "\x00", "x" * 5000, "é" * 12])
def test_an_unknown_comment_is_missing(context, comment_id: str) -> None:
    with pytest.raises(Missing):
        comment_by_id(comment_id)


def test_twenty_comments_and_two_hundred_take_the_same_statements(recommendation, people, write, statements) -> None:
    authors = [people.citizen() for _ in range(4)]

    def grow(threads: int) -> None:
        for place in range(threads):
            root = write(authors[place % 4], f"Argument {place}.")
            for reply in range(4):
                write(authors[reply], "Une réponse.", parent=root)

    def counted() -> int:
        session.commit()
        session.refresh(recommendation)
        with statements() as count:
            thread_page(recommendation)
        return int(count.total)

    grow(4)
    few = counted()
    grow(36)
    withhold_comment(thread_page(recommendation).rows[0].root, "decision0001", "off_topic")
    session.commit()
    assert counted() == few <= 4
