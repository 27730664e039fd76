"""`consultation opinions`: its JSON, its page, its refusals, and that it needs nothing but the file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from consultation.cli import main

ROOT = Path(__file__).parents[2]
HEAD = "participant,group-id,n-comments,n-votes,n-agree,n-disagree"


def file_of(folder: Path, rows: list[list[str]], head: str = HEAD) -> Path:
    """A file of votes: the numbers of comments are those of the columns."""
    path = folder / "participants-votes.csv"
    names = ",".join(map(str, range(len(rows[0]))))
    lines = [f"{person},,0,0,0,0,{','.join(row)}" for person, row in enumerate(rows)]
    path.write_text("\n".join([f"{head},{names}", *lines, ""]), encoding="utf-8")
    return path


def two_groups(sizes: tuple[int, int], strays: int = 1) -> list[list[str]]:
    """Votes of two groups that differ on eight of ten comments; each person strays on one and has not seen another."""
    random = np.random.default_rng(1)
    rows = []
    for side, size in zip((1, -1), sizes, strict=True):
        for _ in range(size):
            row = [str(side)] * 4 + [str(-side)] * 4 + ["1", "1"]
            for column in random.choice(8, strays, replace=False):
                row[column] = str(-int(row[column]))
            row[random.integers(8)] = ""
            rows.append(row)
    return rows


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    """Two groups of forty and thirty."""
    return file_of(tmp_path, two_groups((40, 30)))


def run(*arguments: object) -> Result:
    """Run the command on the test's own streams."""
    return CliRunner().invoke(main, ["opinions", *map(str, arguments)])


def said(*arguments: object) -> dict[str, Any]:
    """Run the command for its JSON."""
    outcome = run(*arguments, "--json")
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    return json.loads(outcome.stdout)  # type: ignore[no-any-return]


def test_the_json_has_the_keys_of_the_contract_and_no_other(votes: Path) -> None:
    found = said(votes)
    assert list(found) == [
        *("participants", "comments", "groups", "silhouette", "stability", "components", "center"),
        "bringing_together",
    ]
    assert (found["participants"], found["comments"]) == (70, 10)
    assert {len(one) for one in found["components"]} == {10} == {len(found["center"])}
    assert len(found["components"]) == 2
    assert {frozenset(one) for one in found["bringing_together"]} == {frozenset({"comment", "score"})}


def test_groups_hold_the_numbers_of_people_as_the_file_gives_them_the_largest_first(votes: Path) -> None:
    groups = said(votes)["groups"]
    assert groups == {"A": list(range(40)), "B": list(range(40, 70))}


def test_what_brings_together_comes_first_with_its_score(votes: Path) -> None:
    first, second, *_ = said(votes)["bringing_together"]
    assert {first["comment"], second["comment"]} == {8, 9}
    assert first["score"] == pytest.approx(41 / 42 * 31 / 32)
    assert len(said(votes)["bringing_together"]) == 10


def test_the_same_file_gives_the_same_bytes(votes: Path) -> None:
    assert run(votes, "--json").stdout == run(votes, "--json").stdout


@pytest.mark.parametrize(("language", "words"), [("en", "Groups: A 40 and B 30."), ("fr", "A 40 et B 30")])
def test_the_page_says_the_groups_in_both_languages(votes: Path, language: str, words: str) -> None:
    outcome = run(votes, "--language", language)
    assert outcome.exit_code == 0
    assert words in outcome.stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert "40 " in outcome.stdout


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (two_groups((25, 22)), "fewer than 50 people"),
        (two_groups((60, 8)), "fewer than 20 people"),
        ([["1"] * 8] * 60, "all who have a place have the same one"),
    ],
)
def test_the_page_says_why_a_consultation_would_publish_no_groups(
    tmp_path: Path, rows: list[list[str]], words: str
) -> None:
    outcome = run(file_of(tmp_path, rows))
    assert outcome.exit_code == 0
    assert words in outcome.stdout


def test_where_nobody_differs_the_json_has_no_groups(tmp_path: Path) -> None:
    found = said(file_of(tmp_path, [["1"] * 8] * 60))
    assert (found["groups"], found["bringing_together"]) == ({}, [])
    assert found["silhouette"] is found["stability"] is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1: the first line names no column “participant”"),
        ("person,0\n1,1\n", "line 1: the first line names no column “participant”"),
        ("participant,name\n1,x\n", "line 1: no column is named by the number of a comment"),
        ("participant,0,0\n1,1,1\n", "line 1: two columns are of the same comment"),
        ("participant,0,1\n1,1\n", "line 2: 2 cells, where the first line has 3"),
        ("participant,0\n1,2\n", "line 2: a vote is 1, -1, 0 or empty, not “2”"),
        ("participant,0\n1,1\n1,0\n", "line 3: two lines are of participant “1”"),
        ("participant,0\n,1\n", "line 2: a participant is named by"),
        ('participant,0\n"1,1\n', "not comma-separated values"),
    ],
)
def test_a_malformed_file_is_refused_in_one_line_that_says_where(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "votes.csv"
    path.write_text(text, encoding="utf-8")
    outcome = run(path)
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert len(outcome.stderr.splitlines()) == 1
    assert words in outcome.stderr


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(b"participant,0\n\xff,1\n")
    outcome = run(path)
    assert (outcome.exit_code, "not UTF-8" in outcome.stderr) == (1, True)


def test_a_file_that_is_not_there_is_a_wrong_use(tmp_path: Path) -> None:
    assert run(tmp_path / "nothing.csv").exit_code == 2


def test_neither_the_web_application_nor_a_database_is_loaded(votes: Path) -> None:
    program = (
        "import sys; from consultation.cli import main;"
        "main(['opinions', sys.argv[1], '--json'], standalone_mode=False);"
        "print(sorted({'flask', 'sqlalchemy'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(votes)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stderr.strip() == "[]"


def test_a_real_conversation_gives_the_groups_that_are_known(data_folder: Path) -> None:
    path = data_folder / "opinions" / "canadian-electoral-reform" / "participants-votes.csv"
    found = said(path)
    assert (found["participants"], found["comments"]) == (448, 174)
    assert [len(one) for one in found["groups"].values()] == [260, 21]
