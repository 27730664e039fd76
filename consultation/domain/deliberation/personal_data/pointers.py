"""What a pointer says: which passage, and what it seems to be."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]
Finder = Callable[[str], Iterable[Span]]


class Kind(StrEnum):
    """What a passage seems to be; the order is that of precedence where two would cover the same words."""

    NIR = "nir"
    IBAN = "iban"
    EMAIL = "email"
    PHONE = "phone"
    RPPS = "rpps"
    BIRTH = "birth"
    PATIENT = "patient"
    POSTAL = "postal"


@dataclass(frozen=True)
class Pointer:
    """A passage of a text, from `start` up to and without `end`, that seems to identify somebody."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Finders:
    """What libraries know: telephone numbers in a text, and the check digits of others, written without blanks."""

    phone_numbers: Finder
    is_nir: Callable[[str], bool]
    is_iban: Callable[[str], bool]
    is_rpps: Callable[[str], bool]
