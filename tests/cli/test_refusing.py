"""What stops a command is said in one line on standard error: exit 1 refused, exit 2 wrong use."""

from pathlib import Path

import pytest

from consultation.settings import PREFIX

URL = f"{PREFIX}DATABASE_URL"


@pytest.mark.parametrize(
    "command",
    [
        "--nothing",
        "nothing",
        "consultation nothing",
        "consultation open",
        "consultation open a b",
        "users grant anne@example.org pope essai",
        "export essai --dataset results --format papyrus --out x",
        "export essai",
    ],
)
def test_a_wrong_use_is_told_in_one_line(operator, command):
    assert operator.types(command, 2).stdout == ""


@pytest.mark.parametrize(
    "command",
    ["consultation open", "consultation close", "consultation publish", "recommendations import"],
)
def test_a_slug_that_nobody_has_is_named_in_the_refusal(operator, recommendations, command):
    rest = f" {recommendations}" if "import" in command else ""
    refused = operator.types(f"{command} nothing-here{rest}", 1)
    assert refused.stderr == "consultation: No consultation has the slug “nothing-here”.\n"


def test_the_terminal_speaks_french_where_lang_says_so(operator):
    refused = operator.types("consultation open rien", 1, LANG="fr_FR.UTF-8")
    assert refused.stderr == "consultation: Aucune consultation n’a le nom d’adresse «\u00a0rien\u00a0».\n"


@pytest.mark.parametrize("language", ["", "C.UTF-8", "de_DE.UTF-8"])
def test_the_terminal_speaks_english_otherwise(operator, draft, language):
    refused = operator.types(f"consultation open {draft}", 1, LANG=language)
    assert refused.stderr == (
        "consultation: The consultation cannot open yet. Missing: at least one recommendation; two moderators; a "
        "counting plan that is public.\n"
    )


def test_a_database_without_tables_asks_for_the_migrations(operator, tmp_path: Path):
    refused = operator.types("consultation open essai", 1, **{URL: f"sqlite:///{tmp_path / 'empty.sqlite'}"})
    assert "The database lacks tables" in refused.stderr
    assert "consultation db upgrade" in refused.stderr


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("postgresql+psycopg://somebody:hidden-word@127.0.0.1:1/x", "cannot be reached: Connection refused"),
        ("sqlite:////nowhere/at/all.sqlite", "cannot be reached: unable to open database file"),
        ("mysql://somebody:hidden-word@127.0.0.1/x", "A package is missing: MySQLdb"),
        ("unknown://somebody:hidden-word@127.0.0.1/x", f"{URL} is not the address of a database"),
        ("somebody:hidden-word", f"{URL} is not the address of a database"),
    ],
)
def test_a_database_that_cannot_be_reached_is_told_without_its_password(operator, url, cause):
    refused = operator.types("consultation open essai", 1, **{URL: url})
    assert cause in refused.stderr
    assert "somebody" not in refused.output
    assert "hidden-word" not in refused.output


def test_settings_that_forbid_a_start_are_all_named(operator):
    refused = operator.types("consultation open essai", 1, CONSULTATION_ENVIRONMENT="", CONSULTATION_SECRET_KEY="short")
    assert "CONSULTATION_ENVIRONMENT" in refused.stderr
    assert "CONSULTATION_SECRET_KEY" in refused.stderr


def test_a_command_that_is_refused_leaves_nothing(operator, draft, tmp_path: Path):
    file = tmp_path / "two.yaml"
    file.write_text("- {number: 1, title: Un, text: Un texte.}\n- {number: 0, title: Deux, text: Un autre.}\n")
    assert "Nothing was imported" in operator.types(f"recommendations import {draft} {file}", 1).stderr
    assert "at least one recommendation" in operator.types(f"consultation open {draft}", 1).stderr
