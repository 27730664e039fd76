"""A ranked-ballot file of any known format, recognised by the end of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from consultation.domain.social_choice.formats import condorcet, consultation_json, debian, preflib
from consultation.domain.social_choice.formats.ranked_file import MOST_BYTES, MalformedFile, RankedFile

Reader = Callable[[str, str], RankedFile]

READERS: Mapping[str, Reader] = MappingProxyType(
    dict.fromkeys(("soc", "soi", "toc", "toi"), preflib.read)
    | {"cvotes": condorcet.read, "txt": debian.read, "json": consultation_json.read}
)
# Sheets of before 2010 are written so; every other format is UTF-8 by its definition.
_LATIN_1 = ("txt",)


def read(content: bytes, file: str) -> RankedFile:
    """Read a file by its content and name; MalformedFile where either cannot be understood."""
    kind = file.rpartition(".")[2].lower()
    if kind not in READERS:
        raise MalformedFile(file, 1, f"the name of a file that can be counted ends with .{', .'.join(READERS)}")
    if len(content) > MOST_BYTES:
        raise MalformedFile(file, 1, f"more than {MOST_BYTES} bytes")
    return READERS[kind](_decoded(content, kind, file), file)


def _decoded(content: bytes, kind: str, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if kind in _LATIN_1:
            return content.decode("latin-1")
        line = content.count(b"\n", 0, error.start) + 1
        raise MalformedFile(file, line, "not UTF-8, which this format is written in") from error
