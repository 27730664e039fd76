"""Mails about what is followed: at the pace chosen, by what is public when they leave, and never in a flood."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from consultation.domain.deliberation.paces import PAUSE, Pace
from consultation.domain.moderation.grounds import Ground
from consultation.features.accounts.services import create_account, disable_account, erase_account
from consultation.features.comments.queries import comment_by_id
from consultation.features.comments.services import answer_comment, withdraw_answer, withdraw_comment, withhold_comment
from consultation.features.consultations.services import fence, mark_closed, mark_published
from consultation.features.notifications.jobs import spread_news, write_mails
from consultation.features.notifications.models import News, Subscription
from consultation.features.notifications.queries.told import QUOTED
from consultation.features.notifications.services import (
    mailing,
    set_mails,
    spread,
    spreading,
    stop_following,
    write_due_mails,
)
from consultation.infrastructure import clock, jobs
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.mail import OutgoingMail

NOON = datetime(2026, 3, 12, 11, tzinfo=UTC)  # a Thursday, noon in Paris


@pytest.fixture
def clock_at():
    """Make the clock stand."""
    standing = []

    def stand(moment):
        while standing:
            standing.pop().__exit__(None, None, None)
        standing.append(clock.standing_at(moment))
        standing[-1].__enter__()
        return moment

    yield stand
    while standing:
        standing.pop().__exit__(None, None, None)


@pytest.fixture
def march_consultation(open_consultation):
    """The open consultation, as if it were held in March 2026."""
    open_consultation.opens_at, open_consultation.closes_at = NOON - timedelta(days=9), NOON + timedelta(days=90)
    session.commit()
    return open_consultation


def withhold(comment):
    withhold_comment(comment_by_id(comment.id), new_public_id(), Ground.INSULT)
    session.commit()


def test_a_follower_at_once_is_told_who_said_what_with_the_day_and_where(people, say, follows, carrier, work):
    reader, author = people.citizen(), people.citizen()
    follows(reader, 1)
    comment = say(author, "Le médecin doit **garder** la main, voir https://evil.example/x maintenant.")
    work()
    [body] = carrier.to(reader)
    assert f"http://127.0.0.1:8000/consultations/test/comments/{comment.id}/" in body
    assert "garder" in body
    assert "evil.example" not in body
    assert carrier.to(author) == []


def test_a_mail_of_this_kind_can_be_ended_by_one_click_and_says_what_it_is(people, say, follows, carrier, work):
    follows(people.citizen(), 1)
    say(people.citizen())
    work()
    [mail] = carrier.carried
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [raw] = [line for line in mail.as_bytes().split(b"\r\n") if b"/unsubscribe/" in line and line.endswith(b">")]
    assert raw.split(b": ")[-1].startswith(b"<http://127.0.0.1:8000/unsubscribe/")
    assert (mail["List-Id"], mail["Precedence"]) == ("<news.localhost>", "bulk")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@localhost>")
    assert mail["Content-Language"] == "fr"


def test_what_comes_within_a_quarter_of_an_hour_goes_together(people, say, follows, carrier, work, clock_at):
    clock_at(NOON)
    reader = people.citizen()
    follows(reader, 1)
    say(people.citizen(), "Le premier.")
    work()
    for minute in (1, 5, 9):
        clock_at(NOON + timedelta(minutes=minute))
        say(people.citizen(), f"Après {minute} minutes.")
        work()
    assert len(carrier.to(reader)) == 1
    clock_at(NOON + PAUSE + timedelta(minutes=2))
    work()
    [_first, second] = carrier.to(reader)
    assert all(f"Après {minute} minutes." in second for minute in (1, 5, 9))
    assert "Le premier." not in second


def test_several_things_followed_at_once_still_make_one_mail_a_quarter_of_an_hour(
    people, say, follows, carrier, work, clock_at, march_consultation
):
    clock_at(NOON)
    reader, author = people.citizen(), people.citizen()
    for number in (1, 3, 6):
        follows(reader, number)
    for minute, number in ((0, 1), (2, 3), (12, 6), (14, 1)):
        clock_at(NOON + timedelta(minutes=minute))
        say(author, f"Après {minute} minutes.", number)
        work()
    assert len(carrier.to(reader)) == 1
    clock_at(NOON + timedelta(minutes=17))
    work()
    [_first, second] = carrier.to(reader)
    assert all(f"Après {minute} minutes." in second for minute in (2, 12, 14))


def test_a_mail_that_is_set_leaves_at_the_pace_chosen_since(
    people, say, follows, carrier, work, clock_at, march_consultation
):
    clock_at(NOON)
    reader = people.citizen()
    follows(reader, 1, Pace.WEEKLY)
    say(people.citizen())
    work()
    follows(reader, 1, Pace.DAILY)
    clock_at(datetime(2026, 3, 13, 5, 59, tzinfo=UTC))
    work()
    assert carrier.carried == []
    clock_at(datetime(2026, 3, 13, 6, 0, tzinfo=UTC))
    work()
    assert len(carrier.to(reader)) == 1
    clock_at(datetime(2026, 3, 16, 6, 0, tzinfo=UTC))
    work()
    assert len(carrier.to(reader)) == 1


@pytest.mark.parametrize(
    ("pace", "before", "after"),
    [
        (Pace.DAILY, datetime(2026, 3, 13, 5, 59, tzinfo=UTC), datetime(2026, 3, 13, 6, 0, tzinfo=UTC)),
        (Pace.WEEKLY, datetime(2026, 3, 16, 5, 59, tzinfo=UTC), datetime(2026, 3, 16, 6, 0, tzinfo=UTC)),
    ],
)
def test_a_summary_leaves_at_seven_and_only_when_there_is_something_new(
    march_consultation, people, say, follows, carrier, work, clock_at, pace, before, after
):
    clock_at(NOON)
    reader = people.citizen()
    follows(reader, march_consultation, pace)
    say(people.citizen(), "Sous la première.", 1)
    say(people.citizen(), "Sous la troisième.", 3)
    clock_at(before)
    work()
    assert carrier.carried == []
    clock_at(after)
    work()
    [body] = carrier.to(reader)
    assert "Sous la première." in body
    assert "Sous la troisième." in body
    clock_at(after + timedelta(days=15))
    work()
    assert len(carrier.carried) == 1


def test_across_the_change_of_clock_a_summary_still_leaves_at_seven(
    march_consultation, people, say, follows, carrier, work, clock_at
):
    clock_at(datetime(2026, 3, 28, 20, tzinfo=UTC))
    follows(people.citizen(), 1, Pace.DAILY)
    say(people.citizen())
    work()
    clock_at(datetime(2026, 3, 29, 4, 59, tzinfo=UTC))
    work()
    assert carrier.carried == []
    clock_at(datetime(2026, 3, 29, 5, 0, tzinfo=UTC))
    work()
    assert len(carrier.carried) == 1


def test_a_summary_quotes_a_few_and_counts_the_rest(people, say, follows, carrier, work, clock_at, march_consultation):
    clock_at(NOON)
    reader, author = people.citizen(), people.citizen()
    reader.language = "en"
    follows(reader, 1, Pace.DAILY)
    for place in range(QUOTED + 3):
        say(author, f"Argument {place}.")
    work()
    clock_at(NOON + timedelta(days=1))
    work()
    [body] = carrier.to(reader)
    assert body.count("Argument ") == QUOTED
    assert "And 3 other contributions." in body


def test_a_comment_is_quoted_once_by_whoever_follows_all_that_it_stands_in(
    open_consultation, people, say, follows, carrier, work
):
    reader, author = people.citizen(), people.citizen()
    root = say(author, "La racine.")
    work()
    for target in (open_consultation, 1, root):
        follows(reader, target)
    say(people.citizen(), "Une réponse remarquée.", parent=root)
    work()
    [body] = carrier.to(reader)
    assert body.count("Une réponse remarquée.") == 1


@pytest.mark.parametrize("act", ["none", "change", "withdraw", "withhold"])
def test_an_answer_of_the_organiser_is_quoted_as_it_is_when_the_mail_leaves(
    people, say, follows, carrier, work, open_consultation, act
):
    author, organiser = people.citizen(), people.organiser(open_consultation)
    comment = say(author, "Une question à l’Ordre.")
    work()
    follows(author, comment)
    answer = answer_comment(organiser, comment, "Les mots d’abord répondus.", seen=0, read=1)
    while not session.scalar(select(func.count()).select_from(OutgoingMail)):
        session.commit()
        assert jobs.run_next()
    if act == "change":
        answer_comment(organiser, comment, "Les mots corrigés.", seen=answer.version, read=1)
    elif act == "withdraw":
        withdraw_answer(organiser, comment, seen=answer.version)
    elif act == "withhold":
        withhold(comment)
    work()
    told = carrier.to(author)
    assert len(told) == (act in ("none", "change"))
    if told:
        assert ("répondus." in told[0], "corrigés." in told[0]) == (act == "none", act == "change")
        assert "Une question" not in told[0]


def test_nobody_is_told_of_their_own_words(people, say, follows, carrier, work):
    author = people.citizen()
    follows(author, 1)
    say(author)
    work()
    assert carrier.carried == []


@pytest.mark.parametrize("act", ["withhold", "withdraw", "edit"])
def test_a_mail_that_waits_says_what_is_public_when_it_leaves(people, say, follows, carrier, act):
    reader, author = people.citizen(), people.citizen()
    follows(reader, 1)
    comment = say(author, "Les mots d’abord écrits.")
    say(author, "Un autre argument.")
    while session.scalar(select(func.count()).select_from(OutgoingMail)) == 0:
        session.commit()
        assert jobs.run_next()
    assert carrier.carried == []
    queued = session.scalars(select(OutgoingMail)).one()
    assert "Les mots" not in f"{queued.subject}{queued.body}{queued.html}{queued.arguments}"
    if act == "withhold":
        withhold(comment)
    elif act == "withdraw":
        withdraw_comment(author, comment_by_id(comment.id))
    else:
        comment_by_id(comment.id).body = "Les mots corrigés."
    session.commit()
    jobs.run_all()
    [mail] = carrier.carried
    assert b"d=E2=80=99abord" not in mail.as_bytes()
    [body] = carrier.to(reader)
    assert "d’abord" not in body
    assert "Un autre argument." in body
    assert ("Les mots corrigés." in body) is (act == "edit")


def test_a_mail_with_nothing_left_to_say_is_not_sent(people, say, follows, carrier, work):
    reader = people.citizen()
    subscription = follows(reader, 1)
    comment = say(people.citizen())
    while not session.scalar(select(func.count()).select_from(OutgoingMail)):
        session.commit()
        jobs.run_next()
    withhold(comment)
    work()
    assert carrier.carried == []
    assert session.scalar(select(func.count()).select_from(OutgoingMail)) == 0
    assert session.get(Subscription, subscription.id).due_at is None


@pytest.mark.parametrize("change", ["stops", "asks for none", "disabled", "erased", "unconfirmed"])
def test_whoever_stopped_left_or_never_confirmed_gets_nothing_more(people, say, follows, carrier, work, change):
    reader = people.citizen()
    subscription = follows(reader, 1)
    say(people.citizen())
    while not session.scalar(select(func.count()).select_from(OutgoingMail)):
        session.commit()
        jobs.run_next()
    if change == "stops":
        stop_following(reader, subscription)
    elif change == "asks for none":
        follows(reader, 1, Pace.PRODUCT)
    elif change == "disabled":
        disable_account(reader)
    elif change == "unconfirmed":
        reader.confirmed_at = None
    else:
        erase_account(reader)
    work()
    say(people.citizen())
    work()
    assert carrier.carried == []


def test_whoever_never_confirmed_is_not_written_to_even_when_a_mail_is_due(people, say, follows, carrier, work):
    reader = people.citizen()
    subscription = follows(reader, 1)
    reader.confirmed_at = None
    say(people.citizen())
    work()
    assert carrier.carried == []
    assert session.scalars(select(OutgoingMail)).all() == []
    assert session.get(Subscription, subscription.id).due_at is None


def test_an_address_refused_for_good_is_left_alone_until_its_owner_asks_again(people, say, follows, carrier, work):
    reader = people.citizen()
    follows(reader, 1)
    carrier.gone.add(reader.address)
    say(people.citizen())
    work()
    carrier.gone.clear()
    say(people.citizen(), "Un second.")
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        work()
    assert carrier.carried == []
    follows(reader, 3)
    say(people.citizen(), "Un troisième.", 3)
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        work()
    assert len(carrier.to(reader)) == 1


def test_a_comment_that_is_rolled_back_is_told_to_nobody(people, say, follows, carrier, work, monkeypatch):
    follows(people.citizen(), 1)
    author = people.citizen()
    monkeypatch.setattr(session, "commit", session.flush)
    say(author)
    session.rollback()
    monkeypatch.undo()
    work()
    assert session.scalars(select(News).where(News.comment_id.is_not(None))).all() == []
    assert session.scalars(select(OutgoingMail)).all() == []


def test_every_job_can_be_done_twice(people, say, follows, carrier, work):
    reader = people.citizen()
    follows(reader, 1)
    say(people.citizen())
    for _time in range(2):
        spread_news()
        write_mails()
    work()
    assert len(carrier.to(reader)) == 1


def test_a_crowd_is_told_a_batch_at_a_time_and_nobody_twice_whatever_stops_in_between(
    people, say, follows, carrier, work, monkeypatch
):
    monkeypatch.setattr(mailing, "BATCH", 3)
    monkeypatch.setattr(spreading.set_mails, "__defaults__", (2,))
    readers = [people.citizen() for _place in range(7)]
    for reader in readers:
        follows(reader, 1)
        follows(reader, 3, Pace.DAILY)
    say(people.citizen())
    stretch = spread()
    session.commit()
    assert not set_mails(stretch).is_whole
    session.rollback()  # the power fails
    while not set_mails(stretch).is_whole:
        session.commit()
    assert set_mails(stretch).moments == set()
    session.commit()
    assert write_due_mails()
    session.rollback()
    while write_due_mails():
        session.commit()
    work()
    assert [len(carrier.to(reader)) for reader in readers] == [1] * 7
    assert len(carrier.carried) == 7


def reader_at_once(address, consultation):
    """Somebody who follows a consultation and is written to at once."""
    account = create_account(address, None, "fr")
    account.confirmed_at = clock.now()
    session.flush()
    session.add(
        Subscription(
            id=new_public_id(),
            account_id=account.id,
            consultation_id=consultation.id,
            pace=Pace.AT_ONCE.value,
            begun_at=clock.now(),
            read_until=0,
            mailed_until=0,
        )
    )


def test_posting_costs_the_same_however_many_follow(people, say, follows, statements, open_consultation):
    author = people.citizen()
    say(author)
    jobs.run_all()
    follows(people.citizen(), 1)
    with statements() as one:
        say(author, "Devant une seule personne.")
    for place in range(499):
        reader_at_once(f"reader{place}@example.org", open_consultation)
    session.commit()
    with statements() as many:
        say(author, "Devant cinq cents.")
    assert many.total == one.total


def test_telling_followers_costs_statements_by_batch_and_not_by_head(people, say, statements, open_consultation):
    spent = []
    for heads in (3, 60):
        for place in range(heads):
            reader_at_once(f"reader{heads}-{place}@example.org", open_consultation)
        session.commit()
        say(people.citizen(), f"Devant {heads}.")
        with statements() as count:
            stretch = spread()
            set_mails(stretch)
            write_due_mails()
            session.commit()
        spent.append(count.total)
        session.execute(Subscription.__table__.delete())
        session.commit()
    assert spent[1] <= spent[0]


def test_those_who_wished_are_told_that_the_results_are_public_and_nothing_else(
    open_consultation, people, say, follows, carrier, work
):
    reader, other = people.citizen(), people.citizen()
    follows(reader, open_consultation, Pace.RESULTS)
    say(other)
    work()
    fence(None, open_consultation)
    mark_closed(open_consultation)
    work()
    assert carrier.carried == []
    mark_published(None, open_consultation)
    work()
    [body] = carrier.to(reader)
    assert "http://127.0.0.1:8000/consultations/test/results/" in body
    assert carrier.carried[0]["Subject"] == "Les résultats sont publics"
    assert carrier.to(other) == []


def test_a_follower_of_a_consultation_is_told_of_its_steps(open_consultation, people, follows, carrier, work):
    work()
    reader = people.citizen()
    reader.language = "en"
    follows(reader, open_consultation)
    with clock.standing_at(open_consultation.closes_at - timedelta(days=2)):
        work()
    assert "The consultation closes soon." in carrier.to(reader)[0]
    fence(None, open_consultation)
    mark_closed(open_consultation)
    with clock.standing_at(open_consultation.closes_at):
        work()
    assert "The consultation is closed" in carrier.to(reader)[1]


def test_a_close_that_was_put_off_is_announced_later(open_consultation, people, follows, carrier, work):
    work()
    follows(people.citizen(), open_consultation)
    former = open_consultation.closes_at
    open_consultation.closes_at = former + timedelta(days=30)
    with clock.standing_at(former - timedelta(days=2)):
        work()
    assert carrier.carried == []
    with clock.standing_at(former + timedelta(days=28)):
        work()
    assert len(carrier.carried) == 1
