"""`consultation tally`: its JSON, its page, its refusals, and that it needs nothing but the file."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from consultation.cli import main
from consultation.cli.tally import command
from consultation.cli.tally.counted import Counted
from consultation.cli.tally.sentences import SENTENCES, sentence
from consultation.cli.tally.words import LANGUAGES, Words
from consultation.domain.social_choice.bootstrap import file_seed
from consultation.domain.social_choice.explanation import Message, Value
from consultation.domain.social_choice.formats.recognition import read
from consultation.domain.social_choice.reasons import REASONS
from consultation.domain.social_choice.tally import tally

ROOT = Path(__file__).parents[2]
TREES = """\
#/Candidates: Oak ; Elm ; Ash
Oak > Elm * 4
Elm > Ash > Oak * 3
Ash * 2
/EMPTY_RANKING/
"""
CIRCLE = "A > B > C * 4\nB > C > A * 3\nC > A > B * 2\n"


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    """A small election with a blank ballot."""
    path = tmp_path / "trees.cvotes"
    path.write_text(TREES, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    """Run the command on the test's own streams."""
    return CliRunner().invoke(main, ["tally", *map(str, arguments)])


def said(*arguments: object) -> dict[str, Any]:
    """Run the command for its JSON."""
    outcome = run(*arguments, "--json")
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    return json.loads(outcome.stdout)  # type: ignore[no-any-return]


def test_the_json_says_the_whole_count(trees: Path) -> None:
    assert said(trees) == {
        "ballots": 10,
        "blank": 1,
        "alternatives": ["Oak", "Elm", "Ash"],
        "pairwise": [[0, 4, 4], [3, 0, 7], [5, 2, 0]],
        "unranked": "last",
        "methods": {
            "schulze": {"order": [["Oak", "Elm"], ["Ash"]]},
            "ranked_pairs": {"order": [["Oak", "Elm"], ["Ash"]]},
            "kemeny": {"order": [["Oak"], ["Elm"], ["Ash"]], "exact": True, "sole": False, "cost": 10},
            "borda": {"order": [["Elm"], ["Oak"], ["Ash"]], "scores": {"Oak": "10", "Elm": "12", "Ash": "8"}},
            "copeland": {
                "order": [["Oak", "Elm", "Ash"]],
                "duels": {name: {"won": 1, "tied": 0, "lost": 1} for name in ("Oak", "Elm", "Ash")},
            },
            "irv": {
                "winner": "Oak",
                "order": [["Oak"], ["Elm"], ["Ash"]],
                "rounds": [
                    {"votes": {"Oak": "13/3", "Elm": "10/3", "Ash": "7/3"}, "exhausted": 0, "eliminated": ["Ash"]},
                    {"votes": {"Oak": "11/2", "Elm": "9/2"}, "exhausted": 0, "eliminated": ["Elm"]},
                    {"votes": {"Oak": "10"}, "exhausted": 0, "eliminated": []},
                ],
            },
        },
        "condorcet_winner": None,
        "smith_set": ["Oak", "Elm", "Ash"],
        "intervals": {},
    }


def test_the_rule_of_the_unranked_is_that_asked_for_or_the_files_own_or_last(trees: Path) -> None:
    assert said(trees)["unranked"] == "last"
    assert said(trees, "--unranked", "no-opinion")["unranked"] == "no-opinion"
    trees.write_text(f"#/Implicit Ranking: false\n{TREES}", encoding="utf-8")
    assert said(trees)["unranked"] == "no-opinion"
    assert said(trees, "--unranked", "last")["unranked"] == "last"


def test_only_the_methods_asked_for_are_counted(trees: Path) -> None:
    assert list(said(trees, "--method", "borda")["methods"]) == ["borda"]
    assert list(said(trees, "--method", "irv", "--method", "schulze")["methods"]) == ["irv", "schulze"]


def test_resamples_are_drawn_from_the_file_or_from_a_seed_and_can_be_repeated(trees: Path) -> None:
    first, again = said(trees, "--bootstrap", 200), said(trees, "--bootstrap", 200)
    assert first == again
    assert first["bootstrap"] == {"resamples": 200, "seed": file_seed(TREES.encode()).hex()}
    assert first["intervals"].keys() == first["chance_of_first"].keys() == {"Oak", "Elm", "Ash"}
    assert all(1 <= low <= high <= 3 for low, high in first["intervals"].values())
    seeded = said(trees, "--bootstrap", 200, "--seed", 7)
    assert seeded["bootstrap"]["seed"] == file_seed(b"7").hex()
    assert seeded["methods"] == first["methods"]


