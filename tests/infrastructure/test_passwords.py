"""Passphrases: length in characters, two keyboards, and what is guessed first."""

import unicodedata

import pytest

from consultation.domain.errors import PassphraseRefused
from consultation.infrastructure import passwords

FIFTEEN_EMOJI = "😀🐢🌳🚲🎺🍐🧵🪁🦔🏺🧊🛶🎲🪴🦉"


@pytest.mark.parametrize(
    "passphrase",
    [
        "quinze lettres!",
        "la girafe mange huit nuages",
        FIFTEEN_EMOJI,
        "été à la mer bleue",
        "一二三四五六七八九十百千万亿兆",
        "une consultation tranquille au bord de mer",
        "".join(chr(0x4E00 + place) for place in range(200)),
    ],
)
def test_a_long_passphrase_of_one_s_own_is_accepted(passphrase: str) -> None:
    passwords.check(passphrase, "marie.dupont@example.org")


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [
        ("", "too_short"),
        ("quatorze signe", "too_short"),
        (FIFTEEN_EMOJI[:14], "too_short"),
        ("e\N{COMBINING ACUTE ACCENT}" * 14, "too_short"),
        ("giraffe cloud " * 15, "too_long"),
        ("giraffe cloud " * 400, "too_long"),
        ("e" + "\N{COMBINING ACUTE ACCENT}" * 400_000, "too_long"),
        ("correct horse battery staple", "common"),
        ("Correct-Horse-Battery-Staple", "common"),
        ("Liberté, Égalité, Fraternité", "common"),
        ("aaaaaaaaaaaaaaaa", "repeated"),
        ("loup loup loup loup ", "repeated"),
        ("😀" * 15, "repeated"),
        ("123456789012345", "sequence"),
        ("azertyuiop12345678", "sequence"),
        ("zyxwvutsrqponmlk", "sequence"),
        ("consultation2018", "expected"),
        ("marie.dupont@example.org", "expected"),
        ("Marie Dupont 1974", "expected"),
    ],
)
def test_what_is_too_short_too_long_or_easy_to_guess_is_refused_with_its_reason(passphrase: str, reason: str) -> None:
    with pytest.raises(PassphraseRefused) as refusal:
        passwords.check(passphrase, "marie.dupont@example.org")
    assert refusal.value.values == {"reason": reason}


def test_a_character_counts_once_however_the_keyboard_composes_it() -> None:
    composed = "é" * 7 + "àèùçôîï" + "ñ"
    decomposed = unicodedata.normalize("NFD", composed)
    assert (len(composed), len(decomposed)) == (15, 30)
    passwords.check(decomposed)
    assert passwords.matches(passwords.hash_of(composed), decomposed)
    assert passwords.matches(passwords.hash_of(decomposed), composed)


def test_no_character_of_a_long_passphrase_is_left_out() -> None:
    passphrase_hash = passwords.hash_of("a" * 199 + "b")
    assert passwords.matches(passphrase_hash, "a" * 199 + "b")
    assert not passwords.matches(passphrase_hash, "a" * 199 + "c")
    assert not passwords.matches(passphrase_hash, "a" * 199)


def test_without_a_hash_the_answer_is_no() -> None:
    assert not passwords.matches(None, "a passphrase that opens nothing")
    assert not passwords.matches("not a hash", "la girafe mange huit nuages")


def test_a_huge_passphrase_is_refused_before_it_is_hashed() -> None:
    assert not passwords.matches(passwords.hash_of("la girafe"), "a" * 1_000_000)
