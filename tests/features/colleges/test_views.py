"""Asking to speak as a physician, as the person sees it."""

from collections.abc import Callable
from typing import Any

import pytest

from consultation.features.accounts.queries import account_by_id
from consultation.features.colleges import services
from consultation.features.colleges.queries import claim_of
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_take_part
from consultation.infrastructure.database import session
from pages import PageClient

Browse = Callable[..., PageClient]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_citizen_claims_later_and_reads_what_happens_next(browse: Browse, people: Any, language: str) -> None:
    account = people.citizen()
    client = browse(account, language=language)
    page = client.follow(client.submit(client.get("/account/physician"), path="/account/physician"))
    claim = claim_of(account)
    assert claim is not None
    assert page.find("dd b").get_text() == claim.id
    assert len(page.find_all("ul:not(.plain) li")) >= 4
    client.post("/account/physician")
    assert claim_of(account) is claim


def test_a_pending_physician_takes_part_as_a_citizen(
    browse: Browse, people: Any, open_consultation: Consultation
) -> None:
    account = people.pending_physician()
    assert browse(account).get("/account/").find_all(".badge.citizens")
    assert may_take_part(account_by_id(account.id), open_consultation)


def test_a_refused_claim_shows_its_reason_and_can_be_made_again(
    browse: Browse, people: Any, open_consultation: Consultation
) -> None:
    account, moderator = people.pending_physician(), account_by_id(people.moderator(open_consultation).id)
    first = claim_of(account)
    assert moderator is not None
    assert first is not None
    services.refuse(moderator, first, "Le document <b>montré</b> est échu.")
    session.commit()
    client = browse(account)
    page = client.get("/account/physician")
    assert "Le document <b>montré</b> est échu." in page.text
    client.submit(page, path="/account/physician")
    renewed = claim_of(account)
    assert renewed is not None
    assert renewed.is_pending


def test_a_verified_physician_sees_which_proofs_were_seen(browse: Browse, people: Any) -> None:
    assert browse(people.physician()).get("/account/physician").find_all(".badge.physicians")


def test_a_visitor_signs_in_first(browse: Browse) -> None:
    assert browse().get("/account/physician", 303).location == "/account/sign-in?next=/account/physician"
    browse().post("/account/physician")
