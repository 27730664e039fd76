"""Words of a stranger's file inside a sentence of ours: on one line, short, and harmless to a terminal."""

from __future__ import annotations

_LONGEST_QUOTE = 40
# French puts them before high punctuation; every other space or invisible character is shown as its escape.
_NARROW_SPACES = "\u00a0\u202f"


def printable(text: str) -> str:
    """Return the text with every character that could break a line or command a terminal as its escape."""
    return "".join(
        sign if sign.isprintable() or sign in _NARROW_SPACES else sign.encode("unicode_escape").decode("ascii")
        for sign in text
    )


def quoted(text: str) -> str:
    """Quote words of a file: their first forty characters."""
    return f"“{printable(text[:_LONGEST_QUOTE])}{'…' if len(text) > _LONGEST_QUOTE else ''}”"
