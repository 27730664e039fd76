"""Passphrases that are long and yet guessed first: found here, without asking any service."""

import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

_FILE = Path(__file__).with_name("common_passphrases.txt")
_SERVICE = ("consultation", "recommandation", "recommendation", "conseilnationaldelordredesmedecins")
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
)
_NEIGHBOURS = {pair for row in _ROWS for way in (row, row[::-1]) for pair in pairwise(way)}
# What a passphrase still needs beside what everybody could expect in it.
_OF_ONE_S_OWN = 8
_MOSTLY = 0.75


def reason_against(passphrase: str, address: str = "") -> str | None:
    """Why a passphrase (NFC) would be guessed: repeated, sequence, common or expected; None when it would not."""
    bare = _bare(passphrase)
    if _is_repeated(passphrase.casefold()):
        return "repeated"
    if _is_sequence(bare):
        return "sequence"
    if bare in _common():
        return "common"
    return "expected" if _is_expected(bare, address) else None


@cache
def _common() -> frozenset[str]:
    return frozenset(_bare(line) for line in _FILE.read_text(encoding="utf-8").splitlines() if line.strip())


def _bare(text: str) -> str:
    """Letters and digits alone, without case or accents: how a guesser would write it."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in folded if character.isalnum())


def _is_repeated(text: str) -> bool:
    """Whether a unit of at most a third of the text makes it up, or hardly any character differs from the others."""
    makes_it_up = any(text == (text[:size] * len(text))[: len(text)] for size in range(1, len(text) // 3 + 1))
    return makes_it_up or len(set(text)) < 5


def _is_sequence(bare: str) -> bool:
    steps = list(pairwise(bare))
    return bool(steps) and sum(step in _NEIGHBOURS for step in steps) >= _MOSTLY * len(steps)


def _is_expected(bare: str, address: str) -> bool:
    """Whether little is left once the names of the service and of the person are taken out."""
    expected = [*_SERVICE, *(_bare(part) for part in (address, *address.split("@")))]
    left = bare
    for word in sorted((word for word in expected if len(word) >= 4), key=len, reverse=True):
        left = left.replace(word, "")
    return left != bare and len(left) < _OF_ONE_S_OWN
