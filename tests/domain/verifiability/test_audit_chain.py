"""The chain: signatures, the order of its lines, new keys, a theft, and two chains."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from consultation.domain.verifiability.audit import Report, check_chain, compare_chains
from consultation.domain.verifiability.canonical import canonical
from consultation.domain.verifiability.roots import LineType, line_hash, signed

from ..privacy.generated import plan_with
from .generated import CLOSED, PUBLISHED, Chain, Closed, Signer, audited, closed, found, opened, published, sha256

ROOT = "ab" * 32
OPEN = dict.fromkeys(("key", "plan", "texts", "signer"), ROOT)
NEW = Signer("a new key")
THIEF = Signer("a thief")


def keys_of(report: Report) -> list[str]:
    return [fault.key for fault in report.faults]


def chain_faults(chain: Chain) -> list[str]:
    report = Report()
    check_chain(chain.to_bytes(), report)
    return keys_of(report)


def begun() -> Chain:
    """A chain of an open consultation."""
    chain = opened(plan_with())
    chain.add(LineType.DAY, "2026-10-01", count=7, root=ROOT)
    return chain


def final(chain: Chain, day: str = CLOSED, **changes: object) -> None:
    said: dict[str, object] = {"count": 9, "root": ROOT, "colleges": {"citizens": 5, "physicians": 4}}
    chain.add(LineType.FINAL, day, **{**said, **changes})


def test_a_chain_with_every_type_of_line_is_without_fault():
    chain = begun()
    chain.add(LineType.PLAN, "2026-10-02", plan=ROOT, reason="Une erreur.")
    chain.add(LineType.TEXTS, "2026-10-02", texts=ROOT, reason="Une faute de frappe.")
    chain.rotate(NEW, "2026-10-03")
    chain.add(LineType.DAY, "2026-10-04", count=9, root=ROOT)
    final(chain)
    chain.add(LineType.RELEASE, PUBLISHED, release=ROOT)
    chain.rotate(Signer("a third key"), PUBLISHED)
    chain.add(LineType.RELEASE, PUBLISHED, release=ROOT, reason="Un mot corrigé.")
    assert chain_faults(chain) == []


LINES: dict[str, tuple[Callable[[Chain], Any], list[str]]] = {
    "a first line with one before": (lambda c: c.add(LineType.OPEN, "2026-10-02", **OPEN), ["added.value"]),
    "a day before the last": (lambda c: c.add(LineType.DAY, "2026-09-30", count=7, root=ROOT), ["chain.date"]),
    "a release too early": (lambda c: c.add(LineType.RELEASE, "2026-10-02", release=ROOT), ["chain.early_release"]),
    "ballots left out without reason": (lambda c: final(c, set_aside={"box": 1}), ["chain.set_aside"]),
    "a reason for nothing": (lambda c: final(c, reason="Rien."), ["chain.set_aside"]),
    "a sum that is none": (lambda c: final(c, count=10), ["chain.count"]),
    "a day that is none": (lambda c: c.add(LineType.DAY, "2026-02-30", count=7, root=ROOT), ["form.content"]),
    "a day in another form": (lambda c: c.add(LineType.DAY, "20261003", count=7, root=ROOT), ["form.content"]),
    "a root that is none": (lambda c: c.add(LineType.DAY, "2026-10-02", count=7, root="AB" * 32), ["form.content"]),
    "a count that is true": (lambda c: c.add(LineType.DAY, "2026-10-02", count=True, root=ROOT), ["form.content"]),
    "a word too many": (lambda c: c.add(LineType.DAY, "2026-10-02", count=7, root=ROOT, more=1), ["added.value"]),
    "a word too few": (lambda c: c.add(LineType.DAY, "2026-10-02", root=ROOT), ["dropped.value"]),
    "a plan without reason": (lambda c: c.add(LineType.PLAN, "2026-10-02", plan=ROOT), ["dropped.value"]),
    "a good line to come": (lambda c: c.rotate(NEW, "2026-10-02", last_good=3), ["key.last_good"]),
    "no good line": (lambda c: c.rotate(NEW, "2026-10-02", last_good=0), ["key.last_good"]),
}  # fmt: skip


@pytest.mark.parametrize("name", LINES)
def test_a_line_that_may_not_stand_there_is_named(name):
    chain = begun()
    add, expected = LINES[name]
    add(chain)
    assert chain_faults(chain) == expected


AFTER: dict[str, tuple[Callable[[Chain], Any], list[str]]] = {
    "plan": (lambda c: c.add(LineType.PLAN, PUBLISHED, plan=ROOT, reason="Non."), ["chain.after_final"]),
    "texts": (lambda c: c.add(LineType.TEXTS, PUBLISHED, texts=ROOT, reason="Non."), ["chain.after_final"]),
    "day": (lambda c: c.add(LineType.DAY, PUBLISHED, count=9, root=ROOT), ["chain.after_final"]),
    "final": (final, ["chain.second_final"]),
    "release": (lambda c: [c.add(LineType.RELEASE, PUBLISHED, release=ROOT) for _ in range(2)], ["chain.reason"]),
}


@pytest.mark.parametrize("name", AFTER)
def test_after_the_final_line_nothing_changes_what_was_sealed(name):
    chain = begun()
    final(chain)
    add, expected = AFTER[name]
    add(chain)
    assert chain_faults(chain) == expected


def test_another_consultation_or_another_notice_in_a_line_is_named():
    for change, expected in (
        ({"consultation": "another"}, "chain.consultation"),
        ({"notice": "données fictives"}, "chain.notice"),
    ):
        chain = begun()
        line = chain.add(LineType.DAY, "2026-10-02", count=7, root=ROOT)
        unsigned = {name: value for name, value in {**line, **change}.items() if name != "signature"}
        chain.lines[-1] = signed(unsigned, chain.signer.sign)
        assert chain_faults(chain) == [expected]


def test_a_chain_begins_where_it_says_and_once():
    chain = begun()
    first = {name: value for name, value in chain.lines[0].items() if name != "signature"}
    chain.lines.append(signed({**first, "n": 3, "day": "2026-10-02"}, chain.signer.sign))
    assert chain_faults(chain) == ["chain.open", "chain.previous"]


def test_a_line_of_no_known_type_is_named():
    chain = begun()
    line = {name: value for name, value in chain.lines[-1].items() if name != "signature"}
    chain.lines.append(signed({**line, "n": 3, "type": "note"}, chain.signer.sign))
    assert chain_faults(chain) == ["form.type"]


# Signatures


def test_a_line_that_a_stranger_signed_is_named():
    chain = begun()
    chain.signer = THIEF
    chain.add(LineType.DAY, "2026-10-02", count=7, root=ROOT)
    assert chain_faults(chain) == ["signature.line"]


def test_a_line_that_was_changed_and_linked_anew_betrays_itself_by_its_signature():
    chain = begun()
    chain.add(LineType.DAY, "2026-10-02", count=7, root=ROOT)
    chain.add(LineType.DAY, "2026-10-03", count=7, root=ROOT)
    chain.lines[1]["count"] = 8
    chain.lines[2]["previous"] = line_hash(chain.lines[1]).hex()
    chain.lines[3]["previous"] = line_hash(chain.lines[2]).hex()
    assert chain_faults(chain) == ["signature.line", "signature.line", "signature.line"]


def test_a_line_that_was_signed_in_the_place_of_another_is_named_by_the_next():
    """The holder of the key can replace a line; the line after it still names the one before."""
    chain, other = begun(), begun()
    chain.add(LineType.DAY, "2026-10-03", count=7, root=ROOT)
    other.lines.pop()
    other.add(LineType.DAY, "2026-10-01", count=6, root=ROOT)
    chain.lines[1] = other.lines[1]
    assert chain_faults(chain) == ["chain.previous"]


def test_without_its_first_line_a_chain_is_told_to_lack_it_and_no_more():
    chain = begun()
    chain.add(LineType.DAY, "2026-10-03", count=7, root=ROOT)
    del chain.lines[0]
    assert chain_faults(chain) == ["dropped.numbers"]


def test_a_gap_of_several_lines_is_told_with_their_numbers():
    chain = begun()
    for day in range(3, 8):
        chain.add(LineType.DAY, f"2026-10-0{day}", count=7, root=ROOT)
    del chain.lines[3:5]
    report = Report()
    check_chain(chain.to_bytes(), report)
    (fault,) = report.faults
    assert (fault.code, fault.line, fault.values) == ("dropped", 4, {"first": 4, "last": 5})


def test_a_line_that_cannot_be_read_is_named_once():
    chain = begun()
    chain.add(LineType.DAY, "2026-10-03", count=7, root=ROOT)
    lines = chain.to_bytes().splitlines(keepends=True)
    report = Report()
    check_chain(b"".join([lines[0], b"nothing\n", lines[2]]), report)
    assert [(fault.key, fault.line) for fault in report.faults] == [("form.syntax", 2)]


# Keys


def test_after_a_rotation_the_former_key_signs_no_more():
    chain = begun()
    former = chain.signer
    chain.rotate(NEW, "2026-10-02")
    chain.signer = former
    chain.add(LineType.DAY, "2026-10-03", count=7, root=ROOT)
    assert chain_faults(chain) == ["signature.line"]


def test_a_new_key_is_brought_in_by_the_former_and_signs_itself():
    chain = begun()
    chain.rotate(NEW, "2026-10-02", by=THIEF)
    assert chain_faults(chain) == ["signature.line"]
    chain = begun()
    line = chain._next(LineType.KEY, "2026-10-02", signer=NEW.public.hex(), reason="Une clé nouvelle.")
    chain.lines.append(signed(line, chain.signer.sign, THIEF.sign))
    assert chain_faults(chain) == ["key.countersignature"]


def stolen() -> Chain:
    """A chain to which a thief has added lines and a key, before its owner went on."""
    chain = begun()
    owner = chain.signer
    chain.add(LineType.DAY, "2026-12-24", count=900, root="cd" * 32)
    chain.rotate(THIEF, "2026-12-24")
    chain.add(LineType.PLAN, "2026-12-25", plan="ee" * 32, reason="Parce que.")
    chain.rotate(NEW, "2026-10-05", by=owner, last_good=2)
    return chain


def test_after_a_theft_the_lines_of_the_thief_are_void():
    chain = stolen()
    chain.add(LineType.DAY, "2026-10-06", count=8, root=ROOT)
    report = Report()
    told = check_chain(chain.to_bytes(), report)
    assert told is not None
    assert (report.faults, sorted(told.void)) == ([], [3, 4, 5])
    assert (told.state.plan, told.state.day) == (plan_with().hash, "2026-10-06")
    assert THIEF.public.hex() not in told.signers()
    assert THIEF.public.hex() in told.signers(void=True)
    assert [(one.key, one.values) for one in report.remarks] == [("remark.void", {"lines": "3, 4, 5"})]


def test_the_key_of_a_thief_does_not_decide_which_lines_are_good():
    chain = stolen()
    chain.lines.pop()
    chain.rotate(NEW, "2026-12-26", by=THIEF, last_good=2)
    assert chain_faults(chain) == ["signature.line"]


def test_a_void_line_is_not_the_last_good_one():
    chain = stolen()
    chain.rotate(Signer("a fourth key"), "2026-10-06", last_good=4)
    assert chain_faults(chain) == ["key.last_good"]


def test_a_final_line_of_a_thief_is_void_and_the_true_one_is_sealed():
    consultation = closed(20, 3)
    chain = consultation.chain
    kept = chain.lines.pop()
    final(chain, "2026-11-15")
    chain.add(LineType.RELEASE, "2026-11-16", release=ROOT)
    chain.rotate(NEW, "2026-11-17", last_good=kept["n"] - 1)
    consultation.seal()
    report = audited(published(consultation))
    assert report.faults == []
    assert {one.key for one in report.remarks} == {"remark.void"}


def test_two_final_lines_of_the_same_owner_are_a_fault():
    consultation = closed(20, 3)
    consultation.seal()
    assert "chain.second_final" in keys_of(audited(consultation.files()))


def test_keys_of_small_order_open_no_chain():
    chain = Chain(Signer("x"))
    neutral = (1).to_bytes(32, "little")
    line = chain._next(LineType.OPEN, "2026-09-01", key=ROOT, plan=ROOT, texts=ROOT, signer=neutral.hex())
    chain.lines.append({**line, "signature": (neutral + bytes(32)).hex()})
    assert chain_faults(chain) == ["signature.line"]


# Two chains


def compared(first: Chain, second: Chain) -> Report:
    return compare_chains(("a.jsonl", first.to_bytes()), ("b.jsonl", second.to_bytes()))


def test_a_chain_is_compared_with_its_beginning():
    shorter, longer = begun(), begun()
    longer.add(LineType.DAY, "2026-10-03", count=7, root=ROOT)
    for pair, name in (((shorter, longer), "b.jsonl"), ((longer, shorter), "a.jsonl")):
        report = compared(*pair)
        assert report.faults == []
        assert report.checked[-1].values == {"lines": 2, "more": 1, "file": name}


def test_two_chains_of_one_key_are_named_where_they_part():
    chains = begun(), begun()
    for chain, count in zip(chains, (7, 8), strict=True):
        chain.add(LineType.DAY, "2026-10-03", count=count, root=ROOT)
        chain.add(LineType.DAY, "2026-10-04", count=9, root=ROOT)
    (fault,) = compared(*chains).faults
    assert (fault.key, fault.file, fault.line) == ("two_chains.part", "b.jsonl", 3)
    assert "grave" in fault.sentence("fr")
    assert "a.jsonl" in fault.sentence("en")


def test_a_file_with_faults_of_its_own_proves_nothing():
    chains = begun(), begun()
    chains[1].lines[1]["count"] = 900
    assert keys_of(compared(*chains)) == ["signature.line", "two_chains.unproven"]


def test_a_chain_of_a_stranger_proves_nothing():
    stranger = Chain(THIEF)
    stranger.add(LineType.OPEN, "2026-09-01", key=ROOT, plan=ROOT, texts=ROOT, signer=THIEF.public.hex())
    assert keys_of(compared(begun(), stranger)) == ["two_chains.keys"]


def test_chains_of_two_consultations_are_not_compared():
    other = begun()
    first = {name: value for name, value in other.lines[0].items() if name != "signature"}
    other.lines = [signed({**first, "consultation": "another"}, other.signer.sign)]
    assert keys_of(compared(begun(), other)) == ["chain.two_consultations"]


def test_two_lines_of_one_number_in_one_file_are_two_chains():
    chains = begun(), begun()
    for chain, count in zip(chains, (7, 8), strict=True):
        chain.add(LineType.DAY, "2026-10-03", count=count, root=ROOT)
    chains[0].lines.append(chains[1].lines[2])
    assert chain_faults(chains[0]) == ["two_chains.number"]


# What the chain announces


def with_chain_changed(change: Callable[[Closed], None]) -> set[tuple[str, str]]:
    consultation = closed(20, 3)
    consultation.chain.lines.pop()
    change(consultation)
    consultation.seal()
    return found(audited(published(consultation)))


def test_a_plan_that_was_changed_while_open_is_the_one_in_force():
    def change(consultation: Closed) -> None:
        consultation.plan = consultation.plan.changed(minimum_ballots=30)
        consultation.chain.add(LineType.PLAN, "2026-11-02", plan=consultation.plan.hash, reason="Plus sûr.")

    assert with_chain_changed(change) == set()


def test_a_plan_that_the_chain_did_not_announce_is_named():
    def change(consultation: Closed) -> None:
        consultation.plan = plan_with(minimum_ballots=30)

    assert ("altered", "plan.json") in with_chain_changed(change)


def test_a_plan_whose_version_does_not_grow_is_named():
    def change(consultation: Closed) -> None:
        consultation.plan = plan_with(minimum_ballots=30)
        consultation.chain.add(LineType.PLAN, "2026-11-02", plan=consultation.plan.hash, reason="Plus sûr.")

    assert with_chain_changed(change) == {("plan", "plan.json")}


PLANS: dict[str, dict[str, object]] = {
    "minimum_ballots": {"minimum_ballots": 19},
    "steps": {"steps": [[50, 1, 1, 99]]},
    "methods": {"methods": ["borda"]},
    "bands": {"bands": [3, 5]},
    "consultation": {"consultation": "another"},
    "colleges": {"colleges": ["physicians", "citizens"]},
    "final colleges": {"colleges": ["citizens"]},
}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_against_the_rules_is_named_although_it_was_announced(name):
    consultation = closed(20, 3)
    files = consultation.files()
    changed = canonical({**json.loads(files["plan.json"]), **PLANS[name]})
    report = _announcing(consultation, plan=changed)
    assert {(fault.key, fault.values["name"]) for fault in report.faults} >= {("plan.unlawful", name)}
    assert {fault.code for fault in report.faults} == {"plan"}


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("number", lambda texts: texts.reverse()),
        ("version", lambda texts: texts[0].update(version=0)),
        ("texts", lambda texts: texts.clear()),
    ],
)
def test_texts_against_the_rules_are_named_although_they_were_announced(name, change):
    consultation = closed(20, 3)
    content = json.loads(consultation.texts)
    change(content["texts"])
    report = _announcing(consultation, texts=canonical(content))
    assert {(fault.key, fault.values["name"]) for fault in report.faults} == {("texts.unlawful", name)}


def _announcing(consultation: Closed, **documents: bytes) -> Report:
    """The audit of a consultation whose first line announces other documents."""
    files = consultation.files()
    final_line = consultation.chain.lines[-1]
    first = {name: value for name, value in consultation.chain.lines[0].items() if name != "signature"}
    for name, data in documents.items():
        files[f"{name}.json"] = data
        first[name] = sha256(data)
    chain = Chain()
    chain.lines = [signed(first, chain.signer.sign)]
    chain.add(LineType.FINAL, CLOSED, **{name: final_line[name] for name in ("count", "root", "colleges")})
    return audited({**files, "roots.jsonl": chain.to_bytes()})
