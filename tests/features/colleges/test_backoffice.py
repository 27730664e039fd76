"""The desk where proofs are attested."""

from collections.abc import Callable
from typing import Any

import pytest

from consultation.features.accounts.models import Account
from consultation.features.colleges.queries import claim_of
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import session
from pages import PageClient

Browse = Callable[..., PageClient]


@pytest.fixture
def reference(people: Any) -> str:
    """The reference of a claim that waits."""
    claim = claim_of(people.pending_physician())
    assert claim is not None
    return claim.id


@pytest.mark.parametrize("language", ["fr", "en"])
def test_two_people_of_the_team_verify_a_physician(
    browse: Browse, people: Any, open_consultation: Consultation, language: str
) -> None:
    account = people.pending_physician()
    for person in (people.moderator(open_consultation), people.organiser(open_consultation)):
        client = browse(person, language=language)
        page = client.get("/organise/physicians/")
        page = client.get(page.find("main th a")["href"])
        sent = client.submit(page, "form[action$=attest]", {"proof": "professional_card"})
        assert client.follow(sent).find(".notice--success")
    session.refresh(account)
    assert account.college == "physicians"
    assert browse(account).get("/account/").find_all(".badge.physicians")


def test_the_desk_shows_no_address(
    browse: Browse, people: Any, open_consultation: Consultation, reference: str
) -> None:
    client = browse(people.moderator(open_consultation))
    for path in ("/organise/physicians/", f"/organise/physicians/{reference}/"):
        assert "@" not in client.get(path).text


def test_whoever_has_attested_is_not_offered_to_attest_again(
    browse: Browse, people: Any, open_consultation: Consultation, reference: str
) -> None:
    client = browse(people.moderator(open_consultation))
    client.post(f"/organise/physicians/{reference}/attest", {"proof": "professional_card"})
    page = client.get(f"/organise/physicians/{reference}/")
    assert not page.find_all("form[action$=attest]")
    assert page.find_all("form[action$=refuse]")
    client.post(f"/organise/physicians/{reference}/attest", {"proof": "professional_card"}, 409)


@pytest.mark.parametrize("proof", ["", "hearsay"])
def test_a_proof_must_be_chosen(
    browse: Browse, people: Any, open_consultation: Consultation, reference: str, proof: str
) -> None:
    client = browse(people.moderator(open_consultation))
    page = client.post(f"/organise/physicians/{reference}/attest", {"proof": proof}, 422)
    assert page.find("#proof-error")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_a_refusal_needs_a_reason_and_keeps_what_was_typed(
    browse: Browse, people: Any, open_consultation: Consultation, reference: str, reason: str
) -> None:
    client = browse(people.moderator(open_consultation))
    page = client.post(f"/organise/physicians/{reference}/refuse", {"reason": reason}, 422)
    assert page.find("#reason-error")
    assert page.find("#reason").get_text().strip() == reason.strip()


def test_a_claim_is_refused_with_a_reason(
    browse: Browse, people: Any, open_consultation: Consultation, reference: str
) -> None:
    client = browse(people.moderator(open_consultation))
    page = client.get(f"/organise/physicians/{reference}/")
    client.follow(client.submit(page, "form[action$=refuse]", {"reason": "Le document est échu."}))
    client.post(f"/organise/physicians/{reference}/attest", {"proof": "professional_card"}, 409)
    client.get(f"/organise/physicians/{reference}/")


def test_the_desk_is_the_team_s(browse: Browse, people: Any, reference: str) -> None:
    paths = ("/organise/physicians/", f"/organise/physicians/{reference}/")
    for path in paths:
        browse().get(path, 303)
        for person in (people.citizen(), people.physician(), people.pending_physician()):
            browse(person).get(path, 403)
    for act in ("attest", "refuse"):
        fields = {"proof": "professional_card", "reason": "x"}
        browse().post(f"/organise/physicians/{reference}/{act}", fields)
        browse(people.citizen()).post(f"/organise/physicians/{reference}/{act}", fields, 403)
        browse(people.citizen()).post(f"/organise/physicians/nothing/{act}", fields, 403)


def test_a_reference_that_names_nothing_is_not_found(
    browse: Browse, people: Any, open_consultation: Consultation
) -> None:
    client = browse(people.moderator(open_consultation))
    client.get("/organise/physicians/000000000000/", 404)
    client.post("/organise/physicians/000000000000/attest", {"proof": "professional_card"}, 404)


def test_nobody_sees_buttons_about_their_own_claim(
    browse: Browse, people: Any, open_consultation: Consultation
) -> None:
    person: Account = people.moderator(open_consultation)
    client = browse(person)
    client.post("/account/physician")
    claim = claim_of(person)
    assert claim is not None
    page = client.get(f"/organise/physicians/{claim.id}/")
    assert not page.find_all("main form")
    client.post(f"/organise/physicians/{claim.id}/attest", {"proof": "professional_card"}, 403)
