"""The chain: what its lines say, who signs them, and when a day has one."""

import hashlib
import json
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from consultation.domain.errors import KeyUnavailable, PlanRefused
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability import merkle
from consultation.domain.verifiability.canonical import canonical
from consultation.domain.verifiability.merkle import proves_inclusion
from consultation.domain.verifiability.plan import CountingPlan
from consultation.domain.verifiability.roots import line_hash, signed_bytes
from consultation.features.accounts.models import Account
from consultation.features.ballots.jobs import add_line_of_day
from consultation.features.ballots.models import CONSENT_VERSION, DayList, key_name, signing_key_name
from consultation.features.ballots.queries import keyring_of, plan_in_force
from consultation.features.ballots.queries.chain import chain_of, chain_texts, participation_of, voted_texts
from consultation.features.ballots.queries.days import standing_of
from consultation.features.ballots.services import (
    add_day_line,
    cast_ballot,
    change_plan,
    change_signing_key,
    issue_receipt,
    publish_plan,
    withdraw_ballot,
)
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock, jobs, keys
from consultation.infrastructure.database import session

FIRST = WeakOrder.from_tiers([[3], [1, 7]])
SECOND = WeakOrder.from_tiers([[7], [6]])


def cast(voter: Account, consultation: Consultation, order: WeakOrder = FIRST, note: str = "") -> bytes:
    return cast_ballot(voter, consultation, order, CONSENT_VERSION, note).commitment


def verify(public: str, signature: str, message: bytes) -> None:
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)


def test_the_first_line_binds_the_key_the_plan_and_the_texts(open_consultation: Consultation) -> None:
    (line,) = chain_of(open_consultation.id)
    key = keys.store().read(key_name(open_consultation.id))
    assert line["type"] == "open"
    assert line["n"] == 1
    assert "previous" not in line
    assert line["key"] == hashlib.sha256(b"consultation:key:1\0" + key).hexdigest()
    assert line["plan"] == plan_in_force(open_consultation).hash
    assert line["texts"] == hashlib.sha256(voted_texts(open_consultation)).hexdigest()
    verify(line["signer"], line["signature"], signed_bytes(line))
    with pytest.raises(InvalidSignature):
        verify(line["signer"], line["signature"], signed_bytes({**line, "plan": "0" * 64}))


def test_a_day_has_a_line_once_five_ballots_came_and_its_list_yields_proofs(
    open_consultation: Consultation, people
) -> None:
    voters = [people.citizen() for _ in range(5)]
    held = [cast(voter, open_consultation) for voter in voters[:4]]
    assert add_day_line(open_consultation) is None
    held.append(cast(voters[4], open_consultation, SECOND))
    line = add_day_line(open_consultation)
    assert line is not None
    assert (line["count"], line["root"]) == (5, merkle.root(sorted(held)).hex())
    assert line["previous"] == line_hash(chain_of(open_consultation.id)[0]).hex()
    standing = standing_of(open_consultation, held[2])
    assert standing.is_recorded
    assert standing.in_day is not None
    assert proves_inclusion(standing.in_day.proof, held[2], standing.in_day.index, 5, bytes.fromhex(line["root"]))


def test_a_day_has_one_line_and_the_next_needs_five_changes_more(open_consultation: Consultation, people) -> None:
    voters = [people.citizen() for _ in range(9)]
    for voter in voters[:5]:
        cast(voter, open_consultation)
    add_day_line(open_consultation)
    for voter in voters[5:]:
        cast(voter, open_consultation)
    assert add_day_line(open_consultation) is None  # today has its line
    with clock.standing_at(clock.now() + timedelta(days=1)):
        assert add_day_line(open_consultation) is None  # four ballots more would tell whose they are
        withdraw_ballot(voters[0], open_consultation)
        assert add_day_line(open_consultation) is None  # four came and one went
        cast(voters[1], open_consultation, SECOND)
        line = add_day_line(open_consultation)
    assert line is not None
    assert [count for _day, count in participation_of(open_consultation)] == [5, 8]


def test_what_came_since_the_line_of_a_day_is_recorded_and_what_is_unknown_is_not_held(
    open_consultation: Consultation, people
) -> None:
    for _ in range(5):
        cast(people.citizen(), open_consultation)
    add_day_line(open_consultation)
    later = cast(people.citizen(), open_consultation, SECOND)
    since = standing_of(open_consultation, later)
    assert (since.is_recorded, since.in_day) == (True, None)
    nothing = standing_of(open_consultation, bytes(32))
    assert (nothing.is_recorded, nothing.in_day) == (False, None)


def test_the_list_of_a_day_is_readable_with_the_key_alone(open_consultation: Consultation, people) -> None:
    held = [cast(people.citizen(), open_consultation) for _ in range(5)]
    add_day_line(open_consultation)
    box = session.get_one(DayList, open_consultation.id).box
    assert all(one not in box and one.hex().encode() not in box for one in held)
    assert keyring_of(open_consultation.id).unsealed(DayList, b"", box).decode().strip() == b"".join(sorted(held)).hex()


