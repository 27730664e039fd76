"""The page of one's own account."""

from collections.abc import Callable
from typing import Any

import pytest

from consultation.features.consultations.models import Consultation
from pages import PageClient

Browse = Callable[..., PageClient]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_account_page_shows_address_language_college_and_the_way_out(
    browse: Browse, people: Any, language: str
) -> None:
    account = people.citizen()
    page = browse(account, language=language).get("/account/")
    assert account.address in page.text
    assert "Français" in page.text
    assert page.find(".badge.citizens")
    assert page.find("form[action$='/account/sign-out']")
    assert page.find("a[href$='/account/sessions']")
    assert page.find("a[href$='/account/physician']")


def test_desks_are_shown_to_those_who_have_one(browse: Browse, people: Any, open_consultation: Consultation) -> None:
    desks = {"/organise/", "/moderation/", "/organise/physicians/"}
    shown = {
        kind: {str(link["href"]) for link in browse(person).get("/account/").find_all("main a")} & desks
        for kind, person in (
            ("citizen", people.citizen()),
            ("moderator", people.moderator(open_consultation)),
            ("organiser", people.organiser(open_consultation)),
        )
    }
    assert shown == {
        "citizen": set(),
        "moderator": {"/moderation/", "/organise/physicians/"},
        "organiser": {"/organise/", "/organise/physicians/"},
    }


def test_a_visitor_signs_in_first(browse: Browse) -> None:
    assert browse().get("/account/", 303).location == "/account/sign-in?next=/account/"
