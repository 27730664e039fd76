"""What a change does to the words of a text, and which changes readers are told of."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.deliberation.revisions import FREE_FOR, Change, Piece, differences, is_told

POSTED = datetime(2018, 3, 12, 11, tzinfo=UTC)
TEXTS = st.text("ab é’.\n\t", max_size=60)


@pytest.mark.parametrize(
    ("after", "is_answered", "told"),
    [
        (timedelta(0), False, False),
        (FREE_FOR, False, False),
        (FREE_FOR + timedelta(microseconds=1), False, True),
        (timedelta(0), True, True),
        (timedelta(days=9), True, True),
    ],
)
def test_readers_are_told_after_a_quarter_of_an_hour_or_once_somebody_answered(
    after: timedelta, is_answered: bool, told: bool
) -> None:
    assert is_told(POSTED, POSTED + after, is_answered=is_answered) is told


def test_words_are_compared_and_not_letters() -> None:
    assert differences("Le médecin garde la main.", "Le médecin tient bien la main.") == [
        Piece(Change.KEPT, "Le médecin"),
        Piece(Change.REMOVED, " garde"),
        Piece(Change.ADDED, " tient bien"),
        Piece(Change.KEPT, " la main."),
    ]


@given(TEXTS, TEXTS)
def test_the_pieces_make_both_texts_again(former: str, new: str) -> None:
    pieces = differences(former, new)
    assert "".join(one.text for one in pieces if one.change is not Change.ADDED) == former
    assert "".join(one.text for one in pieces if one.change is not Change.REMOVED) == new
    assert all(one.text and one.blank + one.words == one.text for one in pieces)


@given(TEXTS)
def test_a_text_that_did_not_change_is_kept_whole(text: str) -> None:
    assert {one.change for one in differences(text, text)} <= {Change.KEPT}


def test_a_text_of_one_word_repeated_is_compared_in_no_time() -> None:
    pieces = differences("a " * 999 + "b", "b " + "a " * 999)
    assert "".join(one.text for one in pieces if one.change is not Change.ADDED) == "a " * 999 + "b"
