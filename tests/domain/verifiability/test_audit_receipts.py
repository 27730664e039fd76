"""A receipt: what it proves by itself, beside a chain, and beside the list."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability.audit import Report, check_receipt
from consultation.domain.verifiability.bundle import bundle_of
from consultation.domain.verifiability.canonical import canonical
from consultation.domain.verifiability.receipt import RECEIPT_PREFIX
from consultation.domain.verifiability.roots import FICTIONAL, LineType

from .generated import CLOSED, NUMBERS, Cast, Chain, Closed, Signer, cast, closed, published, seed_of

THIEF = Signer("a thief")


@pytest.fixture
def consultation() -> Closed:
    """A closed consultation."""
    return closed(20, 3)


def keys_of(report: Report) -> list[str]:
    return [fault.key for fault in report.faults]


def remarks_of(report: Report) -> list[str]:
    return [remark.key for remark in report.remarks]


def given(one: Cast, chain: Chain, signer: Signer | None = None) -> bytes:
    """The receipt of a ballot as a text file."""
    receipt = one.receipt(chain).signed((signer or chain.signer).sign)
    return b"Un bulletin.\n\n" + receipt + b"\n"


def checked(receipt: bytes, files: Mapping[str, bytes] | None = None) -> Report:
    return check_receipt(receipt, files or {})


def altered(receipt: bytes, signer: Signer | None = None, /, **changes: object) -> bytes:
    """A receipt that says something else; signed again if there is a signer."""
    content = json.loads(receipt.splitlines()[-1]) | changes
    content = {name: value for name, value in content.items() if value is not None}
    if signer:
        del content["signature"]
        content["signature"] = signer.sign(RECEIPT_PREFIX + canonical(content)).hex()
    return canonical(content)


def test_a_receipt_is_checked_without_any_other_file(consultation):
    report = checked(given(consultation.ballots[0][2], consultation.chain))
    assert report.faults == []
    assert {"done.receipt", "done.ranking"} == {one.key for one in report.checked}
    assert [one.key for one in report.left] == ["left.chain", "left.list"]
    assert "Est-ce bien votre classement\u00a0?" in report.as_text("fr")


def test_the_last_line_that_begins_with_a_brace_is_the_receipt(consultation):
    receipt = given(consultation.ballots[0][2], consultation.chain)
    assert checked(b"{not this one}\r\n" + receipt.replace(b"\n", b"\r\n") + b"\r\nthe end").faults == []


CHANGES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a day": ({"day": "2026-11-30"}, ["receipt.signature"]),
    "a random value": ({"random": "ab" * 32}, ["receipt.signature", "receipt.commitment"]),
    "a note": ({"note": "une phrase"}, ["receipt.signature", "receipt.commitment"]),
    "a commitment": ({"commitment": "ab" * 32}, ["receipt.signature", "receipt.commitment"]),
    "a key": ({"key": "ab" * 8}, ["receipt.signature", "receipt.key"]),
    "a signer": ({"signer": THIEF.public.hex()}, ["receipt.signature", "receipt.key"]),
    "a notice": ({"notice": FICTIONAL}, ["receipt.signature", "receipt.key"]),
    "no signature": ({"signature": None}, ["dropped.value"]),
    "more": ({"more": 1}, ["added.value"]),
    "another form": ({"v": 2}, ["form.content"]),
    "a ballot": ({"ballot": "{}"}, ["receipt.signature", "receipt.commitment", "receipt.ballot"]),
    "a long note": ({"note": "x" * 61}, ["form.content"]),
    "an empty note": ({"note": ""}, ["form.content"]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_receipt_that_was_changed_is_named(consultation, name):
    changes, expected = CHANGES[name]
    assert keys_of(checked(altered(given(consultation.ballots[0][2], consultation.chain), **changes))) == expected


@pytest.mark.parametrize("data", [b"", b"nothing", b"{", b"{}", b"{\xff}", b'{"v":1.5}', b"{" * 100_000, b"{\x00}"])
def test_what_is_no_receipt_is_named(data):
    report = checked(data)
    assert len(report.faults) == 1
    assert report.faults[0].sentence("fr")


def test_a_platform_that_signs_what_does_not_fit_is_caught(consultation):
    receipt = given(consultation.ballots[0][2], consultation.chain)
    signer = consultation.chain.signer
    assert keys_of(checked(altered(receipt, signer, random="ab" * 32))) == ["receipt.commitment"]
    assert keys_of(checked(altered(receipt, signer, consultation="another"))) == ["receipt.consultation"]


def test_with_a_bundle_the_ballot_is_found_in_the_list_and_the_line_in_the_chain():
    consultation = closed(20, 3)
    receipt = given(consultation.ballots[0][2], consultation.chain)
    bundle = io.BytesIO(bundle_of(published(consultation)))
    report = check_receipt(receipt, {}, bundle)
    assert (report.faults, report.left, report.facts["in_list"]) == ([], [], True)
    assert {"done.line", "done.listed", "done.chain"} <= {one.key for one in report.checked}


def files_of(consultation: Closed) -> dict[str, bytes]:
    return {name: data for name, data in consultation.files().items() if name in ("roots.jsonl", "commitments.txt")}


def test_a_ballot_that_is_not_in_the_list_proves_no_fault_by_itself(consultation):
    replaced = cast("citizens", WeakOrder.from_tiers([[24]]), NUMBERS, 999)
    report = checked(given(replaced, consultation.chain), files_of(consultation))
    assert (report.faults, report.facts["in_list"]) == ([], False)
    assert "remark.not_listed" in remarks_of(report)
    assert "ne prouve aucune faute" in report.as_text("fr")


def test_a_list_with_another_root_is_named(consultation):
    files = files_of(consultation)
    files["commitments.txt"] = files["commitments.txt"][65:]
    assert keys_of(checked(given(consultation.ballots[3][2], consultation.chain), files)) == ["altered.list"]


def test_before_the_close_nothing_is_said_of_the_list(consultation):
    files = files_of(consultation)
    consultation.chain.lines.pop()
    files["roots.jsonl"] = consultation.chain.to_bytes()
    report = checked(given(consultation.ballots[0][2], consultation.chain), files)
    assert (report.faults, [one.key for one in report.left]) == ([], ["left.root"])


# Chains


def other_chain(consultation: Closed) -> Chain:
    """The chain that somebody else was shown, of the same key."""
    chain = Chain(lines=consultation.chain.lines[:2])
    chain.add(LineType.DAY, "2026-11-01", count=7, root="ab" * 32)
    return chain


def test_a_line_that_the_chain_does_not_have_is_a_second_chain(consultation):
    report = checked(given(consultation.ballots[0][2], other_chain(consultation)), files_of(consultation))
    assert keys_of(report) == ["two_chains.receipt"]
    assert "C’est grave" in report.as_text("fr")
    assert "observers" in report.as_text("en")


def test_a_chain_that_ends_before_the_receipt_may_only_be_an_old_one(consultation):
    receipt = given(consultation.ballots[0][2], consultation.chain)
    consultation.chain.lines.pop()
    assert keys_of(checked(receipt, {"roots.jsonl": consultation.chain.to_bytes()})) == ["two_chains.later"]


def test_a_receipt_of_an_unknown_key_is_no_proof_of_two_chains(consultation):
    chain = Chain(THIEF, lines=other_chain(consultation).lines)
    report = checked(given(consultation.ballots[0][2], chain), files_of(consultation))
    assert keys_of(report) == ["receipt.signer"]


def test_a_receipt_without_signature_says_nothing_of_the_chain(consultation):
    receipt = altered(given(consultation.ballots[0][2], other_chain(consultation)), day="2026-11-30")
    assert keys_of(checked(receipt, files_of(consultation))) == ["receipt.signature"]


def test_a_receipt_of_another_consultation_is_named(consultation):
    receipt = given(consultation.ballots[0][2], consultation.chain)
    content = json.loads(receipt.splitlines()[-1])
    ballot = canonical({**json.loads(content["ballot"]), "consultation": "another"}).decode()
    changed = altered(receipt, consultation.chain.signer, consultation="another", ballot=ballot)
    assert "receipt.other_consultation" in keys_of(checked(changed, files_of(consultation)))


def test_receipts_of_void_lines_and_of_the_key_of_a_thief_are_told(consultation):
    chain = consultation.chain
    owner = chain.signer
    chain.add(LineType.RELEASE, CLOSED, release="ab" * 32)
    on_a_void_line = given(consultation.ballots[0][2], chain)
    chain.rotate(THIEF, CLOSED)
    by_the_thief = given(consultation.ballots[0][2], chain)
    chain.rotate(Signer("a new key"), CLOSED, by=owner, last_good=chain.lines[-3]["n"])
    files = files_of(consultation)
    assert "remark.void_receipt" in remarks_of(checked(on_a_void_line, files))
    assert keys_of(checked(by_the_thief, files)) == ["receipt.void_signer"]


# The clash: one receipt for two people


def clash(note: Callable[[int], str]) -> tuple[Cast, Cast]:
    """Two people with the same ranking, to whom the platform gives the same random value."""
    ballot = cast("citizens", WeakOrder.from_tiers([[24], [1, 3]]), NUMBERS).ballot
    first, second = (Cast(ballot, seed_of("the same"), note(person)) for person in (1, 2))
    return first, second


def test_without_a_phrase_of_their_own_two_people_can_be_given_one_receipt(consultation):
    first, second = clash(lambda _person: "")
    assert first.commitment == second.commitment
    assert given(first, consultation.chain) == given(second, consultation.chain)
    assert "remark.no_note" in remarks_of(checked(given(first, consultation.chain)))


def test_with_phrases_of_their_own_they_cannot(consultation):
    first, second = clash(lambda person: f"la phrase de {person}")
    assert first.commitment != second.commitment
    for one in (first, second):
        report = checked(given(one, consultation.chain))
        assert (report.faults, remarks_of(report)) == ([], [])


def test_a_receipt_of_a_demonstration_says_that_its_data_is_invented():
    consultation = closed(20, 3, notice=FICTIONAL)
    report = checked(given(consultation.ballots[0][2], consultation.chain), files_of(consultation))
    assert (report.faults, report.facts["notice"]) == ([], FICTIONAL)
    assert "données fictives" in report.as_text("fr")
