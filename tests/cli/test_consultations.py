"""A consultation from its draft to its exports, by commands alone."""

import json
from pathlib import Path

import pytest

STEPS = [
    "1/6 Set the fence",
    "2/6 Check the ballots",
    "3/6 Seal the ballots",
    "4/6 Publish and copy",
    "5/6 Forget the voters",
    "6/6 Scrub the files",
]


def test_recommendations_are_counted_in_the_answer(operator, draft, recommendations):
    done = operator.types(f"recommendations import {draft} {recommendations}")
    assert done.stdout == "2 recommendations imported into “essai”.\n"


@pytest.mark.parametrize(
    "content", [b"- {a: b", b"\xff\xfe\x00", b"- 2020-13-45", b"[" * 1500], ids=["open", "bytes", "date", "deep"]
)
def test_a_file_that_is_not_yaml_is_refused_in_one_line(operator, draft, tmp_path: Path, content):
    file = tmp_path / "file.yaml"
    file.write_bytes(content)
    assert "cannot be read as YAML" in operator.types(f"recommendations import {draft} {file}", 1).stderr


def test_a_draft_opens_once_it_has_what_it_needs(operator, draft, recommendations):
    assert (
        "Missing: at least one recommendation; two moderators" in operator.types(f"consultation open {draft}", 1).stderr
    )
    operator.types(f"recommendations import {draft} {recommendations}")
    for name in ("anne", "paul"):
        operator.types(f"users create {name}@example.org")
        operator.types(f"users grant {name}@example.org moderator {draft}")
    operator.types(f"consultation plan {draft}")
    assert operator.types(f"consultation open {draft}").stdout == "The consultation “essai” is now open.\n"


def test_each_move_says_where_the_consultation_stands(operator, opened):
    closed = operator.types(f"consultation close {opened}")
    assert closed.stderr.splitlines() == STEPS
    assert closed.stdout == "The consultation “essai” is now closed.\n"
    assert operator.types(f"consultation publish {opened}").stdout == "The consultation “essai” is now published.\n"


def test_the_steps_are_told_in_the_language_of_the_terminal(operator, opened):
    closed = operator.types(f"consultation close {opened}", LANG="fr_FR.UTF-8")
    assert closed.stderr.splitlines()[0] == "1/6 Fermer l’urne"
    assert closed.stdout == "La consultation «\u00a0essai\u00a0» est maintenant close.\n"


def test_moves_can_be_read_by_a_program(operator, opened):
    closed = operator.types(f"consultation close {opened} --json")
    assert json.loads(closed.stdout) == {"slug": opened, "phase": "closed"}


def test_closing_twice_changes_nothing(operator, opened):
    operator.types(f"consultation close {opened}")
    assert "is now closed" in operator.types(f"consultation close {opened}").stdout


@pytest.mark.parametrize("move", ["close", "publish"])
def test_a_draft_neither_closes_nor_is_published(operator, draft, move):
    assert "cannot pass from “in preparation”" in operator.types(f"consultation {move} {draft}", 1).stderr


def test_an_open_consultation_opens_once(operator, opened):
    assert "cannot pass from “open” to “open”" in operator.types(f"consultation open {opened}", 1).stderr


def test_results_are_published_once(operator, opened):
    operator.types(f"consultation close {opened}")
    operator.types(f"consultation publish {opened}")
    assert "published already" in operator.types(f"consultation publish {opened}", 1).stderr


def test_results_are_taken_away_once_they_are_published(operator, opened, tmp_path: Path):
    command = f"export {opened} --dataset results --format csv --out {tmp_path / 'out'}"
    assert "not published yet" in operator.types(command, 1).stderr
    assert not (tmp_path / "out").exists()
    operator.types(f"consultation close {opened}")
    operator.types(f"consultation publish {opened}")
    written = operator.types(command).stdout.splitlines()
    assert written
    assert all(Path(path).is_file() for path in written)
    assert json.loads(operator.types(f"{command} --json").stdout)["files"] == written


def test_a_folder_that_cannot_be_written_is_refused_in_one_line(operator, opened, tmp_path: Path):
    operator.types(f"consultation close {opened}")
    operator.types(f"consultation publish {opened}")
    (tmp_path / "file").write_text("")
    refused = operator.types(f"export {opened} --dataset results --format csv --out {tmp_path / 'file' / 'out'}", 1)
    assert str(tmp_path / "file") in refused.stderr


def test_a_new_signing_key_is_told_in_the_record_and_signs_the_next_line(operator, opened):
    first = json.loads(operator.types(f"consultation rotate-key {opened} --reason Un-an. --json").stdout)
    assert first["line"] == 2
    # The second key was a thief's: the ceremony's own audit accepts that the first one takes it back.
    again = operator.types(f"consultation rotate-key {opened} --reason Volée. --last-good 1")
    assert again.stdout == "A new key signs for “essai”: line 3 of its record says so.\n"
    assert operator.types(f"consultation rotate-key {opened}", 2).stderr.endswith("Missing option '--reason'.\n")
    assert operator.types(f"consultation rotate-key {opened} --reason Non. --last-good 9", 1).stderr.count("\n") == 1
    assert operator.types(f"consultation close {opened}").stdout == "The consultation “essai” is now closed.\n"


def test_a_draft_has_no_key_to_be_changed(operator, draft):
    operator_said = operator.types(f"consultation rotate-key {draft} --reason Trop-tôt.", 1).stderr
    assert operator_said.count("\n") == 1
