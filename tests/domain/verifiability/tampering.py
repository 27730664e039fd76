"""What a forger does to the files of a bundle, each kind with the name that the audit must give it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from consultation.domain.verifiability.canonical import canonical

Files = Mapping[str, bytes]
Change = Callable[[bytes], bytes]

LINE_FILES = ("openings.jsonl", "commitments.txt", "roots.jsonl")
DOCUMENTS = ("release.json", "plan.json", "texts.json", "closing.json")
KINDS = {
    "drop": "dropped",
    "alter": "altered",
    "swap": "swapped",
    "duplicate": "duplicated",
    "reorder": "reordered",
    "truncate": "truncated",
}


def tampered(files: Files, name: str, change: Change) -> dict[str, bytes]:
    """The files, one of them changed; their sums are made anew, as a forger would."""
    return {**files, name: change(files[name])}


def change_of(kind: str, name: str) -> Change:
    """The change of this kind to a file of this name."""
    if kind == "truncate":
        return lambda data: data[:-9]
    return _line_change(kind, name) if name in LINE_FILES else _document_change(kind, name)


def _line_change(kind: str, name: str) -> Change:
    changes: dict[str, Callable[[list[bytes]], list[bytes]]] = {
        "drop": lambda lines: [*lines[:1], *lines[2:]],
        "alter": lambda lines: [lines[0], altered_line(name, lines[1]), *lines[2:]],
        "swap": lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
        "duplicate": lambda lines: [lines[0], lines[1], lines[1], *lines[2:]],
        "reorder": lambda lines: [lines[2], lines[0], lines[1], *lines[3:]],
    }
    return lambda data: b"".join(changes[kind](data.splitlines(keepends=True)))


def altered_line(name: str, line: bytes) -> bytes:
    """A line that says something else in the same form."""
    if name == "commitments.txt":
        return b"%064x\n" % (int(line, 16) ^ 1)
    content = json.loads(line)
    if name == "openings.jsonl":
        ballot = json.loads(content["ballot"])
        ballot["ranking"].reverse()
        ballot["college"] = "physicians" if len(ballot["ranking"]) == 1 else ballot["college"]
        return canonical({**content, "ballot": canonical(ballot).decode()}) + b"\n"
    return canonical({**content, "count": content["count"] + 1}) + b"\n"


def _document_change(kind: str, name: str) -> Change:
    changes: dict[str, Callable[[Any], bytes]] = {
        "drop": lambda content: canonical(_without_a_key(name, content)),
        "alter": lambda content: canonical(_with_another_value(name, content)),
        "swap": lambda content: canonical(_with_two_exchanged(name, content)),
        "duplicate": lambda content: canonical(content)[:-1] + b',"v":1}',
        "reorder": lambda content: json.dumps(
            dict(sorted(content.items(), reverse=True)), separators=(",", ":"), ensure_ascii=False
        ).encode(),
    }
    return lambda data: changes[kind](json.loads(data))


def _without_a_key(name: str, content: Any) -> Any:
    inner = {"release.json": ["colleges", "citizens"], "texts.json": ["texts", 1]}.get(name, [])
    key = {"release.json": "smith_set", "plan.json": "observers", "texts.json": "theme", "closing.json": "day"}[name]
    del _at(content, inner)[key]
    return content


def _with_another_value(name: str, content: Any) -> Any:
    places = {
        "release.json": (["colleges", "citizens", "order", 0], "high", 4),
        "plan.json": ([], "minimum_ballots", 25),
        "texts.json": (["texts", 1], "text", "Un autre texte."),
        "closing.json": ([], "count", 3),
    }
    inner, key, value = places[name]
    _at(content, inner)[key] = value
    return content


def _with_two_exchanged(name: str, content: Any) -> Any:
    places: dict[str, tuple[list[str | int], str, list[str | int], str]] = {
        "release.json": (
            ["colleges", "citizens", "order", 0],
            "recommendation",
            ["colleges", "citizens", "order", 1],
            "recommendation",
        ),
        "plan.json": ([], "opens", [], "closes"),
        "texts.json": (["texts", 0], "text", ["texts", 1], "text"),
        "closing.json": (["colleges"], "citizens", ["colleges"], "physicians"),
    }
    here, key, there, other = places[name]
    one, two = _at(content, here), _at(content, there)
    one[key], two[other] = two[other], one[key]
    return content


def _at(content: Any, path: list[str | int]) -> Any:
    for step in path:
        content = content[step]
    return content
