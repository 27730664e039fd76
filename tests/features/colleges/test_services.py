"""The way into the physicians' college: a claim, two people who saw the proof, or a refusal."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from consultation.domain.colleges import College
from consultation.domain.errors import (
    AlreadyAttested,
    AlreadyDecided,
    ConflictOfInterest,
    Missing,
    NotOfTheTeam,
    RuleBroken,
)
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import Account
from consultation.features.accounts.queries import account_by_id
from consultation.features.colleges.models import PROOFS, Attestation, PhysicianClaim
from consultation.features.colleges.queries import claim_by_id, claim_of, pending_claims
from consultation.features.colleges.services import attest, claim_physician, refuse
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.mail import OutgoingMail

Claimed = tuple[Account, PhysicianClaim]


def loaded(account: Account) -> Account:
    """The account with its roles, as a request has it."""
    found = account_by_id(account.id)
    assert found is not None
    return found


@pytest.fixture
def team(people: Any, draft_consultation: Consultation) -> tuple[Account, Account, Account]:
    """Three people with a role."""
    return (
        people.moderator(draft_consultation),
        people.organiser(draft_consultation),
        people.moderator(draft_consultation),
    )


@pytest.fixture
def claimed(people: Any) -> Claimed:
    """Somebody who says to be a physician, and the claim."""
    account = people.pending_physician()
    claim = claim_of(account)
    assert claim is not None
    return account, claim


def subjects() -> list[str]:
    return list(session.scalars(select(OutgoingMail.subject)))


def test_two_people_who_saw_a_proof_place_the_account_and_it_is_told(
    claimed: Claimed, team: tuple[Account, ...]
) -> None:
    account, claim = claimed
    attest(loaded(team[0]), claim, "professional_card")
    assert (account.college, claim.state, subjects()) == (College.CITIZENS, "pending", [])
    attest(loaded(team[1]), claim, "pro_sante_connect")
    assert (account.college, claim.state) == (College.PHYSICIANS, "verified")
    assert len(subjects()) == 1
    with pytest.raises(AlreadyDecided):
        attest(loaded(team[2]), claim, "professional_card")


def test_one_person_attests_once(claimed: Claimed, team: tuple[Account, ...]) -> None:
    account, claim = claimed
    attest(loaded(team[0]), claim, "professional_card")
    with pytest.raises(AlreadyAttested):
        attest(loaded(team[0]), claim, "official_document")
    assert account.college == College.CITIZENS


def test_nobody_attests_or_refuses_their_own_claim(team: tuple[Account, ...]) -> None:
    claim = claim_physician(team[0])
    with pytest.raises(ConflictOfInterest):
        attest(loaded(team[0]), claim, "professional_card")
    with pytest.raises(ConflictOfInterest):
        refuse(loaded(team[0]), claim, "reason")


def test_only_the_team_decides(claimed: Claimed, people: Any) -> None:
    _account, claim = claimed
    with pytest.raises(NotOfTheTeam):
        attest(loaded(people.physician()), claim, "professional_card")
    with pytest.raises(NotOfTheTeam):
        refuse(loaded(people.citizen()), claim, "reason")


def test_a_refusal_is_told_with_its_reason_and_can_be_followed_by_a_new_claim(
    claimed: Claimed, team: tuple[Account, ...]
) -> None:
    account, claim = claimed
    attest(loaded(team[0]), claim, "professional_card")
    refuse(loaded(team[1]), claim, "La carte est celle d’une autre personne.")
    assert account.college == College.CITIZENS
    assert "La carte est celle" in (session.scalar(select(OutgoingMail.body)) or "")
    with pytest.raises(AlreadyDecided):
        attest(loaded(team[2]), claim, "professional_card")
    renewed = claim_physician(account)
    assert renewed.id != claim.id
    assert renewed.attestations == []


def test_a_claim_that_is_made_again_is_the_same_one(claimed: Claimed) -> None:
    account, claim = claimed
    assert claim_physician(account) is claim
    assert claim_of(account) is claim


def test_claims_wait_in_their_order_once_the_address_is_confirmed(people: Any) -> None:
    first, second = people.pending_physician(), people.pending_physician()
    unconfirmed = accounts.create_account("hidden@example.org", None, "fr")
    claim_physician(unconfirmed)
    disabled = people.pending_physician()
    accounts.disable_account(disabled)
    assert [claim.account_id for claim in pending_claims()] == [first.id, second.id]


def test_a_reference_that_names_nothing_is_missing(context: None) -> None:
    for reference in ("000000000000", "", "x" * 1000):
        with pytest.raises(Missing):
            claim_by_id(reference)


@pytest.mark.parametrize("proof", PROOFS)
def test_every_proof_can_be_attested(claimed: Claimed, team: tuple[Account, ...], proof: str) -> None:
    attest(loaded(team[0]), claimed[1], proof)
    assert session.scalars(select(Attestation.proof)).all() == [proof]


def test_the_database_itself_refuses_what_must_never_be(claimed: Claimed, team: tuple[Account, ...]) -> None:
    account, claim = claimed
    mine = {"claim_id": claim.id, "attester_id": team[0].id, "attested_at": clock.now()}
    session.add(Attestation(proof="professional_card", **mine))
    session.commit()
    for refused in (
        Attestation(proof="official_document", **mine),
        Attestation(proof="hearsay", **mine | {"attester_id": team[1].id}),
        PhysicianClaim(account_id=account.id, state="pending", claimed_at=clock.now()),
        PhysicianClaim(account_id=team[1].id, state="verified", claimed_at=clock.now()),
        PhysicianClaim(account_id=team[1].id, state="refused", claimed_at=clock.now(), decided_at=clock.now()),
    ):
        session.add(refused)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


@pytest.mark.parametrize(("attesters", "kept", "college"), [((0, 1), 2, "physicians"), ((0, 0), 1, "citizens")])
def test_two_attestations_at_the_same_moment_count_as_two_people_or_as_one(
    app: Flask,
    claimed: Claimed,
    team: tuple[Account, ...],
    attesters: tuple[int, int],
    kept: int,
    college: str,
) -> None:
    account, claim = claimed
    reference, identifiers = claim.id, [team[place].id for place in attesters]
    session.commit()
    together = Barrier(2)

    def attest_as(place: int) -> type[RuleBroken] | None:
        with app.app_context():
            together.wait()
            actor = account_by_id(identifiers[place])
            assert actor is not None
            try:
                attest(actor, claim_by_id(reference), "professional_card")
                session.commit()
            except AlreadyAttested as refusal:
                session.rollback()
                return type(refusal)
        return None

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(attest_as, range(2)))
    assert outcomes.count(None) == kept
    assert session.scalar(select(func.count()).select_from(Attestation)) == kept
    session.expire_all()
    assert account.college == college


def test_a_list_of_claims_costs_the_same_however_long(people: Any, statements: Callable[[], Any]) -> None:
    totals = []
    for _ in range(2):
        for _ in range(3):
            people.pending_physician()
        session.rollback()
        with statements() as count:
            pending_claims()
        totals.append(count.total)
    assert totals[0] == totals[1] == 2
