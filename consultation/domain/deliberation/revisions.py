"""Changes of a text that is public: which of them readers are told of, and what they did to its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from enum import StrEnum

FREE_FOR = timedelta(minutes=15)
_WORDS = re.compile(r"\s*\S+|\s+\Z")


class Change(StrEnum):
    """What became of a piece of text from one revision to the next."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Words that share their fate; the pieces kept and removed make the former text, those kept and added the new."""

    change: Change
    text: str

    @property
    def words(self) -> str:
        """The piece without the blank before it."""
        return self.text.lstrip()

    @property
    def blank(self) -> str:
        """The blank before the words, which nobody adds or removes for its own sake."""
        return self.text[: len(self.text) - len(self.words)]


def is_told(posted_at: datetime, now: datetime, *, is_answered: bool) -> bool:
    """Whether readers are told of a change: after a quarter of an hour, or once somebody replied or reacted.

    A reaction or a reply given to one text must never seem to speak of another.
    """
    return is_answered or now - posted_at > FREE_FOR


def differences(former: str, new: str) -> list[Piece]:
    """The pieces by which a text differs from the one before, word by word, in reading order."""
    return list(_pieces(_WORDS.findall(former), _WORDS.findall(new)))


def _pieces(former: list[str], new: list[str]) -> Iterator[Piece]:
    # Very frequent words anchor nothing (autojunk), which keeps a text of one word repeated from costing minutes.
    for tag, begin, end, new_begin, new_end in SequenceMatcher(None, former, new).get_opcodes():
        if tag == "equal":
            yield Piece(Change.KEPT, "".join(former[begin:end]))
            continue
        if end > begin:
            yield Piece(Change.REMOVED, "".join(former[begin:end]))
        if new_end > new_begin:
            yield Piece(Change.ADDED, "".join(new[new_begin:new_end]))
