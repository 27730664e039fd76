"""Numbers that carry their own proof: one with a wrong check digit is nobody's."""

import re
from collections.abc import Callable, Iterator

from consultation.domain.deliberation.personal_data.pointers import Finder, Span

_BETWEEN = re.compile(r"[\s.\-]")


def checked_numbers(shape: re.Pattern[str], is_valid: Callable[[str], bool]) -> Finder:
    """A finder of what has this shape and, once its blanks, dots and hyphens are gone, is valid."""

    def found(text: str) -> Iterator[Span]:
        for match in shape.finditer(text):
            if is_valid(_BETWEEN.sub("", match["number"]).upper()):
                yield match.span("number")

    return found
