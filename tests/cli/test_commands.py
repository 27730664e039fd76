"""The console script: every command is where the table says, and a refusal is one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from consultation.cli import main


def test_every_command_is_where_the_table_says() -> None:
    context = click.Context(main)
    assert isinstance(main, click.Group)
    for name in main.list_commands(context):
        assert isinstance(main.get_command(context, name), click.Command), name


def test_the_help_tells_every_command_in_a_line() -> None:
    outcome = CliRunner().invoke(main, ["--help"])
    assert outcome.exit_code == 0
    for name in ("serve", "worker", "check", "tally", "users", "export"):
        assert f"  {name} " in outcome.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "reason"),
    [
        (["nothing"], 2, "No such command 'nothing'."),
        (["tally"], 2, "Missing argument 'FILE'."),
        (["tally", "absent.toi"], 2, "Invalid value for 'FILE': File 'absent.toi' does not exist."),
        (["export", "slug"], 2, "Missing option '--dataset'. Choose from: "),
    ],
)
def test_wrong_use_is_one_line_and_status_2(arguments: list[str], status: int, reason: str) -> None:
    outcome = CliRunner().invoke(main, arguments)
    assert (outcome.exit_code, outcome.stdout) == (status, "")
    assert outcome.stderr.startswith(f"consultation: {reason}")
    assert outcome.stderr.count("\n") == 1


def test_settings_that_do_not_allow_a_start_are_one_line_and_status_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULTATION_ENVIRONMENT", "nowhere")
    outcome = CliRunner().invoke(main, ["export", "slug", "--dataset", "results", "--format", "csv", "--out", "x"])
    assert (outcome.exit_code, outcome.stdout, outcome.stderr.count("\n")) == (1, "", 1)
    assert outcome.stderr.startswith("consultation: CONSULTATION_")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_disk_that_is_full_is_told_in_one_line(tmp_path: Path, more: list[str]) -> None:
    ballots = tmp_path / "two.cvotes"
    ballots.write_text("A > B\nB > A\nA > B\n")
    with Path("/dev/full").open("w") as full:
        outcome = subprocess.run(
            [sys.executable, "-c", "from consultation.cli import main; main()", "tally", str(ballots), *more],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert outcome.returncode == 1
    assert outcome.stderr.splitlines() == ["consultation: output: No space left on device"]
