"""Words are compared without what people type differently: case, accents, elisions, endings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.infrastructure.search.words import stem_of, words_of

SAME = [
    ("l’hôpital", "hopitaux"),
    ("L'HÔPITAL", "d’hôpitaux"),
    ("cœur", "Coeurs"),
    ("donnée", "données"),
    ("consultée", "consulter"),
    ("généralité", "generale"),
    ("médicales", "medical"),
    ("ﬁnances", "finance"),
    ("jusqu’ici algorithme", "algorithmes"),
    ("e\u0301tude", "études"),
]


def stems(text: str, language: str = "fr") -> list[str]:
    """The stems of a text."""
    return [stem_of(word.folded, language) for word in words_of(text)]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_forms_of_a_french_word_are_one(one: str, other: str) -> None:
    assert stems(one) == stems(other) != []


@pytest.mark.parametrize(("one", "other"), [("patient’s", "patients"), ("Recommendations", "recommended")])
def test_forms_of_an_english_word_are_one(one: str, other: str) -> None:
    assert stems(one, "en") == stems(other, "en") != []


@pytest.mark.parametrize(("one", "other"), [("soin", "soif"), ("décision", "décimale"), ("santé", "saint")])
def test_other_words_stay_others(one: str, other: str) -> None:
    assert stems(one) != stems(other)


def test_words_that_every_text_holds_are_left_out() -> None:
    assert [word.folded for word in words_of("Le dossier de l’accord, et qui est à nous : the file of the Court")] == [
        "dossier",
        "accord",
        "file",
        "court",
    ]


def test_a_single_letter_that_names_something_is_kept() -> None:
    assert [word.folded for word in words_of("l’hépatite B, la vitamine D")] == ["hepatite", "b", "vitamine", "d"]


@given(st.text())
def test_a_word_stands_where_it_is_said_to_and_holds_letters_and_digits_alone(text: str) -> None:
    for word in words_of(text):
        assert 0 <= word.start < word.end <= len(text)
        for language in ("fr", "en"):
            assert stem_of(word.folded, language).isalnum()
