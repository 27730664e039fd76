"""What a display name may be, and why another may not."""

import unicodedata

from consultation.domain.errors import NameRefused
from consultation.domain.names.keys import key_of
from consultation.domain.names.reserved import is_of_college, is_of_institution, is_of_team
from consultation.domain.names.spelling import (
    has_floods_of_marks,
    is_hidden,
    is_letter,
    is_of_everyday_alphabet,
    is_of_one_script,
    is_spelled,
)

MAXIMUM = 40
MINIMUM_LETTERS = 2
_RAW_MAXIMUM = 10 * MAXIMUM  # compatibility forms unfold: nothing longer is worth unfolding
_ORGANISER_MINIMUM = 4  # a shorter one would be found by chance inside other names


def accepted(text: str, organiser: str = "") -> str:
    """The name as it will be shown, normalised (NFKC, single spaces); NameRefused says why it cannot be.

    Nobody is named after the organiser of their consultation.
    """
    text = text.strip()
    if len(text) > _RAW_MAXIMUM:
        raise NameRefused(reason="too_long")
    if any(is_hidden(character) for character in text):
        raise NameRefused(reason="hidden_characters")
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if reason := _fault_of(name, organiser):
        raise NameRefused(reason=reason)
    return name


def _fault_of(name: str, organiser: str) -> str | None:
    """The first rule that a normalised name breaks, as the code of its reason, or None."""
    faults = {
        "character": not is_spelled(name),
        "marks": has_floods_of_marks(name),
        "too_long": len(name) > MAXIMUM,
        "too_short": sum(is_letter(character) for character in name) < MINIMUM_LETTERS,
        "mixed_scripts": not is_of_one_script(name),
        "alphabet": not is_of_everyday_alphabet(name),
        "reserved": is_of_team(name),
        "institution": is_of_institution(name),
        "college": is_of_college(name),
        "organiser": _is_of_organiser(name, organiser),
    }
    return next((reason for reason, is_broken in faults.items() if is_broken), None)


def _is_of_organiser(name: str, organiser: str) -> bool:
    key, its_key = key_of(name), key_of(organiser)
    return bool(its_key) and (key == its_key or (len(its_key) >= _ORGANISER_MINIMUM and its_key in key))
