"""Files that somebody made to break the audit: each ends in a fault with a name, none in a traceback."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.domain.verifiability.audit import (
    LARGEST_FILES,
    Report,
    audit_bundle,
    bundle_file,
    check_receipt,
    compare_chains,
)
from consultation.domain.verifiability.bundle import bundle_of

from .generated import announced, audited, closed, published

Files = Mapping[str, bytes]
NAMES = ("plan.json", "texts.json", "roots.jsonl", "commitments.txt", "openings.jsonl", "closing.json", "release.json")


@pytest.fixture(scope="module")
def files() -> Files:
    """The files of a small published consultation."""
    return published(closed(20, 20))


def codes(report: Report) -> set[str]:
    """The codes of the faults; every one of them can be said, in both languages and as JSON."""
    for language in ("fr", "en"):
        assert report.as_text(language)
        assert json.loads(report.as_json(language))
    return {fault.code for fault in report.faults}


def zipped(entries: list[tuple[zipfile.ZipInfo | str, bytes]], compression: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for entry, data in entries:
            archive.writestr(entry, data)
    return target.getvalue()


def declaring(bundle: bytes, size: int) -> bytes:
    """The zip, its first file declared to have another size in the central directory."""
    place = bundle.index(b"PK\x01\x02")
    return bundle[: place + 20] + struct.pack("<II", size, size) + bundle[place + 28 :]


# Zips


@pytest.mark.parametrize("data", [b"", b"PK", b"nothing", b"PK\x05\x06" + bytes(18), bytes(1000)])
def test_what_is_no_zip_is_named(data):
    assert codes(audit_bundle(io.BytesIO(data))) <= {"zip", "missing"}


def test_a_zip_that_unfolds_is_not_unfolded(files):
    bomb = zipped([("plan.json", bytes(300 * 2**20))], zipfile.ZIP_DEFLATED)
    assert len(bomb) < 2**20
    assert codes(audit_bundle(io.BytesIO(bomb))) == {"zip"}
    small = zipped(list(files.items()), zipfile.ZIP_DEFLATED)
    assert "zip" in codes(audit_bundle(io.BytesIO(small)))


def test_a_file_larger_than_any_of_its_kind_is_not_read():
    large = zipped([("plan.json", bytes(LARGEST_FILES["plan.json"] + 1))])
    report = audit_bundle(io.BytesIO(large))
    assert "zip.large" in {fault.key for fault in report.faults}


@pytest.mark.parametrize("size", [2**31, 2**32 - 2])
def test_a_zip_that_declares_more_than_it_has_is_not_read(files, size):
    assert codes(audit_bundle(io.BytesIO(declaring(bundle_of(files), size)))) == {"zip"}


@pytest.mark.parametrize("name", ["../plan.json", "/etc/passwd", "plan.json/", "PLAN.JSON", "\x1b[31m", "a" * 3000])
def test_a_name_that_no_bundle_has_is_not_read(files, name):
    hostile = zipped([*files.items(), (name, b"{}")])
    assert codes(audit_bundle(io.BytesIO(hostile))) == {"additional", "missing"}


def test_an_encrypted_file_is_not_read(files):
    bundle = bytearray(bundle_of(files))
    place = bundle.index(b"PK\x01\x02")
    bundle[place + 8] |= 1
    assert "zip" in codes(audit_bundle(io.BytesIO(bytes(bundle))))


def test_a_zip_that_was_cut_or_damaged_anywhere_is_read_without_surprise(files):
    """A bit of its wrapping may change nothing that it holds; a part that is missing always does."""
    bundle = bundle_of(files)
    chance = random.Random(1)
    for _ in range(60):
        damaged = bytearray(bundle)
        damaged[chance.randrange(len(bundle))] ^= 1 << chance.randrange(8)
        report = audit_bundle(io.BytesIO(bytes(damaged)))
        assert "unforeseen" not in codes(report)
        assert codes(audit_bundle(io.BytesIO(bundle[: chance.randrange(len(bundle))])))


# Contents

CONTENTS: dict[str, bytes] = {
    "nothing": b"",
    "not UTF-8": b'{"v":"\xff"}\n',
    "half a surrogate": b'{"v":"\\ud800"}\n',
    "deep": b"[" * 100_000 + b"\n",
    "deep and closed": b"[" * 900 + b"]" * 900 + b"\n",
    "deep objects": b'{"a":' * 900 + b"1" + b"}" * 900 + b"\n",
    "very deep objects": b'{"a":' * 200_000 + b"1" + b"}" * 200_000 + b"\n",
    "a huge number": b"9" * 100_000 + b"\n",
    "a large number": b'{"v":' + b"9" * 4000 + b"}\n",
    "a float": b'{"v":1.0}\n',
    "an exponent": b'{"v":1e999}\n',
    "no number": b'{"v":NaN}\n',
    "infinity": b'{"v":-Infinity}\n',
    "null": b"null\n",
    "a truth value": b"true\n",
    "a number": b"1\n",
    "a list": b"[]\n",
    "an object": b"{}\n",
    "a text": b'"x"\n',
    "a mark of order": b"\xef\xbb\xbf{}\n",
    "zero bytes": bytes(1000),
    "empty lines": b"\n" * 50,
    "other ends of lines": b"{}\r\n{}\r\n",
    "a long line": b"x" * 2_000_000,
    "not composed": '{"v":"e\u0301"}\n'.encode(),
    "a terminal’s commands": b"\x1b[2J\x1b]0;x\x07\n",
}


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_ends_in_a_fault_with_a_name(files, name, content):
    assert codes(audited({**files, name: CONTENTS[content]})) - {"unforeseen"}


@pytest.mark.parametrize("content", CONTENTS)
def test_a_hostile_chain_or_receipt_does_too(files, content):
    data = CONTENTS[content]
    assert codes(compare_chains(("a", files["roots.jsonl"]), ("b", data)))
    assert codes(check_receipt(data, {"roots.jsonl": data, "commitments.txt": data}))


# The same, for values inside: whatever stands in the place of whatever.

VALUES: list[object] = [
    None, True, False, 0, 1, -1, 10**30, 1.5, "", "x", "ab" * 32, "é", "\x00",
    [], [[]], [None], {}, {"a": {}}, [[1, 1]],
]  # fmt: skip


def places_in(value: object) -> list[tuple[dict[str, object] | list[object], str | int]]:
    """Every container and key of a value."""
    if isinstance(value, dict):
        here = [(value, key) for key in value]
    elif isinstance(value, list):
        here = [(value, index) for index in range(len(value))]
    else:
        return []
    return here + [place for container, key in here for place in places_in(container[key])]


def written(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.mark.parametrize("is_public", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_any_value_in_the_place_of_any_other_ends_in_a_fault_with_a_name(files, name, is_public):
    if is_public and name == "openings.jsonl":
        return
    chance = random.Random(f"{name} {is_public}")
    held = {other: data for other, data in files.items() if not is_public or other != "openings.jsonl"}
    for _ in range(12):
        assert codes(audited({**held, name: _with_a_value_changed(name, files[name], chance)})) - {"unforeseen"}


def _with_a_value_changed(name: str, data: bytes, chance: random.Random) -> bytes:
    if name == "commitments.txt":
        return data.replace(data[:64], written(chance.choice(VALUES)))
    if not name.endswith(".jsonl"):
        return _changed(data, chance)
    lines = data.splitlines()
    index = chance.randrange(len(lines))
    lines[index] = _changed(lines[index], chance)
    return b"".join(line + b"\n" for line in lines)


def _changed(data: bytes, chance: random.Random) -> bytes:
    content = json.loads(data)
    container, key = chance.choice(places_in(content))
    former = container[key]  # type: ignore[index]
    container[key] = chance.choice([value for value in VALUES if written(value) != written(former)])  # type: ignore[index]
    return written(content)


def test_any_value_in_an_announced_release_ends_in_a_fault_with_a_name():
    """The platform itself is the stranger: the chain announces the hostile release.

    Without the openings, a figure that is false and lawful passes: the audit says that it did not count.
    """
    consultation = closed(100, 100, other_camps=(1, 3, 1))
    release = consultation.release()
    chance = random.Random(7)
    for _ in range(20):
        files = announced(consultation, _changed(release, chance))
        assert codes(audited(files)) - {"unforeseen"}
        del files["openings.jsonl"]
        assert "unforeseen" not in codes(audited(files))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_surprise(data):
    for check in (_as_receipt, _as_chain, _as_zip):
        codes(check(data))


def _as_receipt(data: bytes) -> Report:
    return check_receipt(b"{" + data, {"roots.jsonl": data, "commitments.txt": data}, io.BytesIO(data))


def _as_chain(data: bytes) -> Report:
    return compare_chains(("a", data), ("b", data))


def _as_zip(data: bytes) -> Report:
    return audit_bundle(io.BytesIO(data))


def test_what_was_not_foreseen_is_a_fault_with_a_name(tmp_path, monkeypatch):
    def surprise(*_arguments: object) -> Report:
        raise ZeroDivisionError("x")

    path = tmp_path / "bundle.zip"
    path.write_bytes(b"")
    monkeypatch.setattr("consultation.domain.verifiability.audit.read_bundle", surprise)
    report = bundle_file(path)
    assert codes(report) == {"unforeseen"}
    assert "ZeroDivisionError" in report.as_text("fr")


SLOW: dict[str, Callable[[Files], dict[str, bytes]]] = {
    "a plan of a hundred thousand bands": lambda files: {
        **files,
        "plan.json": written({**json.loads(files["plan.json"]), "bands": list(range(100_000))}),
    },
    "ten thousand texts": lambda files: {
        **files,
        "texts.json": written(_with_many_texts(json.loads(files["texts.json"]))),
    },
    "a list of a hundred thousand": lambda files: {
        **files,
        "commitments.txt": b"".join(b"%064x\n" % number for number in range(100_000)),
    },
}


def _with_many_texts(content: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    content["texts"] = [{**content["texts"][0], "number": number} for number in range(10_000)]
    return content


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", SLOW)
def test_a_large_file_does_not_hold_the_audit_up(files, name):
    assert codes(audited(SLOW[name](files)))
