"""What somebody types is understood, whatever it is; what cannot be looked for is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.infrastructure.search.questions import Problem, understood


def first_readings(text: str) -> list[tuple[str, ...]]:
    """What is looked for, as French."""
    return [term[0] for term in understood(text).terms]


def test_each_word_is_a_term_of_its_own() -> None:
    assert first_readings("dossier, hôpital !") == [("dossi",), ("hopital",)]


@pytest.mark.parametrize("text", ['"dossier médical"', "« dossier médical »", "“dossier médical", "dossier-médical"])
def test_words_in_quotes_or_joined_are_a_phrase(text: str) -> None:
    assert first_readings(text) == [("dossi", "medical")]


def test_a_word_is_looked_for_as_french_and_as_english() -> None:
    assert understood("cares").terms == ((("car",), ("care",)),)


def test_a_minus_sign_takes_a_word_out() -> None:
    question = understood('algorithme -"prix du" - -secret')
    assert ([term[0] for term in question.terms], [term[0] for term in question.excluded]) == (
        [("algorithm",)],
        [("prix",), ("secret",)],
    )


@pytest.mark.parametrize(
    "text", ["NEAR(dossier hôpital)", "dossier AND hôpital", "title:dossier hôpital*", "' OR 1=1 --"]
)
def test_an_operator_is_nothing_but_a_word(text: str) -> None:
    question = understood(text)
    assert question.terms
    assert all(stem.isalnum() for term in question.terms for reading in term for stem in reading)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem.EMPTY),
        ("  \n", Problem.EMPTY),
        ("le la de", Problem.COMMON),
        ('"et" the', Problem.COMMON),
        ("?! … \0", Problem.NO_WORD),
        ('"" *', Problem.NO_WORD),
        ("\ud800", Problem.NO_WORD),
        ("🙂", Problem.NO_WORD),
        ("-dossier", Problem.ONLY_EXCLUDED),
        ("dossier " * 2_000, Problem.LONG),
        (" ".join(f"mot{number}" for number in range(13)), Problem.LONG),
    ],
)
def test_what_cannot_be_looked_for_is_named(text: str, problem: Problem) -> None:
    question = understood(text)
    assert question.problem is problem
    assert question.terms == ()


@given(st.text(max_size=200))
def test_any_text_is_a_question_or_has_a_problem(text: str) -> None:
    question = understood(text)
    assert bool(question.terms) is (question.problem is None)
