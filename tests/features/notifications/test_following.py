"""Following: chosen on a page of its own, changed, listed, stopped; one's own and nobody else's."""

import json

import pytest
from sqlalchemy import select

from consultation.domain.deliberation.paces import Pace
from consultation.domain.errors import Invalid, NotConfirmed
from consultation.features.accounts.services import create_account, erase_account
from consultation.features.consultations.services import fence, mark_closed, mark_published
from consultation.features.notifications.models import Mailbox, Subscription
from consultation.features.notifications.services import follow
from consultation.infrastructure.database import session

FOLLOW = "/consultations/test/recommendations/1/follow/"


def subscriptions():
    session.expire_all()
    return session.scalars(select(Subscription)).all()


def test_the_link_to_follow_leads_a_visitor_to_sign_in_and_back(browse, open_consultation):
    page = browse().get("/consultations/test/")
    assert page.find('main a[href="/consultations/test/follow/"]').get_text(strip=True) == "Suivre"
    assert page.find_all("main form") == []
    answer = browse().get("/consultations/test/follow/", 303)
    assert "/account/sign-in?next=/consultations/test/follow/" in answer.location.replace("%2F", "/")


def test_a_thread_leads_to_following_it_its_recommendation_and_its_feed(browse, people, say):
    root = say(people.citizen())
    reply = say(people.citizen(), "Une réponse.", parent=root)
    page = browse().get("/consultations/test/recommendations/1/")
    assert page.find(f'main aside a[href="{FOLLOW}"]')
    feed = "/consultations/test/recommendations/1/feed.atom"
    assert page.find(f'main aside a[href="{feed}"]')
    assert page.find('head link[type="application/atom+xml"]')["href"] == feed
    assert page.find(f'#c-{root.id} a[href="/consultations/test/comments/{root.id}/follow/"]')
    assert page.find_all(f'a[href="/consultations/test/comments/{reply.id}/follow/"]') == []


def test_whoever_took_part_is_led_to_the_mail_that_tells_of_the_results(browse, people, open_consultation):
    client = browse(people.citizen())
    page = client.get("/consultations/test/follow/?pace=results")
    assert page.fields("main form")["pace"] == ["results"]
    assert "pace" not in client.get(f"{FOLLOW}?pace=anything").fields("main form")
    client.submit(page, path="/consultations/test/follow/")
    again = client.get("/consultations/test/follow/?pace=daily")
    assert again.fields("main form")["pace"] == ["results"]


def test_nobody_waits_for_results_that_are_public_already(browse, people, open_consultation):
    fence(None, open_consultation)
    mark_closed(open_consultation)
    mark_published(None, open_consultation)
    session.commit()
    client = browse(people.citizen())
    page = client.get("/consultations/test/follow/?pace=results")
    assert page.find_all("input[value=results]") == []
    client.submit(page, fields={"pace": "results"}, path="/consultations/test/follow/", status=422)
    assert subscriptions() == []


@pytest.mark.parametrize("path", ["/consultations/test/follow/", FOLLOW])
def test_nothing_is_chosen_beforehand_and_a_choice_is_asked_for(browse, people, open_consultation, path):
    client = browse(people.citizen())
    page = client.get(path)
    assert "pace" not in page.fields("main form")
    refused = client.submit(page, path=path, status=422)
    assert refused.find(".error-summary a")["href"] == "#pace-0"
    assert subscriptions() == []


def test_somebody_follows_changes_their_mind_and_stops(browse, people, open_consultation):
    client = browse(people.citizen())
    client.submit(client.get(FOLLOW), fields={"pace": "daily"}, path=FOLLOW)
    listed = client.get("/account/following")
    assert "Recommandation 1" in listed.text
    assert "Titre de la recommandation 1" in listed.text
    again = client.get(FOLLOW)
    assert again.fields("main form")["pace"] == ["daily"]
    client.submit(again, fields={"pace": "product"}, path=FOLLOW)
    assert [one.pace for one in subscriptions()] == ["product"]
    stopped = client.submit(client.get("/account/following"))
    assert stopped.location.endswith("/account/following")
    assert subscriptions() == []


def test_a_reply_is_followed_as_the_thread_it_stands_in(browse, people, say):
    author = people.citizen()
    root = say(author)
    reply = say(people.citizen(), "Une réponse.", parent=root)
    client = browse(people.citizen())
    path = f"/consultations/test/comments/{reply.id}/follow/"
    client.submit(client.get(path), fields={"pace": "weekly"}, path=path)
    assert [one.thread_id for one in subscriptions()] == [root.id]


