"""`consultation audit`: the stand-alone audit under the name of the house, which needs nothing but the files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consultation.cli import main
from consultation.domain.verifiability.bundle import files_of

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "domain" / "verifiability" / "golden"
BUNDLE, RECEIPT = GOLDEN / "bundle.zip", GOLDEN / "receipt.json"


def run(*arguments: object, language: str = "en_GB.UTF-8") -> Result:
    """Run the command on the test's own streams."""
    return CliRunner(env={"LANG": language}).invoke(main, ["audit", *map(str, arguments)])


def test_a_bundle_is_audited() -> None:
    outcome = run(BUNDLE)
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith("Audit of “ia-sante-2018”\n")
    assert outcome.stdout.endswith("No fault was found in what was checked.\n")


def test_it_says_what_the_program_by_itself_says() -> None:
    program = ROOT / "consultation" / "domain" / "verifiability" / "audit.py"
    for arguments in ((BUNDLE, "--json"), (BUNDLE, "--lang", "fr"), ("receipt", RECEIPT, "--bundle", BUNDLE, "--json")):
        alone = subprocess.run(
            [sys.executable, "-I", program, *arguments], capture_output=True, encoding="utf-8", check=True
        )
        assert run(*arguments).stdout == alone.stdout


def test_options_stand_before_the_bundle_or_after_it() -> None:
    assert run("--lang", "fr", BUNDLE).stdout == run(BUNDLE, "--lang", "fr").stdout
    assert json.loads(run("--json", BUNDLE).stdout) == json.loads(run(BUNDLE, "--json").stdout)


def test_it_speaks_the_language_of_the_terminal() -> None:
    assert run(BUNDLE, language="fr_FR.UTF-8").stdout.startswith("Audit de «\u00a0ia-sante-2018\u00a0»\n")


def test_a_receipt_is_looked_up_in_a_bundle() -> None:
    said = json.loads(run("receipt", RECEIPT, "--bundle", BUNDLE, "--json").stdout)
    assert (said["result"], said["in_list"]) == ("clean", True)


def test_two_chains_are_compared(tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_bytes(chain())
    second.write_bytes(b"".join(chain().splitlines(keepends=True)[:3]))
    outcome = run("compare", first, second)
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert "both chains are the same as far as both go (lines: 3)" in outcome.stdout


def chain() -> bytes:
    """The chain of the golden bundle."""
    return files_of(BUNDLE.read_bytes())["roots.jsonl"]


def test_faults_are_told_and_end_it_with_1_and_one_line_on_standard_error(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(BUNDLE.read_bytes()[:-100])
    outcome = run(path)
    assert outcome.exit_code == 1
    assert "[zip]" in outcome.stdout
    assert outcome.stderr == "consultation: Faults: 1\n"
    assert json.loads(run(path, "--json").stdout)["result"] == "fault"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["absent.zip"], "Invalid value for 'BUNDLE': File 'absent.zip' does not exist."),
        (["receipt"], "Missing argument 'RECEIPT'."),
        (["compare", str(RECEIPT)], "Missing argument 'B.jsonl'."),
        ([str(BUNDLE), "--lang", "de"], "Invalid value for '--lang': 'de' is not one of 'fr', 'en'."),
        (["--nothing", str(BUNDLE)], "No such option '--nothing'."),
    ],
)
def test_wrong_use_is_one_line_and_status_2(arguments: list[str], reason: str) -> None:
    outcome = run(*arguments)
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr.startswith(f"consultation: {reason}")
    assert outcome.stderr.count("\n") == 1


def test_its_help_names_the_commands() -> None:
    told = run("--help").stdout
    assert "BUNDLE | COMMAND" in told
    for name in ("receipt", "compare"):
        assert f"  {name} " in told
    assert "Check a receipt" in run("receipt", "--help").stdout


def test_it_needs_no_settings_no_database_and_no_web_application() -> None:
    script = (
        "import sys; from consultation.cli import main\n"
        f"try: main(['audit', {str(BUNDLE)!r}])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "print([one for one in ('flask', 'sqlalchemy', 'alembic', 'numpy') if one in sys.modules])"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT, env={"LANG": "C.UTF-8"}
    )
    assert outcome.stdout.endswith("[]\n")