def test_the_job_of_the_day_comes_back_until_ballots_are_no_longer_taken(
    open_consultation: Consultation, people
) -> None:
    for _ in range(5):
        cast(people.citizen(), open_consultation)
    session.commit()
    with clock.standing_at(clock.now() + timedelta(days=1)):
        jobs.run_all()
        assert [line["type"] for line in chain_of(open_consultation.id)] == ["open", "day"]
        assert jobs.run_all() == 0
    with clock.standing_at(open_consultation.closes_at + timedelta(days=1)):
        jobs.run_all()
        add_line_of_day(str(open_consultation.id))
        session.commit()
    assert len(chain_of(open_consultation.id)) == 2
    with clock.standing_at(open_consultation.closes_at + timedelta(days=9)):
        assert jobs.run_all() == 0


def test_a_line_is_never_changed_nor_removed(open_consultation: Consultation) -> None:
    for statement in ("UPDATE chain_line SET type = 'open'", "DELETE FROM chain_line"):
        with pytest.raises(DBAPIError, match="never changed"):
            session.execute(text(statement))
        session.rollback()
    assert len(chain_texts(open_consultation.id)) == 1


def test_a_receipt_is_signed_and_names_the_last_line(open_consultation: Consultation, people) -> None:
    voter = people.citizen()
    content = cast_ballot(voter, open_consultation, FIRST, CONSENT_VERSION, "à la claire fontaine")
    receipt = json.loads(issue_receipt(open_consultation, content))
    (line,) = chain_of(open_consultation.id)
    signature = receipt.pop("signature")
    verify(line["signer"], signature, b"consultation:receipt:1\0" + canonical(receipt))
    assert receipt["line"] == line_hash(line).hex()
    assert receipt["signer"] == line["signer"]
    assert receipt["note"] == "à la claire fontaine"
    salt = hashlib.sha256(
        b"consultation:salt:1\0" + bytes.fromhex(receipt["random"]) + receipt["note"].encode()
    ).digest()
    committed = hashlib.sha256(b"consultation:ballot:1\0" + salt + receipt["ballot"].encode()).hexdigest()
    assert receipt["commitment"] == committed == content.commitment.hex()


def test_the_same_ballot_cast_again_has_the_same_receipt_and_another_phrase_another(
    open_consultation: Consultation, people
) -> None:
    voter = people.citizen()
    once, again, other = (
        issue_receipt(open_consultation, cast_ballot(voter, open_consultation, FIRST, CONSENT_VERSION, note))
        for note in ("", "", "fontaine")
    )
    assert once == again
    assert json.loads(once)["random"] != json.loads(other)["random"]


def test_without_the_signing_key_no_ballot_is_taken(open_consultation: Consultation, people) -> None:
    keys.store().destroy(signing_key_name(open_consultation.id, 1, fictional=False))
    with pytest.raises(KeyUnavailable):
        cast(people.citizen(), open_consultation)


def test_a_new_signing_key_is_introduced_by_the_former_one(open_consultation: Consultation, people) -> None:
    line = change_signing_key(open_consultation, "Le précédent a servi un an.")
    first = chain_of(open_consultation.id)[0]
    verify(first["signer"], line["signature"], signed_bytes(line))
    verify(line["signer"], line["countersignature"], signed_bytes(line))
    content = cast_ballot(people.citizen(), open_consultation, FIRST, CONSENT_VERSION)
    assert json.loads(issue_receipt(open_consultation, content))["signer"] == line["signer"] != first["signer"]


def test_a_plan_changed_while_open_is_a_line_with_its_reason(open_consultation: Consultation) -> None:
    plan = change_plan(None, open_consultation, "Un collège est petit.", minimum_ballots=30)
    line = chain_of(open_consultation.id)[-1]
    assert (line["type"], line["plan"], line["reason"]) == ("plan", plan.hash, "Un collège est petit.")
    assert plan_in_force(open_consultation) == plan
    assert (plan.version, plan.minimum_ballots) == (2, 30)


@pytest.mark.parametrize(
    ("reason", "decisions", "refused"),
    [
        ("", {"minimum_ballots": 30}, "no_reason"),
        ("Parce que.", {"minimum_ballots": 19}, "minimum_ballots"),
        ("Parce que.", {"methods": ("borda",)}, "methods"),
        ("Parce que.", {"bands": (3, 3)}, "bands"),
        ("Parce que.", {"combination": "sum"}, "combination"),
        ("Parce que.", {}, "unchanged"),
    ],
)
def test_a_plan_that_is_not_lawful_changes_nothing(
    open_consultation: Consultation, reason: str, decisions: dict[str, object], refused: str
) -> None:
    before = plan_in_force(open_consultation)
    with pytest.raises(PlanRefused) as refusal:
        change_plan(None, open_consultation, reason, **decisions)
    assert refusal.value.values["reason"] == refused
    assert plan_in_force(open_consultation) == before
    assert len(chain_of(open_consultation.id)) == 1


def test_a_plan_is_decided_before_the_opening_without_a_reason(draft_consultation: Consultation) -> None:
    plan = publish_plan(None, draft_consultation, combination="mean")
    assert (plan.version, plan.combination) == (2, "mean")
    assert CountingPlan.from_bytes(plan.to_bytes()) == plan
    with pytest.raises(PlanRefused):
        change_plan(None, draft_consultation, "Trop tôt pour une raison.", combination="none")


def test_a_plan_is_not_replaced_without_a_reason_once_open(open_consultation: Consultation) -> None:
    with pytest.raises(PlanRefused):
        publish_plan(None, open_consultation, combination="mean")