def test_a_comment_of_another_consultation_is_not_found(browse, people, say):
    comment = say(people.citizen())
    browse(people.citizen()).get(f"/consultations/other/comments/{comment.id}/follow/", 404)


def test_the_author_of_a_comment_follows_its_thread_without_mails(people, say, work):
    author = people.citizen()
    comment = say(author)
    work()
    [one] = subscriptions()
    assert (one.account_id, one.thread_id, one.pace) == (author.id, comment.id, "product")
    assert session.scalars(select(Mailbox)).all() == []


def test_writing_again_changes_nothing_in_how_a_thread_is_followed(people, say, follows, work):
    author = people.citizen()
    comment = say(author)
    follows(author, comment, Pace.WEEKLY)
    work()
    say(author, "Encore un mot.", parent=comment)
    work()
    assert [one.pace for one in subscriptions()] == ["weekly"]


def test_what_others_follow_does_not_even_exist(browse, people, follows, open_consultation):
    subscription = follows(people.citizen(), 1)
    client = browse(people.citizen())
    client.post(f"/account/following/{subscription.id}/stop", status=404)
    client.post(f"/account/notices/{subscription.id}/read", status=404)
    assert len(subscriptions()) == 1
    assert "Titre de la recommandation" not in client.get("/account/following").text


def test_a_draft_is_followed_by_its_team_alone(browse, people, draft_consultation):
    browse(people.citizen()).get("/consultations/test/follow/", 404)
    browse(people.organiser(draft_consultation)).get("/consultations/test/follow/")


def test_results_are_waited_for_in_a_consultation_only(people, open_consultation, follows):
    with pytest.raises(Invalid):
        follows(people.citizen(), 1, Pace.RESULTS)
    assert follows(people.citizen(), open_consultation, Pace.RESULTS).pace == "results"


def test_an_address_must_be_confirmed_before_anything_is_followed(context, open_consultation):
    account = create_account("new@example.org", None, "fr")
    with pytest.raises(NotConfirmed):
        follow(account, open_consultation, Pace.DAILY)


def test_following_twice_is_following_once(people, open_consultation, follows):
    reader = people.citizen()
    for pace in (Pace.DAILY, Pace.AT_ONCE, Pace.AT_ONCE):
        follows(reader, open_consultation, pace)
    assert [one.pace for one in subscriptions()] == ["at_once"]


def test_erasing_an_account_takes_all_that_it_followed_along(people, follows, open_consultation):
    reader, other = people.citizen(), people.citizen()
    for account in (reader, other):
        follows(account, open_consultation)
        follows(account, 3, Pace.PRODUCT)
    erase_account(reader)
    session.commit()
    assert {one.account_id for one in subscriptions()} == {other.id}
    assert [one.account_id for one in session.scalars(select(Mailbox))] == [other.id]


def test_ones_own_data_say_what_one_follows(browse, people, follows, open_consultation):
    reader = people.citizen()
    follows(reader, open_consultation, Pace.WEEKLY)
    follows(people.citizen(), 3)
    [row] = json.loads(browse(reader).get("/account/data.json").html)["subscriptions"]
    assert (row["pace"], row["consultation_id"]) == ("weekly", str(open_consultation.id))


def test_the_list_costs_the_same_however_long_it_is(browse, people, follows, say, statements, open_consultation):
    reader = people.citizen()
    client = browse(reader)
    follows(reader, 1)
    with statements() as short:
        client.get("/account/following")
    follows(reader, open_consultation)
    follows(reader, 3)
    for place in range(5):
        follows(reader, say(people.citizen(), f"Fil {place}."))
    with statements() as long:
        page = client.get("/account/following")
    assert len(page.find_all("main li.comment")) == 8
    assert long.total == short.total


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_mailbox_that_refuses_is_told_to_its_owner(browse, people, follows, say, carrier, work, language):
    reader = people.citizen()
    follows(reader, 1)
    carrier.gone.add(reader.address)
    say(people.citizen())
    work()
    page = browse(reader, language=language).get(("/en" if language == "en" else "") + "/account/following")
    assert reader.address in page.find(".notice--warning").get_text()
