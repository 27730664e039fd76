"""The audit agrees with the platform, byte for byte, and says what it did and what it did not."""

from __future__ import annotations

import ast
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability import audit
from consultation.domain.verifiability.audit import SENTENCES, WORDS, Finding, Report, audit_bundle, typeset
from consultation.domain.verifiability.bundle import bundle_of
from consultation.domain.verifiability.roots import FICTIONAL

from .generated import NUMBERS, Closed, audited, cast, closed, found, opened, plan_with, published

PROGRAM = Path(audit.__file__)
SIZES = (0, 1, 19, 20, 49, 50, 99, 100, 249, 250, 499, 500)
MANY = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


def keys(report: Report) -> set[str]:
    return {finding.key for finding in (*report.checked, *report.left)}


def consultation_of(citizens: list[WeakOrder], physicians: list[WeakOrder], numbers: tuple[int, ...]) -> Closed:
    """A closed consultation with these very ballots."""
    plan = plan_with(combination="mean")
    ballots = [
        (college, order, cast(college, order, numbers, index))
        for college, orders in (("citizens", citizens), ("physicians", physicians))
        for index, order in enumerate(orders)
    ]
    consultation = Closed(plan, numbers, opened(plan, numbers), sorted(ballots, key=lambda one: one[2].commitment))
    consultation.seal()
    return consultation


def assert_agrees(consultation: Closed) -> None:
    """The audit requires the very bytes that the platform publishes; without the openings it has nothing to say."""
    files = published(consultation)
    report = audited(files)
    assert (report.faults, "done.release" in keys(report)) == ([], True), report.as_text("en")
    del files["openings.jsonl"]
    public = audited(files)
    assert (public.faults, {"done.public", "left.openings"} <= keys(public)) == ([], True), public.as_text("en")


@pytest.mark.parametrize(("citizens", "physicians"), [*zip(SIZES, SIZES[7:] + SIZES[:7], strict=True)])
def test_the_audit_gives_the_release_of_the_platform_byte_for_byte(citizens, physicians):
    assert_agrees(closed(citizens, physicians, combination="mean" if citizens % 2 else "none"))


@pytest.mark.parametrize("camps", [(1, 1, 1), (5, 3, 1), (1, 0, 0)], ids=["circle", "clear", "one camp"])
def test_they_agree_on_twelve_recommendations_in_circles_or_not(camps):
    assert_agrees(closed(300, 150, MANY, camps=camps, combination="mean"))


def test_they_agree_on_mean_places_and_on_more_ballots_than_blocks():
    assert_agrees(closed(1100, 999, MANY[:6]))


def test_they_agree_on_a_circle_that_is_taken_from_the_release():
    numbers = tuple(range(1, 22))
    report = audited(published(closed(60, 55, numbers)))
    assert (report.faults, "left.kemeny" in keys(report)) == ([], True)


@pytest.mark.parametrize(
    "plan",
    [
        {"methods": ("schulze",)},
        {"methods": ("schulze", "irv", "copeland")},
        {"minimum_ballots": 101},
        {"minimum_ballots": 61, "combination": "mean"},
        {"bands": (3, 6, 9)},
        {"bands": (4,)},
        {"bands": (50,)},
    ],
    ids=str,
)
def test_they_agree_under_any_lawful_plan(plan):
    assert_agrees(closed(130, 60, MANY[:7], **plan))


@pytest.mark.parametrize("ballots", [20, 60, 130])
def test_they_agree_where_all_is_tied_unanimous_or_alone(ballots):
    tied, strict, alone = (WeakOrder.from_tiers(tiers) for tiers in ([NUMBERS], [[n] for n in NUMBERS], [[24]]))
    for one, other in ((tied, strict), (strict, strict), (alone, tied), (tied, tied)):
        assert_agrees(consultation_of([one] * ballots, [other] * ballots, NUMBERS))
    assert_agrees(consultation_of([alone] * ballots, [alone] * ballots, (24,)))


def test_before_publication_the_audit_tells_no_result():
    """Nobody sees a result before it is published, whoever holds the openings."""
    report = audited(closed(60, 60).files())
    assert report.faults == []
    assert {"done.openings", "left.release"} <= keys(report)
    assert not {"done.order", "done.said"} & keys(report)


def test_it_lists_what_it_did_not_do_again():
    consultation = closed(60, 60)
    assert {"left.reference", "left.days"} <= keys(audited(published(consultation)))
    assert "left.reference" not in keys(audited(published(closed(60, 40))))


def test_data_of_a_demonstration_is_said_to_be_invented():
    report = audited(published(closed(20, 3, notice=FICTIONAL)))
    assert (report.faults, report.facts["notice"]) == ([], FICTIONAL)
    assert "données fictives" in report.as_text("fr")
    assert "données fictives" in report.as_text("en")
    assert FICTIONAL not in audited(published(closed(20, 3))).as_text("fr")


def test_a_bundle_that_was_packed_anew_is_remarked_and_no_fault():
    bundle = bundle_of(published(closed(20, 3)))
    assert audit_bundle(io.BytesIO(bundle)).remarks == []
    for changed in (b"hidden" + bundle, bundle.replace(b"\x00\x00\x21\x00", b"\x00\x00\x22\x00")):
        report = audit_bundle(io.BytesIO(changed))
        assert (report.faults, [one.key for one in report.remarks]) == ([], ["remark.repacked"])


def test_ballots_that_were_set_aside_are_told():
    consultation = closed(20, 3, set_aside={"broken": 2})
    report = audited(consultation.files())
    assert report.faults == []
    assert [(one.key, one.values) for one in report.remarks] == [
        ("remark.set_aside", {"cause": "broken", "ballots": 2, "reason": "Une boîte abîmée."})
    ]