def test_the_page_puts_the_orders_side_by_side_and_says_why(trees: Path) -> None:
    outcome = run(trees, "--bootstrap", 100)
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert "Ballots: 10. Alternatives: 3." in outcome.stdout
    assert "What a ballot leaves unranked comes after all that it ranks." in outcome.stdout
    assert "in 95% of 100 resamples" in outcome.stdout
    for heading in ("Schulze", "Ranked pairs", "Kemeny", "Borda", "Copeland", "Instant run-off", "Between", "First"):
        assert heading in outcome.stdout
    assert "- The duels lead round in a circle among “Oak”, “Elm” and “Ash”" in outcome.stdout
    assert "- “Elm” wins its duel against “Ash” by 7 to 2." in outcome.stdout


def test_the_rounds_of_the_run_off_are_shown_where_it_is_asked_for(trees: Path) -> None:
    assert "First places in each round" in run(trees, "--method", "irv").stdout
    assert "First places in each round" not in run(trees).stdout


def test_the_page_speaks_french(trees: Path) -> None:
    outcome = run(trees, "--language", "fr")
    assert outcome.exit_code == 0
    assert "Bulletins\u00a0: 10. Propositions\u00a0: 3." in outcome.stdout
    assert "- «\u00a0Elm\u00a0» gagne son duel contre «\u00a0Ash\u00a0» par 7 à 2." in outcome.stdout


VALUES: dict[str, Value] = {
    "first": 1,
    "second": 2,
    "through": (3,),
    "members": (1, 2, 3),
    **dict.fromkeys(("before", "after", "each", "strength", "forth", "back"), 17),
}


@pytest.mark.parametrize("identifier", REASONS)
def test_every_reason_is_said_in_both_languages_from_the_values_that_it_names(trees: Path, identifier: str) -> None:
    file = read(trees.read_bytes(), trees.name)
    counted = Counted(file, tally(file.profile()))
    message = Message(identifier, {name: VALUES[name] for name in REASONS[identifier]})
    sentences = {sentence(message, counted, Words.of_language(language)) for language in LANGUAGES}
    assert len(sentences) == len(LANGUAGES)
    for words in sentences:
        assert "%(" not in words
        assert "%%" not in words
        assert all(name in words for name in file.names if "members" in message.values)


def test_every_reason_has_its_sentence() -> None:
    assert SENTENCES.keys() == REASONS.keys()


def test_a_malformed_file_is_refused_in_one_line(trees: Path) -> None:
    trees.write_text("#/Candidates: Oak ; Elm\nOak > > Elm\n", encoding="utf-8")
    outcome = run(trees)
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr == "consultation: trees.cvotes: line 2: a rank is empty: “Oak > > Elm”\n"
    assert gc.isenabled()


def test_what_would_not_fit_in_memory_is_refused(trees: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "MOST_RANKS", 20)
    outcome = run(trees, "--bootstrap", 100)
    assert (outcome.exit_code, outcome.stderr.count("\n")) == (1, 1)
    assert outcome.stderr == "consultation: trees.cvotes: at most 6 of these ballots are resampled\n"
    monkeypatch.setattr(command, "MOST_COUNTED", 2)
    assert run(trees).stderr == "consultation: trees.cvotes: at most 2 alternatives are counted, not 3\n"


@pytest.mark.parametrize("text", ["A", "A\nA = B", "/EMPTY/ * 3\n", CIRCLE])
def test_small_and_empty_elections_are_counted(tmp_path: Path, text: str) -> None:
    path = tmp_path / "small.cvotes"
    path.write_text(f"#/Candidates: A ; B ; C\n{text}", encoding="utf-8")
    assert run(path, "--bootstrap", 40).exit_code == 0
    assert said(path)["alternatives"] == ["A", "B", "C"]


def test_an_election_without_a_ballot_ties_all(tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    path.write_text('{"alternatives": ["A", "B"], "ballots": []}', encoding="utf-8")
    assert said(path)["methods"]["schulze"] == {"order": [["A", "B"]]}
    assert "No ballot was counted: all are tied." in run(path).stdout


def test_a_count_needs_no_database_no_settings_and_no_web_application(trees: Path) -> None:
    script = (
        "import sys\nfrom consultation.cli import main\n"
        "try:\n    main()\nfinally:\n"
        "    print([one for one in ('flask', 'sqlalchemy', 'babel', 'consultation.app') if one in sys.modules])"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", script, "tally", str(trees), "--json"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )
    count, loaded = outcome.stdout.splitlines()
    assert json.loads(count)["ballots"] == 10
    assert loaded == "[]"
