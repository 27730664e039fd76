"""The bundle: one file that holds all that an audit needs, the same bytes each time (docs/formats.md)."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

SUMS = "SHA256SUMS"
ORDER = (
    "plan.json",
    "texts.json",
    "roots.jsonl",
    "commitments.txt",
    "openings.jsonl",
    "closing.json",
    "release.json",
)
_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_OWNER_ALONE = 0o100600 << 16


class InvalidBundle(ValueError):
    """Files that make no bundle, or bytes that are not those of one."""


def bundle_of(files: Mapping[str, bytes]) -> bytes:
    """Return the zip of these files, in their order, stored and undated, with the sums of all before the end.

    InvalidBundle where a file has a name that no bundle knows: it would be left out in silence.
    """
    if unknown := sorted(files.keys() - set(ORDER)):
        raise InvalidBundle(f"a bundle has no file {unknown[0]}")
    listed = {name: files[name] for name in ORDER if name in files}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in {**listed, SUMS: _sums(listed)}.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system, entry.external_attr = _UNIX, _OWNER_ALONE
            archive.writestr(entry, content)
    return target.getvalue()


def files_of(archive: bytes) -> dict[str, bytes]:
    """Return the files of a bundle by name, its sums apart; InvalidBundle where they do not give these very bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            stored = [entry for entry in opened.infolist() if entry.compress_type == zipfile.ZIP_STORED]
            files = {entry.filename: opened.read(entry) for entry in stored if entry.filename != SUMS}
    except (zipfile.BadZipFile, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        raise InvalidBundle("this is no zip that can be read") from error
    if bundle_of(files) != archive:
        raise InvalidBundle("this is not how a bundle is packed")
    return files


def _sums(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()).encode()
