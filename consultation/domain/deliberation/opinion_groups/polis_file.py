"""The votes of a conversation as Pol.is exports them: `participants-votes.csv`.

A line a person: `participant`, columns that sum the person up and are not read, then one column a comment, under its
number: 1 agrees, -1 disagrees, 0 passes, empty has not seen it.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from consultation.domain.deliberation.opinion_groups.votes import VoteMatrix
from consultation.domain.social_choice.formats.quoting import quoted
from consultation.domain.social_choice.formats.ranked_file import MalformedFile, Refused, at

PERSON = "participant"
MOST_BYTES = 2**28
# People times comments: what is computed from them takes some ten times as many bytes each.
MOST_VOTES = 10_000_000
LONGEST_NAME = 100
VOTES = {"1": 1.0, "-1": -1.0, "0": 0.0, "": math.nan}


@dataclass(frozen=True, eq=False)
class VotesFile:
    """The names of people and of comments, and the votes of the ones on the others."""

    people: tuple[str, ...]
    comments: tuple[str, ...]
    matrix: VoteMatrix


def read_votes(content: bytes, file: str) -> VotesFile:
    """Read a file of votes; MalformedFile says what is wrong with it, and where."""
    with at(file, 1):
        lines = _numbered_lines(_text(content), file)
        columns, comments = _header(next(lines, (1, []))[1])
    rows: dict[str, Sequence[float]] = {}
    for line, cells in lines:
        with at(file, line):
            person, votes = _row(cells, columns)
            if person in rows:
                raise Refused(f"two lines are of participant {quoted(person)}")
            if (len(rows) + 1) * len(comments) > MOST_VOTES:
                raise Refused(f"more than {MOST_VOTES} votes: people times comments")
            rows[person] = votes
    matrix = np.array(list(rows.values()), dtype=float).reshape(len(rows), len(comments))
    return VotesFile(tuple(rows), comments, VoteMatrix(matrix))


@dataclass(frozen=True)
class _Columns:
    """Where a line names its person, where its votes are, and how long it is."""

    person: int
    votes: tuple[int, ...]
    length: int


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Refused(f"a file of more than {MOST_BYTES} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("the file is not UTF-8 text") from error


def _header(names: Sequence[str]) -> tuple[_Columns, tuple[str, ...]]:
    if PERSON not in names:
        raise Refused(f"the first line names no column “{PERSON}”")
    numbered = [index for index, name in enumerate(names) if name.isascii() and name.isdigit()]
    comments = tuple(names[index] for index in numbered)
    if not comments:
        raise Refused("no column is named by the number of a comment")
    if len(set(comments)) < len(comments):
        raise Refused("two columns are of the same comment")
    if max(map(len, comments)) > LONGEST_NAME:
        raise Refused(f"the number of a comment has more than {LONGEST_NAME} digits")
    return _Columns(names.index(PERSON), tuple(numbered), len(names)), comments


def _numbered_lines(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Number the lines that are not blank; cells that go over several lines are told at the last of them."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from ((reader.line_num, cells) for cells in reader if cells)
    except csv.Error as error:
        raise MalformedFile(file, reader.line_num, f"not comma-separated values ({error})") from error


def _row(cells: Sequence[str], columns: _Columns) -> tuple[str, list[float]]:
    if len(cells) != columns.length:
        raise Refused(f"{len(cells)} cells, where the first line has {columns.length}")
    person = cells[columns.person]
    if not 1 <= len(person) <= LONGEST_NAME:
        raise Refused(f"a participant is named by 1 to {LONGEST_NAME} characters: {quoted(person)}")
    return person, [_vote(cells[index]) for index in columns.votes]


def _vote(cell: str) -> float:
    try:
        return VOTES[cell.strip()]
    except KeyError as error:
        raise Refused(f"a vote is 1, -1, 0 or empty, not {quoted(cell)}") from error
