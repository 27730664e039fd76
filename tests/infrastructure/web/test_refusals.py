"""Every refusal that the rules can utter has its sentence, in both languages, and its status."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from consultation.domain import errors
from consultation.domain.errors import RuleBroken
from consultation.infrastructure.web.refusals import SENTENCES, in_words, sentence_of, status_of

PACKAGE = Path(errors.__file__).parents[1]
VALUES = {
    "current": "open",
    "target": "draft",
    "missing": ("moderators",),
    "faults": (),
    "entry": 1,
    "cause": "x",
    "number": 1,
    "examples": "x",
}


def kinds(kind: type[RuleBroken] = RuleBroken) -> Iterator[type[RuleBroken]]:
    """Every kind of refusal."""
    yield kind
    for child in kind.__subclasses__():
        yield from kinds(child)


def reasons_uttered() -> Iterator[tuple[str, str]]:
    """Code and reason of every refusal that the product raises with a reason written in place."""
    by_name = {kind.__name__: kind.code for kind in kinds()}
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in by_name:
                for given in call.keywords:
                    if given.arg == "reason" and isinstance(given.value, ast.Constant):
                        yield by_name[call.func.id], str(given.value.value)


@pytest.mark.parametrize("kind", sorted(set(kinds()), key=lambda kind: kind.__name__))
def test_every_refusal_has_a_sentence(kind: type[RuleBroken]) -> None:
    assert kind.code in SENTENCES or any(code.startswith(f"{kind.code}.") for code in SENTENCES)


def test_every_kind_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in kinds()]
    assert len(set(codes)) == len(codes)


def test_every_reason_that_is_uttered_has_a_sentence() -> None:
    uttered = set(reasons_uttered())
    assert uttered
    assert {f"{code}.{reason}" for code, reason in uttered} <= set(SENTENCES)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_can_be_said(app: Flask, context: None, language: str) -> None:
    with force_locale(language):
        said = {code: str(sentence) % VALUES for code, sentence in SENTENCES.items()}
    assert all(said.values())
    assert [code for code, sentence in said.items() if "%" in sentence] == []


def test_french_is_another_sentence_than_english(app: Flask, context: None) -> None:
    for code, sentence in SENTENCES.items():
        with force_locale("fr"):
            french = str(sentence)
        with force_locale("en"):
            assert str(sentence) != french, code


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.NotSignedIn, 401),
        (errors.Missing, 404),
        (errors.NotAModerator, 403),
        (errors.NotOpen, 409),
        (errors.EmptyRanking, 422),
        (errors.KeyUnavailable, 503),
        (RuleBroken, 400),
    ],
)
def test_a_kind_decides_the_status(kind: type[RuleBroken], status: int) -> None:
    assert status_of(kind()) == status


def test_a_code_inside_a_sentence_is_said_in_words(app: Flask, context: None) -> None:
    with force_locale("en"):
        assert sentence_of(errors.OpeningRefused(missing=("recommendations", "moderators"))) == (
            "The consultation cannot open yet. Missing: at least one recommendation; two moderators."
        )
        faults = (errors.EntryRefused(entry=2, reason="repeated"), errors.EntryRefused(entry=3, reason="shape"))
        assert sentence_of(errors.ImportRefused(faults=faults)) == (
            "Nothing was imported: entry 2 has the number of an earlier entry; entry 3 is not made of named fields."
        )
        assert in_words("unheard of") == "unheard of"
