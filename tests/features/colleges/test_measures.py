"""What is asked against a claim, a revocation or the closing of a second account, and the two people it takes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consultation.domain.colleges import College
from consultation.domain.errors import (
    AlreadyDecided,
    ConflictOfInterest,
    Invalid,
    Missing,
    NotAnOrganiser,
    NotOfTheTeam,
    SecondPersonNeeded,
)
from consultation.features.accounts.models import Account
from consultation.features.accounts.queries import account_by_id
from consultation.features.audit.models import AuditEntry
from consultation.features.colleges.models import Measure, PhysicianClaim
from consultation.features.colleges.queries import claim_by_id, measure_about, pending_measures
from consultation.features.colleges.services import (
    ask_revocation,
    attest,
    claim_physician,
    confirm_measure,
    refuse,
    report_double,
    set_measure_aside,
)
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from pages import PageClient

Browse = Callable[..., PageClient]
REASON = "La carte présentée est celle d’une autre personne."


def loaded(account: Account) -> Account:
    """The account with its roles, as a request has it."""
    found = account_by_id(account.id)
    assert found is not None
    return found


@pytest.fixture
def team(people: Any, draft_consultation: Consultation) -> tuple[Account, ...]:
    """Two organisers and a moderator."""
    made = (people.organiser(draft_consultation), people.organiser(draft_consultation))
    return *map(loaded, made), loaded(people.moderator(draft_consultation))


@pytest.fixture
def verified(people: Any, team: tuple[Account, ...]) -> Callable[[], PhysicianClaim]:
    """Make people whose proof two others have seen; each call gives another claim."""

    def made() -> PhysicianClaim:
        claim = claim_physician(people.citizen())
        for one in team[:2]:
            attest(one, claim, "professional_card")
        session.commit()
        return claim_by_id(claim.id)

    return made


Verified = Callable[[], PhysicianClaim]


def test_a_proof_is_taken_back_by_a_second_person_and_may_be_followed_by_a_new_claim(
    verified: Verified, team: tuple[Account, ...]
) -> None:
    claim = verified()
    ask_revocation(team[2], claim, REASON)
    assert claim.account.college == College.PHYSICIANS
    with pytest.raises(SecondPersonNeeded):
        confirm_measure(team[2], claim)
    confirm_measure(team[0], claim)
    assert (claim.state, claim.reason, claim.account.college) == ("revoked", REASON, College.CITIZENS)
    assert not claim.account.is_disabled
    assert pending_measures() == []
    renewed = claim_physician(claim.account)
    assert (renewed.id != claim.id, renewed.is_pending) == (True, True)


def test_only_an_accepted_proof_is_taken_back(people: Any, team: tuple[Account, ...]) -> None:
    claim = claim_physician(people.citizen())
    with pytest.raises(AlreadyDecided):
        ask_revocation(team[0], claim, REASON)


def test_nobody_acts_for_or_against_themselves(people: Any, team: tuple[Account, ...], verified: Verified) -> None:
    mine = claim_physician(team[0])
    for one in team[1:]:
        attest(one, mine, "professional_card")
    with pytest.raises(ConflictOfInterest):
        ask_revocation(team[0], mine, REASON)
    ask_revocation(team[1], mine, REASON)
    for act in (confirm_measure, set_measure_aside):
        with pytest.raises(ConflictOfInterest):
            act(team[0], mine)
    double = verified()
    report_double(team[1], double, mine, REASON)
    with pytest.raises(ConflictOfInterest):
        confirm_measure(team[0], double)


def test_only_the_team_asks_and_only_organisers_report_a_second_account(
    people: Any, team: tuple[Account, ...], verified: Verified
) -> None:
    claim, kept = verified(), verified()
    stranger = loaded(people.physician())
    with pytest.raises(NotOfTheTeam):
        ask_revocation(stranger, claim, REASON)
    with pytest.raises(NotOfTheTeam):
        report_double(stranger, claim, kept, REASON)
    with pytest.raises(NotAnOrganiser):
        report_double(team[2], claim, kept, REASON)
    ask_revocation(team[0], claim, REASON)
    for act in (confirm_measure, set_measure_aside):
        with pytest.raises(NotOfTheTeam):
            act(stranger, claim)


def test_a_measure_that_does_not_hold_is_set_aside_and_may_be_asked_again(
    verified: Verified, team: tuple[Account, ...]
) -> None:
    claim = verified()
    ask_revocation(team[0], claim, REASON)
    with pytest.raises(AlreadyDecided):
        ask_revocation(team[1], claim, "Une autre raison.")
    set_measure_aside(team[0], claim)
    for act in (confirm_measure, set_measure_aside):
        with pytest.raises(Missing):
            act(team[1], claim)
    assert claim.account.college == College.PHYSICIANS
    ask_revocation(team[1], claim, REASON)


def test_a_second_account_is_closed_with_a_reason_and_the_other_untouched(
    verified: Verified, team: tuple[Account, ...]
) -> None:
    claim, kept = verified(), verified()
    report_double(team[0], claim, kept, REASON)
    confirm_measure(team[2], claim)
    assert (claim.state, claim.reason, claim.account.is_disabled) == ("revoked", REASON, True)
    assert (kept.state, kept.account.is_disabled, kept.account.college) == ("verified", False, College.PHYSICIANS)


def test_a_second_account_may_still_wait_for_its_proof_but_the_kept_one_not(
    people: Any, verified: Verified, team: tuple[Account, ...]
) -> None:
    waiting, kept = claim_physician(people.citizen()), verified()
    for one, other in ((kept, waiting), (kept, kept)):
        with pytest.raises(Invalid):
            report_double(team[0], one, other, REASON)
    report_double(team[0], waiting, kept, REASON)
    confirm_measure(team[1], waiting)
    assert claim_by_id(waiting.id).account.is_disabled


def test_what_was_decided_meanwhile_is_not_confirmed(
    people: Any, verified: Verified, team: tuple[Account, ...]
) -> None:
    waiting, kept = claim_physician(people.citizen()), verified()
    report_double(team[0], waiting, kept, REASON)
    refuse(team[1], waiting, "La preuve manque.")
    with pytest.raises(AlreadyDecided):
        confirm_measure(team[1], waiting)
    again = claim_physician(claim_by_id(waiting.id).account)
    report_double(team[0], again, kept, REASON)
    ask_revocation(team[0], kept, REASON)
    confirm_measure(team[1], kept)
    with pytest.raises(AlreadyDecided):
        confirm_measure(team[1], again)


def test_the_journal_names_claims_and_random_identifiers_alone(verified: Verified, team: tuple[Account, ...]) -> None:
    claim, kept = verified(), verified()
    report_double(team[0], claim, kept, REASON)
    set_measure_aside(team[1], claim)
    ask_revocation(team[0], claim, REASON)
    confirm_measure(team[1], claim)
    entries = {entry.event: entry.identifiers for entry in session.scalars(select(AuditEntry))}
    assert {"MeasureAsked", "MeasureSetAside", "PhysicianRevoked"} <= entries.keys()
    assert all("@" not in said and REASON not in said for said in entries.values())


def test_the_database_itself_refuses_a_measure_that_makes_no_sense(
    verified: Verified, team: tuple[Account, ...]
) -> None:
    claim, kept = verified().id, verified().id
    whole = {"reason": REASON, "asked_by": team[0].id, "asked_at": clock.now(), "claim_id": claim}
    session.commit()
    for kind, other in (("double", None), ("double", claim), ("revocation", kept), ("ban", None)):
        session.add(Measure(kind=kind, kept_claim_id=other, **whole))
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_of_two_who_confirm_at_once_one_succeeds(app: Flask, verified: Verified, team: tuple[Account, ...]) -> None:
    claim = verified()
    reference, identifiers = claim.id, [one.id for one in team[1:]]
    ask_revocation(team[0], claim, REASON)
    session.commit()
    together = Barrier(2)

    def confirm_as(place: int) -> bool:
        with app.app_context():
            together.wait()
            actor = account_by_id(identifiers[place])
            assert actor is not None
            try:
                confirm_measure(actor, claim_by_id(reference))
                session.commit()
            except Missing:
                session.rollback()
                return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(confirm_as, range(2))) == [False, True]


# As people do it.


@pytest.mark.parametrize("language", ["fr", "en"])
def test_two_people_revoke_a_proof_on_its_page(
    browse: Browse, verified: Verified, team: tuple[Account, ...], language: str
) -> None:
    claim = verified()
    first, second = (browse(one, language) for one in (team[0], team[2]))
    found = first.get(f"/organise/physicians/?reference={claim.id}", 303)
    page = first.follow(first.submit(first.follow(found), "form[action$=revoke]", {"revoke-reason": REASON}))
    assert not page.find_all("form[action$=confirm]")
    assert page.find_all("form[action$=set-aside]")
    page = second.get(second.get("/organise/physicians/").find(f"main li a[href*='{claim.id}']")["href"])
    assert REASON in page.text
    assert second.follow(second.submit(page, "form[action$=confirm]")).find(".notice--success")
    session.expire_all()
    assert claim.account.college == College.CITIZENS
    assert REASON in browse(claim.account, language).get("/account/physician").text
    second.get(f"/organise/physicians/{claim.id}/")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_two_people_close_a_second_account_on_its_page(
    browse: Browse, verified: Verified, team: tuple[Account, ...], language: str
) -> None:
    claim, kept = verified(), verified()
    first, second = (browse(one, language) for one in team[:2])
    page = first.get(f"/organise/physicians/{claim.id}/")
    wrong = first.submit(page, "form[action$=double]", {"double-kept": claim.id, "double-reason": REASON}, status=422)
    assert wrong.find("#double-kept-error")
    first.submit(page, "form[action$=double]", {"double-kept": f" {kept.id} ", "double-reason": REASON})
    page = second.get(f"/organise/physicians/{claim.id}/")
    assert page.find(f"main dd a[href*='{kept.id}']")
    second.submit(page, "form[action$=confirm]")
    session.expire_all()
    assert (claim.account.is_disabled, kept.account.is_disabled) == (True, False)


def test_a_measure_is_set_aside_on_its_page(browse: Browse, verified: Verified, team: tuple[Account, ...]) -> None:
    claim = verified()
    ask_revocation(team[0], claim, REASON)
    session.commit()
    client = browse(team[1])
    client.submit(client.get(f"/organise/physicians/{claim.id}/"), "form[action$=set-aside]")
    assert measure_about(claim) is None


@pytest.mark.parametrize(("form", "field"), [("revoke", "revoke-reason"), ("double", "double-kept")])
def test_what_is_left_empty_is_said_beside_the_field(
    browse: Browse, verified: Verified, team: tuple[Account, ...], form: str, field: str
) -> None:
    claim = verified()
    client = browse(team[0])
    page = client.submit(client.get(f"/organise/physicians/{claim.id}/"), f"form[action$={form}]", status=422)
    assert page.find(f"#{field}-error")


def test_the_pages_of_measures_show_no_address(browse: Browse, verified: Verified, team: tuple[Account, ...]) -> None:
    claim, kept = verified(), verified()
    report_double(team[0], claim, kept, REASON)
    session.commit()
    client = browse(team[1])
    for path in ("/organise/physicians/", f"/organise/physicians/{claim.id}/"):
        assert "@" not in client.get(path).text


def test_a_disabled_second_account_opens_to_nobody(
    browse: Browse, verified: Verified, team: tuple[Account, ...]
) -> None:
    claim, kept = verified(), verified()
    client = browse(claim.account)
    report_double(team[0], claim, kept, REASON)
    confirm_measure(team[1], claim)
    session.commit()
    assert "sign-in" in client.get("/account/", 303).location
