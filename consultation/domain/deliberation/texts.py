"""The words of a comment: its text and the sources it cites, made clean and kept short."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

TEXT_MAXIMUM = 2000
SOURCES_MAXIMUM = 3
TITLE_MAXIMUM = 200
INTERESTS_MAXIMUM = 200
ADDRESS_MAXIMUM = 500
# Characters that make a reader see another order than the one written (Unicode, Bidirectional Algorithm, 2).
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# More than four accents on one letter are no language's: they only hide the neighbouring lines.
_FLOOD_OF_MARKS = re.compile(
    "([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_HOST = re.compile(r"[^\s/@:\[\]]+\.[^\s/@:\[\]]+")


@dataclass(frozen=True)
class Source:
    """A link that a comment rests on, with the title it is shown by."""

    title: str
    url: str


def clean_text(text: str) -> str:
    """The text with one kind of line end, without control characters, blanks around it or reversed reading.

    Empty when nothing in it can be seen.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = _FLOOD_OF_MARKS.sub(r"\1", lines)
    kept = "".join(one for one in lines if one in "\n\t" or not (_is_control(one) or one in _DIRECTIONS)).strip()
    return kept if any(unicodedata.category(character)[0] in "LNPS" for character in kept) else ""


def clean_title(title: str) -> str:
    """The title on one line, without control characters and without blanks around it."""
    return " ".join("".join(" " if _is_control(character) else character for character in title).split())


def is_web_address(url: str) -> bool:
    """Whether the text is a whole http or https address that leads where it seems to (no user name before the host)."""
    if len(url) > ADDRESS_MAXIMUM or any(character.isspace() or _is_control(character) for character in url):
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "@" not in parts.netloc and _HOST.fullmatch(host) is not None


def host_of(url: str) -> str:
    """The host of a web address, as a reader may want to see it before following a link."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs")