# The program by itself


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small bundle on disk."""
    path = tmp_path_factory.mktemp("bundle") / "bundle.zip"
    path.write_bytes(bundle_of(published(closed(50, 20))))
    return path


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one file, alone in a folder."""
    return Path(shutil.copy(PROGRAM, tmp_path_factory.mktemp("alone")))


def run(program: Path, *arguments: object, language: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run it as a journalist would, without anything of the platform."""
    return subprocess.run(
        [sys.executable, "-I", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=program.parent,
        env={"LANG": language},
    )


def test_it_is_one_file_that_needs_the_standard_library_alone():
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= set(sys.stdlib_module_names) | {"__future__"}


def test_alone_in_a_folder_it_audits_a_bundle_and_ends_with_0(program, bundle):
    outcome = run(program, bundle)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith("Audit of “ia-sante-2018”\n")
    assert outcome.stdout.endswith("No fault was found in what was checked.\n")


def test_it_speaks_french_where_the_terminal_does_or_when_told(program, bundle):
    for outcome in (run(program, bundle, language="fr_FR.UTF-8"), run(program, bundle, "--lang", "fr")):
        assert outcome.stdout.endswith("Aucune faute n’a été trouvée dans ce qui a été contrôlé.\n")
    assert run(program, bundle, "--lang", "en", language="fr_FR.UTF-8").stdout.startswith("Audit of")


def test_its_json_is_for_programs(program, bundle):
    said = json.loads(run(program, bundle, "--json").stdout)
    assert (said["result"], said["number_of_faults"], said["faults"]) == ("clean", 0, [])
    assert said["consultation"] == "ia-sante-2018"
    assert {"checked", "remarks", "not_redone"} <= said.keys()


def test_a_fault_ends_it_with_1_and_says_code_file_and_line(program, bundle, tmp_path):
    files = published(closed(50, 20))
    lines = files["openings.jsonl"].splitlines(keepends=True)
    files["openings.jsonl"] = b"".join([*lines[:4], *lines[5:]])
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundle_of(files))
    outcome = run(program, path, "--json")
    assert outcome.returncode == 1
    (fault,) = json.loads(outcome.stdout)["faults"]
    assert (fault["code"], fault["file"], fault["line"]) == ("dropped", "openings.jsonl", 5)
    text = run(program, path, "--lang", "fr").stdout
    assert "[dropped] openings.jsonl, ligne 5\u00a0: une ligne a été retirée ici" in text


@pytest.mark.parametrize(
    "arguments",
    [[], ["absent.zip"], ["--lang", "de", "x"], ["receipt"], ["compare", "a"], ["receipt", "absent"], ["."]],
)
def test_a_wrong_use_ends_it_with_2_and_prints_nothing(program, arguments):
    outcome = run(program, *arguments)
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert "Traceback" not in outcome.stderr
    assert outcome.stderr


def test_the_help_says_what_an_audit_proves_and_what_it_does_not(program):
    told = run(program, "--help").stdout
    assert "What an audit without fault proves" in told
    assert "What it does not prove" in told


# Its sentences

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("key", SENTENCES)
def test_every_finding_is_said_in_both_languages_with_the_same_values(key):
    english, french = SENTENCES[key]
    assert english != french
    assert set(PLACEHOLDER.findall(english)) == set(PLACEHOLDER.findall(french))
    said = typeset(french, "fr")
    assert not re.search(r"[^\s\u00a0/][;?!»]|[^\u00a0]:|« |«(?!\u00a0)|'", said), said


def test_every_finding_that_the_program_can_make_has_its_sentence_and_no_sentence_is_left_over():
    """Keys that are put together from parts are listed here."""
    source = PROGRAM.read_text(encoding="utf-8").partition("SENTENCES: ")[0]
    named = set(re.findall(r'"([a-z_]+\.[a-z_0-9]+)"', source))
    kinds = ("dropped", "added", "altered", "swapped", "reordered", "duplicated")
    named |= {f"{kind}.value" for kind in kinds} | {f"rules.{kind}" for kind in kinds}
    files = {name for name in named if name.endswith((".json", ".jsonl", ".txt", ".py", ".zip"))}
    assert named - files == set(SENTENCES)


def test_the_words_around_them_are_in_both_languages():
    assert WORDS["en"].keys() == WORDS["fr"].keys()


def test_of_many_faults_alike_the_first_are_listed_and_the_others_counted():
    report = Report()
    for place in range(1, 31):
        report.fault("form.syntax", "openings.jsonl", place)
    assert (len(report.faults), report.number_of_faults) == (20, 30)
    assert "and 10 more of the same kind" in report.as_text("en")
    assert json.loads(report.as_json("en"))["number_of_faults"] == 30


def test_words_of_a_file_cannot_command_a_terminal_nor_fill_it():
    finding = Finding("additional.file", values={}, file=audit.shown("\x1b[2J\n" + "x" * 1000))
    assert finding.where("en").startswith("\\x1b[2J\\nxxx")
    assert len(finding.where("en")) < 220
    assert "\x1b" not in Finding("rules.added", values={"path": "\x1b", "found": ["\x1b"]}).sentence("fr")


def test_an_audit_names_the_consultation_and_its_order_by_college():
    report = audited(published(closed(50, 20)))
    text = report.as_text("fr")
    assert "citoyens (bulletins\u00a0: 50), ordre recompté par la méthode de Schulze\u00a0: " in text
    assert found(report) == set()
