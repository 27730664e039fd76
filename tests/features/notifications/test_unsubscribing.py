"""One click ends mails: without session, twice if need be, and by nothing but the button."""

import re
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from consultation.domain.deliberation.paces import Pace
from consultation.features.notifications.models import Mailbox, Subscription
from consultation.features.notifications.services import stop_following, token_for_all, token_for_one
from consultation.infrastructure.database import session

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def paces(reader):
    """At what paces the reader follows."""

    def found():
        session.expire_all()
        return sorted(session.scalars(select(Subscription.pace).filter_by(account_id=reader.id)))

    return found


@pytest.fixture
def reader(people, follows, open_consultation):
    account = people.citizen()
    follows(account, open_consultation, Pace.AT_ONCE)
    follows(account, 1, Pace.AT_ONCE)
    follows(account, 3, Pace.DAILY)
    return account


def token_of(reader, kind):
    if kind == "all":
        return token_for_all(session.get(Mailbox, reader.id).key, Pace.AT_ONCE)
    followed = select(Subscription).where(Subscription.recommendation_id.is_not(None))
    return token_for_one(session.scalars(followed).first())


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_one_click_of_the_mail_program_needs_neither_session_nor_token_of_a_form(browse, reader, prefix, paces):
    path = f"{prefix}/unsubscribe/{token_of(reader, 'all')}"
    client = browse(language="en" if prefix else "fr")
    page = client.post(path, ONE_CLICK, 200, csrf=False, headers={"Origin": "https://mail.example"})
    assert "Set-Cookie" not in page.headers
    assert paces() == ["daily", "product", "product"]
    client.post(path, ONE_CLICK, 200, csrf=False)
    assert paces() == ["daily", "product", "product"]


def test_opening_the_link_changes_nothing_and_the_button_on_it_does(browse, reader, paces):
    before = paces()
    client = browse()
    path = f"/unsubscribe/{token_of(reader, 'all')}"
    page = client.get(path)
    assert paces() == before
    assert page.find_all("input[name=csrf_token]") == []
    assert "Set-Cookie" not in page.headers
    client.submit(page, path=path, status=200)
    assert paces() == ["daily", "product", "product"]
    assert client.get(path).find_all("main form") == []


def test_the_link_of_one_part_of_a_mail_ends_that_part_alone(browse, reader, paces):
    path = f"/unsubscribe/{token_of(reader, 'one')}"
    browse().post(path, ONE_CLICK, 200, csrf=False)
    assert len([pace for pace in paces() if pace == "product"]) == 1


def test_the_links_of_a_real_mail_end_what_they_say(browse, reader, people, say, carrier, work, paces):
    say(people.citizen())
    work()
    [mail] = carrier.carried
    address = mail["List-Unsubscribe"].strip("<>")
    assert address in carrier.to(reader)[0]
    browse().post(urlsplit(address).path, ONE_CLICK, 200, csrf=False)
    assert paces() == ["daily", "product", "product"]
    say(people.citizen(), "Encore.")
    work()
    assert len(carrier.carried) == 1


def test_a_link_dies_with_what_it_ended_and_says_so_kindly(browse, reader):
    token = token_of(reader, "one")
    [subscription] = session.scalars(
        select(Subscription).where(Subscription.recommendation_id.is_not(None), Subscription.pace == "at_once")
    )
    token = token_for_one(subscription)
    stop_following(reader, subscription)
    session.commit()
    page = browse().get(f"/unsubscribe/{token}", 404)
    assert page.find("h1")
    assert page.find('main a[href="/account/following"]')
    browse().post(f"/unsubscribe/{token}", ONE_CLICK, 404, csrf=False)


@pytest.mark.parametrize("token", ["x", "WyJvbmUiLCJhIl0.x.y", "%00", "a" * 500])
def test_an_unknown_link_changes_nothing(browse, reader, token, paces):
    before = paces()
    browse().get(f"/unsubscribe/{token}", 404)
    browse().post(f"/unsubscribe/{token}", ONE_CLICK, 404, csrf=False)
    assert paces() == before


def test_a_link_tells_neither_who_nor_what(reader):
    for kind in ("all", "one"):
        readable = token_of(reader, kind)
        assert reader.address not in readable
        assert reader.id.hex not in readable
        assert str(reader.id) not in readable
        assert re.fullmatch(r"[\w.-]+", readable)
