"""Identifiers: short, unambiguous when read aloud; slugs that can stand in an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.identifiers import ALPHABET, LENGTH, is_public_identifier, is_slug, public_identifier


@given(st.binary(min_size=8, max_size=8))
def test_every_identifier_is_one(random_bytes: bytes) -> None:
    assert is_public_identifier(public_identifier(random_bytes))


def test_the_alphabet_has_nothing_that_is_taken_for_something_else() -> None:
    assert len(set(ALPHABET)) == 32
    assert set("ilou").isdisjoint(ALPHABET)


@given(st.binary(min_size=8, max_size=8), st.binary(min_size=8, max_size=8))
def test_sixty_bits_tell_two_identifiers_apart(one: bytes, other: bytes) -> None:
    same = int.from_bytes(one) % 2**60 == int.from_bytes(other) % 2**60
    assert (public_identifier(one) == public_identifier(other)) is same


@pytest.mark.parametrize("size", [0, 7, 9])
def test_another_number_of_bytes_is_a_mistake(size: int) -> None:
    with pytest.raises(ValueError, match="eight"):
        public_identifier(bytes(size))


@pytest.mark.parametrize(
    "text",
    ["", "0" * (LENGTH - 1), "0" * (LENGTH + 1), "0" * 11 + "i", "0" * 11 + "A", "0" * 11 + "é", "0" * 11 + "\0"],
)
def test_what_cannot_be_an_identifier_is_told_apart(text: str) -> None:
    assert not is_public_identifier(text)


@pytest.mark.parametrize("text", ["a", "ia-sante-2018", "2018", "a-b-c", "a" * 64])
def test_a_slug_is_letters_digits_and_single_hyphens(text: str) -> None:
    assert is_slug(text)


@pytest.mark.parametrize(
    "text",
    ["", "-", "a-", "-a", "a--b", "A", "é", "a b", "a_b", "a/b", "../a", "a.b", "a\n", "a\0", "a" * 65, "٣", "a%2fb"],
)
def test_anything_else_is_no_slug(text: str) -> None:
    assert not is_slug(text)
