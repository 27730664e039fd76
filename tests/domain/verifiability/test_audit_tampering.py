"""Each kind of tampering with each file is named, and nothing else is; with right sums, as a forger would make them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping

import pytest

from consultation.domain.verifiability.audit import Finding, audit_bundle
from consultation.domain.verifiability.bundle import bundle_of
from consultation.domain.verifiability.canonical import canonical
from consultation.domain.verifiability.roots import LineType

from .generated import audited, closed, found, published
from .tampering import DOCUMENTS, KINDS, LINE_FILES, change_of, tampered

Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def files() -> Files:
    """The files of a published consultation."""
    return published(closed(120, 60))


def without_openings(files: Files) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name != "openings.jsonl"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [*LINE_FILES, *DOCUMENTS])
def test_the_auditors_audit_names_what_was_done_to_a_file_and_nothing_else(files, name, kind):
    assert found(audited(tampered(files, name, change_of(kind, name)))) == {(KINDS[kind], name)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [*LINE_FILES[1:], *DOCUMENTS])
def test_the_public_audit_names_it_too(files, name, kind):
    changed = tampered(without_openings(files), name, change_of(kind, name))
    assert found(audited(changed)) == {(KINDS[kind], name)}


def faults_of(files: Files) -> list[Finding]:
    return audited(files).faults


def lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


@pytest.mark.parametrize("name", LINE_FILES[:2])
def test_the_line_that_was_touched_is_said(files, name):
    middle = dict.fromkeys(("drop", "alter", "swap"), 2) | {"duplicate": 3, "reorder": 1}
    for kind, line in middle.items():
        (fault,) = faults_of(tampered(files, name, change_of(kind, name)))
        assert (kind, fault.line) == (kind, line)


def test_an_opening_and_its_commitment_dropped_together_are_missed(files):
    """Without the line, the list has no longer the root that was signed: nothing tells which line it was."""
    changed = {**files}
    for name in LINE_FILES[:2]:
        changed = tampered(changed, name, lambda data: b"".join(lines(data)[1:]))
    assert found(audited(changed)) == {("dropped", "commitments.txt")}


def test_a_ballot_put_in_the_place_of_another_with_its_commitment_is_seen_by_the_root(files):
    taken = published(closed(121, 60))
    strangers = set(lines(taken["commitments.txt"])) - set(lines(files["commitments.txt"]))
    stranger = strangers.pop()
    opening = lines(taken["openings.jsonl"])[lines(taken["commitments.txt"]).index(stranger)]
    pairs = [*zip(lines(files["commitments.txt"])[1:], lines(files["openings.jsonl"])[1:], strict=True)]
    listed, opened = zip(*sorted([*pairs, (stranger, opening)]), strict=True)
    changed = {**files, "commitments.txt": b"".join(listed), "openings.jsonl": b"".join(opened)}
    assert found(audited(changed)) == {("altered", "commitments.txt")}


def test_a_ballot_added_with_its_commitment_is_seen_by_the_root(files):
    taken = published(closed(121, 60))
    changed = {**files, **{name: taken[name] for name in LINE_FILES[:2]}}
    assert found(audited(changed)) == {("added", "commitments.txt")}
    assert found(audited(without_openings(changed))) == {("added", "commitments.txt")}


def test_lines_added_to_one_file_are_named(files):
    more = lambda data: data + b"%064x\n" % 7  # noqa: E731
    assert found(audited(tampered(files, "commitments.txt", more))) == {("added", "commitments.txt")}
    taken = published(closed(121, 60))["openings.jsonl"]
    assert found(audited({**files, "openings.jsonl": taken})) == {("added", "openings.jsonl")}


def test_salts_that_were_exchanged_between_two_openings_are_named(files):
    def exchanged(data: bytes) -> bytes:
        opened = [json.loads(line) for line in lines(data)]
        opened[2]["salt"], opened[7]["salt"] = opened[7]["salt"], opened[2]["salt"]
        return b"".join(canonical(one) + b"\n" for one in opened)

    (fault,) = faults_of(tampered(files, "openings.jsonl", exchanged))
    assert (fault.code, fault.line, fault.values) == ("swapped", 3, {"first": 3, "second": 8})


def test_a_file_that_was_cut_at_the_end_of_a_line_is_truncated(files):
    for name in LINE_FILES[:2]:
        (fault,) = faults_of(tampered(files, name, lambda data: b"".join(lines(data)[:-4])))
        assert (fault.code, fault.file, fault.line) == ("truncated", name, 177)


def test_a_chain_without_its_last_lines_is_truncated(files):
    changed = tampered(files, "roots.jsonl", lambda data: b"".join(lines(data)[:-1]))
    assert found(audited(changed)) == {("truncated", "roots.jsonl")}
    changed = tampered(files, "roots.jsonl", lambda data: b"".join(lines(data)[:-2]))
    assert ("truncated", "roots.jsonl") in found(audited(changed))


def test_without_right_sums_the_file_is_named_as_well(files):
    whole = zipped({**files, "SHA256SUMS": sums(files)})
    for name in files:
        changed = {**files, name: change_of("alter", name)(files[name])}
        report = audit_bundle(io.BytesIO(zipped({**changed, "SHA256SUMS": sums(files)})))
        assert found(report) == {("sums", name), ("altered", name)}
    assert audit_bundle(io.BytesIO(whole)).faults == []


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said[70:],
        lambda said: said + b"0" * 64 + b"  release.json\n",
        lambda said: said + b"# by hand\n",
        lambda said: said.upper(),
        lambda said: b"".join(reversed(lines(said))),
        lambda said: said.replace(b"  ", b" *"),
        lambda said: said + b"0" * 64 + b"  other.json\n",
        lambda _said: b"",
    ],
    ids=["dropped", "twice", "more", "upper", "reversed", "binary", "other", "empty"],
)
def test_sums_in_another_form_are_named(files, change):
    report = audit_bundle(io.BytesIO(zipped({**files, "SHA256SUMS": change(sums(files))})))
    assert {code for code, _ in found(report)} == {"sums"}


@pytest.mark.parametrize("name", ["plan.json", "texts.json", "roots.jsonl", "commitments.txt", "closing.json"])
def test_a_missing_file_is_named(files, name):
    report = audited({other: data for other, data in files.items() if other != name})
    assert ("missing", name) in found(report)
    assert {code for code, _ in found(report)} == {"missing"}


def test_missing_sums_and_a_missing_release_are_named(files):
    assert found(audit_bundle(io.BytesIO(zipped(files)))) == {("missing", "SHA256SUMS")}
    assert found(audited({n: data for n, data in files.items() if n != "release.json"})) == {
        ("missing", "release.json")
    }


def test_a_file_more_and_a_file_twice_are_named(files):
    whole = {**files, "SHA256SUMS": sums(files)}
    assert found(audit_bundle(io.BytesIO(zipped({**whole, "notes.txt": b""})))) == {("additional", "notes.txt")}
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zipped(whole, ("plan.json", b"{}"))
    assert found(audit_bundle(io.BytesIO(twice))) == {("duplicated", "plan.json")}


def test_openings_of_ballots_that_are_not_lawful_are_named_although_they_were_sealed():
    """The platform may have sealed what it should have set aside."""
    changes: dict[str, Callable[[dict[str, object]], object]] = {
        "ballot.consultation": lambda said: said.update(consultation="another"),
        "ballot.college": lambda said: said.update(college="nurses"),
        "ballot.version": lambda said: said.update(texts=[[1, 2], [3, 1], [7, 1], [24, 1]]),
        "ballot.texts": lambda said: said.update(texts=[[1, 1], [3, 1], [7, 1]], ranking=[[1]], unranked=[3, 7]),
        "ballot.ranking": lambda said: said.update(ranking=[[1], [1]]),
        "dropped.value": lambda said: said.pop("v"),
        "form.content": lambda said: said.update(ranking=[[True]]),
    }
    for key, change in changes.items():
        consultation = closed(20, 3)
        college, order, one = consultation.ballots[0]
        said = json.loads(one.ballot)
        change(said)
        consultation.ballots[0] = (college, order, type(one)(canonical(said), one.random))
        consultation.ballots.sort(key=lambda ballot: ballot[2].commitment)
        consultation.chain.lines.pop()
        consultation.seal()
        faults = audited(consultation.files()).faults
        assert [(fault.key, fault.file) for fault in faults] == [(key, "openings.jsonl")]


def test_ballots_counted_in_another_college_are_named():
    consultation = closed(20, 3)
    final = consultation.chain.lines.pop()
    said = {name: final[name] for name in ("count", "root")}
    consultation.chain.add(LineType.FINAL, "2026-12-01", colleges={"citizens": 19, "physicians": 4}, **said)
    report = audited(consultation.files())
    assert {fault.key for fault in report.faults} == {"count.college"}
    assert len(report.faults) == 2


def sums(files: Files) -> bytes:
    """The sums that the platform gives."""
    with zipfile.ZipFile(io.BytesIO(bundle_of(files))) as bundle:
        return bundle.read("SHA256SUMS")


def zipped(files: Files, *more: tuple[str, bytes]) -> bytes:
    """A zip of these files as they are."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in [*files.items(), *more]:
            archive.writestr(name, data)
    return target.getvalue()
