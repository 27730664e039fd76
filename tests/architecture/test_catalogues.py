"""The French catalogue is whole: every sentence of the code is in it, with its placeholders and its typography."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
METHODS = [("consultation/**.py", "python"), ("templates/**", "jinja2")]
OPTIONS = {"templates/**": {"silent": "false", "trimmed": "true", "newstyle_gettext": "true"}}
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
# A high punctuation mark after a letter or a digit, without the space that French puts before it.
BARE = re.compile(r"(?:[\w»)] ?(?<! )[;!?»](?![\w/]))|(?:« )|(?: »)|(?:\w :)|(?:'\w)")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The French catalogue."""
    with (ROOT / "consultation/translations/fr/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="fr")


def messages() -> dict[str | tuple[str, ...], str]:
    """Every sentence of the code, with the first place it stands at."""
    found: dict[str | tuple[str, ...], str] = {}
    for folder in ("consultation", "templates"):
        extracted = extract_from_dir(
            ROOT / folder,
            [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in METHODS if pattern.startswith(folder)],
            {pattern.removeprefix("templates/"): options for pattern, options in OPTIONS.items()},
            KEYWORDS,
        )
        for name, line, message, _comments, _context in extracted:
            found.setdefault(message, f"{folder}/{name}:{line}")
    return found


def test_every_sentence_is_translated(catalogue: Catalog) -> None:
    missing = []
    for message, place in messages().items():
        singular = message[0] if isinstance(message, tuple) else message
        entry = catalogue.get(singular)
        strings = entry.string if entry and isinstance(entry.string, tuple) else (entry.string if entry else "",)
        if not all(strings):
            missing.append(f"{place}: {singular}")
    assert missing == []


def test_no_sentence_is_left_over(catalogue: Catalog) -> None:
    used = {message[0] if isinstance(message, tuple) else message for message in messages()}
    left = [entry.id for entry in catalogue if entry.id]
    assert [one for one in left if (one[0] if isinstance(one, (tuple, list)) else one) not in used] == []


def test_a_translation_keeps_the_placeholders(catalogue: Catalog) -> None:
    for entry in catalogue:
        if entry.id and isinstance(entry.string, str):
            assert set(PLACEHOLDER.findall(str(entry.id))) == set(PLACEHOLDER.findall(entry.string)), entry.id


def test_french_punctuation_keeps_its_spaces(catalogue: Catalog) -> None:
    strings = [
        string
        for entry in catalogue
        if entry.id
        for string in (entry.string if isinstance(entry.string, tuple) else (entry.string,))
    ]
    assert [string for string in strings if BARE.search(re.sub(r"https?://\S+|%\(\w+\)s", "X", string))] == []
