"""The order of what is found: a number that both databases sort by, higher first.

What is put to debate stands before what people say of it. Among consultations the one that opened last comes first,
followed by its recommendations by number; among comments the newest day comes first, and within a day the order
follows their random identifiers, so that it tells no hour. The number is the key of the index: results come out of it
already sorted, and nothing is weighed against anything else.
"""

import uuid
from datetime import date

from consultation.domain.identifiers import ALPHABET

TEXTS = 1 << 62
BELOW_A_DAY = 46
_NUMBERS = 20
_EPOCH = date(1970, 1, 1).toordinal()
_LAST_DAY = (1 << 16) - 1
_DIGITS = 10  # fifty bits of a public identifier


def place_of_text(day: date, consultation_id: uuid.UUID, number: int = 0) -> int:
    """The place of a consultation (number 0) or of one of its recommendations."""
    family = consultation_id.int >> (128 - BELOW_A_DAY + _NUMBERS)
    return TEXTS | _day(day) | family << _NUMBERS | ((1 << _NUMBERS) - 1 - number)


def place_of_comment(day: date, comment_id: str) -> int:
    """The place of what somebody wrote on a day."""
    drawn = 0
    for character in comment_id[:_DIGITS]:
        drawn = drawn << 5 | ALPHABET.index(character)
    return _day(day) | drawn >> (5 * _DIGITS - BELOW_A_DAY)


def _day(day: date) -> int:
    return min(max(day.toordinal() - _EPOCH, 0), _LAST_DAY) << BELOW_A_DAY
