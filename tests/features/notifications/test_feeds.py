"""Atom feeds: valid whatever people write, by day, the same for everybody, and empty where a comment is no more."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from sqlalchemy import update

from consultation.domain.moderation.grounds import Ground
from consultation.features.comments.models import Comment, PenName
from consultation.features.comments.queries import comment_by_id
from consultation.features.comments.services import restore_comment, withdraw_comment, withhold_comment
from consultation.features.notifications.queries import FEED_LENGTH
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_public_id, session

ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/consultations/test/feed.atom"
OF_ONE = "/consultations/test/recommendations/1/feed.atom"


def entries(page):
    return ET.fromstring(page.html).findall(f"{ATOM}entry")


def text(element, name):
    found = element.find(f"{ATOM}{name}")
    return "" if found is None else (found.text or "")


def fetch(browse, path=FEED, language="fr"):
    page = browse(language=language).get(path)
    assert page.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return page


def test_a_feed_gives_what_was_said_with_its_lasting_address_and_its_day(browse, people, say):
    with clock.standing_at(clock.now()):
        comment = say(people.citizen(), "Un argument **fort**.")
        day = clock.today().isoformat()
    [entry] = entries(fetch(browse))
    assert text(entry, "id") == f"http://127.0.0.1:8000/consultations/test/comments/{comment.id}/"
    assert text(entry, "updated") == text(entry, "published") == f"{day}T00:00:00Z"
    assert "<strong>fort</strong>" in text(entry, "content")
    assert entry.find(f"{ATOM}author/{ATOM}name").text.startswith("Plume ")


@pytest.mark.parametrize("path", [FEED, OF_ONE])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_feed_has_what_rfc_4287_asks_for(browse, people, say, path, language):
    say(people.citizen())
    prefix = "/en" if language == "en" else ""
    feed = ET.fromstring(fetch(browse, prefix + path, language).html)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://127.0.0.1:8000{prefix}{path}"
    assert links["alternate"].startswith(f"http://127.0.0.1:8000{prefix}/consultations/test/")
    for name in ("id", "title", "updated"):
        assert text(feed, name)
    identifiers = [text(entry, "id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(identifiers) == len(set(identifiers)) == 1
    assert identifiers[0].startswith("http://127.0.0.1:8000/consultations/")


def test_an_empty_feed_is_a_feed(browse, open_consultation):
    assert entries(fetch(browse)) == []


def test_hostile_names_and_words_stay_words(browse, people, say, open_consultation):
    author = people.citizen()
    comment = say(author, "Un ]]> piège & <script>alert(1)</script>.")
    hostile = "<b>&\x0b]]>\ufffe"
    session.execute(update(PenName).where(PenName.account_id == author.id).values(name=hostile))
    session.execute(update(Comment).where(Comment.id == comment.id).values(html="<p>a\x0cb ]]> c</p>"))
    open_consultation.title = "Titre </title><entry> & \x01"
    session.commit()
    [entry] = entries(fetch(browse))
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "<b>&\ufffd]]>\ufffd"
    assert text(entry, "content") == "<p>a\ufffdb ]]> c</p>"


def test_a_withheld_comment_is_issued_again_empty_and_comes_back_when_restored(browse, people, say):
    comment = say(people.citizen(), "Des mots qui blessent.")
    before = entries(fetch(browse))[0]
    with clock.standing_at(clock.now() + timedelta(days=2)):
        withhold_comment(comment_by_id(comment.id), new_public_id(), Ground.INSULT)
        session.commit()
        today = clock.today().isoformat()
    for path in (FEED, OF_ONE):
        page = fetch(browse, path)
        [entry] = entries(page)
        assert text(entry, "id") == text(before, "id")
        assert text(entry, "updated") == f"{today}T00:00:00Z" > text(before, "updated")
        assert text(entry, "content") == ""
        assert "modération" in text(entry, "summary")
        assert "blessent" not in page.html
        assert "Plume" not in page.html
    restore_comment(comment_by_id(comment.id))
    session.commit()
    assert "blessent" in fetch(browse).html


def test_a_withdrawn_comment_is_issued_again_empty(browse, people, say):
    author = people.citizen()
    comment = say(author, "Je me ravise.")
    withdraw_comment(author, comment_by_id(comment.id))
    session.commit()
    [entry] = entries(fetch(browse))
    assert text(entry, "content") == ""
    assert "ravise" not in fetch(browse).html


def test_an_old_comment_that_changes_is_issued_again_before_newer_ones(browse, people, say):
    author = people.citizen()
    old = say(author, "L’ancien.")
    for place in range(FEED_LENGTH):
        say(author, f"Le nouveau {place}.")
    with clock.standing_at(clock.now() + timedelta(days=1)):
        withhold_comment(comment_by_id(old.id), new_public_id(), Ground.INSULT)
        session.commit()
    found = entries(fetch(browse))
    assert len(found) == FEED_LENGTH
    assert old.id in text(found[0], "id")


def test_a_feed_is_the_same_for_everybody_and_asks_for_no_cookie(browse, people, say):
    author = people.citizen()
    say(author)
    visitors = fetch(browse)
    mine = browse(author).get(FEED)
    assert mine.html == visitors.html
    assert "Set-Cookie" not in visitors.headers
    assert visitors.headers["Cache-Control"] == "public, no-cache"


def test_a_reader_who_has_seen_it_all_is_told_so_in_a_word(browse, people, say):
    say(people.citizen())
    client = browse()
    tag = client.get(FEED).headers["ETag"]
    client.get(FEED, 304, headers={"If-None-Match": tag})
    say(people.citizen(), "Du nouveau.")
    client.get(FEED, 200, headers={"If-None-Match": tag})


def test_the_feed_of_a_recommendation_holds_its_own_comments_and_replies(browse, people, say):
    root = say(people.citizen(), "Sous la première.", 1)
    say(people.citizen(), "Une réponse.", 1, parent=root)
    say(people.citizen(), "Sous la troisième.", 3)
    assert len(entries(fetch(browse, OF_ONE))) == 2
    assert len(entries(fetch(browse))) == 3


def test_a_feed_costs_the_same_however_much_was_said(browse, people, say, statements):
    author = people.citizen()
    say(author)
    client = browse()
    with statements() as one:
        client.get(FEED)
    for place in range(20):
        say(author, f"Argument {place}.", (1, 3, 6)[place % 3])
    with statements() as many:
        client.get(FEED)
    assert many.total == one.total <= 2, many.all


def test_a_draft_has_no_feed_even_for_its_team(browse, people, draft_consultation):
    browse(people.organiser(draft_consultation)).get(FEED, 404)
    browse().get(OF_ONE, 404)


def test_a_page_says_where_its_feed_is(browse, open_consultation):
    link = browse().get("/consultations/test/").find('head link[type="application/atom+xml"]')
    assert link["href"] == FEED
