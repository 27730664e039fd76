"""Notices in the product: what is new, read when one says so, and gone after ninety days."""

from datetime import timedelta

from consultation.domain.deliberation.paces import Pace
from consultation.domain.moderation.grounds import Ground
from consultation.features.comments.queries import comment_by_id
from consultation.features.comments.services import withhold_comment
from consultation.features.consultations.services import fence, mark_closed, mark_published
from consultation.features.notifications.models import Happening
from consultation.features.notifications.queries import CAP, fresh_for, unread_count
from consultation.features.notifications.services import add_news_of_comment, forget_answer, forget_old_notices, spread
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_public_id, session

PATH = "/account/notices"


def head_of(page):
    return [link.get_text(strip=True) for link in page.find_all("header nav a")]


def test_a_reply_is_told_to_the_author_of_the_thread_and_counted_in_the_head(browse, people, say, work):
    author = people.citizen()
    root = say(author)
    work()
    client = browse(author)
    assert not any("(" in label for label in head_of(client.get("/account/")))
    say(people.citizen(), "Une réponse.", parent=root)
    work()
    assert unread_count(author.id) == 1
    assert any("(1)" in label for label in head_of(client.get("/account/")))
    page = client.get(PATH)
    assert len(page.find_all("main li.comment")) == 1
    gone = client.submit(page, "main li.comment form")
    assert f"/consultations/test/comments/{root.id}/" in gone.location
    assert client.get(PATH).find(".empty")
    assert unread_count(author.id) == 0


def test_all_can_be_marked_as_read_at_once(browse, people, say, follows, work):
    reader = people.citizen()
    for number in (1, 3):
        follows(reader, number, Pace.PRODUCT)
        say(people.citizen(), number=number)
    work()
    client = browse(reader)
    page = client.get(PATH)
    assert len(page.find_all("main li.comment")) == 2
    client.submit(page, 'main form[action$="/account/notices/read"]')
    assert client.get(PATH).find(".empty")


def test_reading_the_page_marks_nothing_as_read(browse, people, say, follows, work):
    reader = people.citizen()
    follows(reader, 1, Pace.PRODUCT)
    say(people.citizen())
    work()
    client = browse(reader)
    for _time in range(2):
        assert len(client.get(PATH).find_all("main li.comment")) == 1


def test_a_withheld_comment_and_ones_own_are_no_news(people, say, follows, work):
    reader = people.citizen()
    follows(reader, 1, Pace.PRODUCT)
    comment = say(people.citizen())
    say(reader, "Ma propre voix.")
    work()
    assert [one.comments for one in fresh_for(reader.id) if one.followed.thread is None] == [1]
    withhold_comment(comment_by_id(comment.id), new_public_id(), Ground.INSULT)
    session.commit()
    assert fresh_for(reader.id) == []
    assert unread_count(reader.id) == 0


def test_the_organisers_answer_is_told_to_the_author_until_it_is_taken_back(people, say, work):
    author = people.citizen()
    comment = say(author)
    work()
    for _time in range(2):
        add_news_of_comment(comment.id, Happening.ANSWER)
    work()
    spread()
    assert [(one.answers, one.comments) for one in fresh_for(author.id)] == [(1, 0)]
    forget_answer(comment.id)
    assert fresh_for(author.id) == []


def test_the_steps_of_a_consultation_are_told_in_order(browse, people, follows, open_consultation, work):
    reader, waiting = people.citizen(), people.citizen()
    follows(reader, open_consultation, Pace.PRODUCT)
    follows(waiting, open_consultation, Pace.RESULTS)
    work()
    for account in (reader, waiting):
        browse(account).post("/account/notices/read")
    fence(None, open_consultation)
    mark_closed(open_consultation)
    work()
    assert (unread_count(reader.id), unread_count(waiting.id)) == (1, 0)
    mark_published(None, open_consultation)
    work()
    [fresh] = fresh_for(reader.id)
    assert fresh.steps == [Happening.CLOSED, Happening.PUBLISHED]
    [fresh] = fresh_for(waiting.id)
    assert fresh.steps == [Happening.PUBLISHED]
    client = browse(reader)
    answer = client.submit(client.get(PATH), "main li.comment form")
    assert answer.location == "/consultations/test/results/"


def test_counts_stop_where_a_page_need_not_know_more(browse, people, say, follows, work):
    reader, author = people.citizen(), people.citizen()
    reader.language = "en"
    follows(reader, 1, Pace.PRODUCT)
    for place in range(CAP + 5):
        say(author, f"Argument {place}.")
    work()
    assert [one.comments for one in fresh_for(reader.id)] == [CAP]
    page = browse(reader, language="en").get(f"/en{PATH}")
    assert f"{CAP} new comments or more" in page.text


def test_the_page_and_the_head_cost_the_same_however_much_is_new(browse, people, say, follows, work, statements):
    reader = people.citizen()
    follows(reader, 1, Pace.PRODUCT)
    say(people.citizen())
    work()
    client = browse(reader)
    with statements() as few:
        client.get(PATH)
    for place in range(8):
        follows(reader, say(people.citizen(), f"Fil {place}."), Pace.PRODUCT)
    for place in range(20):
        say(people.citizen(), f"Argument {place}.", 3)
    work()
    with statements() as many:
        client.get(PATH)
    assert many.total == few.total <= 5, many.all


def test_the_head_asks_one_statement_and_a_visitor_none(browse, people, open_consultation, statements):
    client, visitor = browse(people.citizen()), browse()
    with statements() as signed_in:
        client.get("/charter")
    with statements() as visiting:
        visitor.get("/charter")
    assert len([one for one in signed_in.all if "subscription" in one]) == 1
    assert [one for one in visiting.all if "subscription" in one] == []


def test_what_nobody_reads_in_ninety_days_counts_as_read(people, say, follows, work):
    reader = people.citizen()
    follows(reader, 1, Pace.PRODUCT)
    say(people.citizen())
    work()
    with clock.standing_at(clock.now() + timedelta(days=89)):
        assert forget_old_notices() == 0
    with clock.standing_at(clock.now() + timedelta(days=91)):
        assert forget_old_notices() >= 1
        assert forget_old_notices() == 0
    session.commit()
    assert unread_count(reader.id) == 0
