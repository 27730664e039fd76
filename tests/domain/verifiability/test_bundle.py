"""The bundle: the same files give the same bytes, in their order and with their sums."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest

from consultation.domain.verifiability.bundle import ORDER, InvalidBundle, bundle_of, files_of

FILES = {name: f"what is in {name}\n".encode() for name in ORDER}


def test_the_same_files_give_the_same_bytes_in_whatever_order_they_come():
    assert bundle_of(FILES) == bundle_of(dict(reversed(FILES.items())))


def test_files_are_stored_undated_in_their_order_and_readable_by_their_owner_alone():
    with zipfile.ZipFile(io.BytesIO(bundle_of(FILES))) as bundle:
        entries = bundle.infolist()
    assert [entry.filename for entry in entries] == [*ORDER, "SHA256SUMS"]
    assert {(entry.compress_type, entry.date_time, entry.external_attr >> 16 & 0o777) for entry in entries} == {
        (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), 0o600)
    }


def test_the_sums_are_those_of_every_file_before_them():
    with zipfile.ZipFile(io.BytesIO(bundle_of(FILES))) as bundle:
        sums = bundle.read("SHA256SUMS").decode()
    assert sums == "".join(f"{hashlib.sha256(FILES[name]).hexdigest()}  {name}\n" for name in ORDER)


def test_the_public_s_bundle_is_the_same_without_openings():
    public = {name: data for name, data in FILES.items() if name not in ("openings.jsonl", "release.json")}
    assert files_of(bundle_of(public)) == public


def test_a_bundle_is_read_back():
    assert files_of(bundle_of(FILES)) == FILES
    assert files_of(bundle_of({})) == {}


def test_a_file_that_no_bundle_has_is_refused_and_not_left_out():
    with pytest.raises(InvalidBundle, match="notes"):
        bundle_of({**FILES, "notes.txt": b""})


@pytest.mark.parametrize("data", [b"", b"nothing", bundle_of(FILES)[:-1], b"x" + bundle_of(FILES)])
def test_what_is_not_packed_as_a_bundle_is_refused(data):
    with pytest.raises(InvalidBundle):
        files_of(data)


def test_a_zip_packed_otherwise_is_refused_and_not_unfolded():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in FILES.items():
            archive.writestr(name, data)
    with pytest.raises(InvalidBundle):
        files_of(target.getvalue())
