"""Display names: what is accepted, and when two of them look the same (after Unicode Technical Standard 39)."""

import re
import unicodedata

from consultation.domain.errors import NameRefused

MAXIMUM = 40
MINIMUM_LETTERS = 2
MARKS_PER_BASE = 3
_RAW_MAXIMUM = 10 * MAXIMUM  # compatibility forms unfold: nothing longer is worth unfolding
_DIGITS = frozenset("0123456789")  # ASCII: others look like letters, or like other digits
_PUNCTUATION = frozenset(" -‐'’.")
_PLAIN = _PUNCTUATION | _DIGITS
# Letters, marks and symbols that are drawn as nothing although their category does not say so.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SPELLING_CATEGORIES = frozenset({"Lu", "Ll", "Lo", "Lt", "Lm", "Mn", "Mc"})
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# Japanese and Korean write with several scripts at once.
_SCRIPTS_TOGETHER = ({"CJK", "HIRAGANA", "KATAKANA"}, {"CJK", "HANGUL"})

# Case is folded first, so a letter stands for both its forms: where only one of them looks like a Latin letter, it
# decides (Greek Ν is taken for N, although ν looks like v: a name all in capitals is the easier disguise).
_LOOK_ALIKES = str.maketrans(
    dict(zip("авекмнорстухѕіјԁԛԝһгпьґ", "abekmhopctyxsljdqwhrnbr", strict=True))  # Cyrillic
    | dict(zip("αβεζηικμνορτυχωγ", "abezhlkmnoptyxwy", strict=True))  # Greek
    | dict(zip("015iıłøđħŧ", "olslllodht", strict=True))  # Latin, and ASCII digits
)
_PAIRS_ALIKE = (("rn", "m"), ("vv", "w"))


def accepted(text: str) -> str:
    """The name as it will be shown, normalised (NFKC, single spaces); NameRefused says why it cannot be."""
    text = text.strip()
    if len(text) > _RAW_MAXIMUM:
        raise NameRefused(reason="too_long")
    if any(_is_hidden(character) for character in text):
        raise NameRefused(reason="hidden_characters")
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if reason := _fault_of(name):
        raise NameRefused(reason=reason)
    return name


def key_of(name: str) -> str:
    """What stays of a name without case, accents, punctuation and look-alike letters: equal keys look the same."""
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).casefold())
    bare = "".join(character for character in folded if not "\u0300" <= character <= "\u036f")
    key = bare.translate(_LOOK_ALIKES)
    for pair, alike in _PAIRS_ALIKE:
        key = key.replace(pair, alike)
    return "".join(character for character in key if character not in _PUNCTUATION)


_RESERVED_AS_WORDS = (
    "admin",
    "assistance",
    "cnom",
    "doctor",
    "dr",
    "dre",
    "équipe",
    "official",
    "officiel",
    "ordre",
    "pr",
    "root",
    "staff",
    "support",
    "system",
    "système",
    "team",
    "webmaster",
)
_RESERVED_ANYWHERE = (
    "administrateur",
    "administratrice",
    "administrator",
    "docteur",
    "modérateur",
    "modératrice",
    "moderator",
    "modération",
    "organisateur",
    "organisatrice",
    "organiser",
    "organizer",
)
_WORD_KEYS = frozenset(key_of(word) for word in _RESERVED_AS_WORDS)
_STEM_KEYS = tuple(key_of(word) for word in _RESERVED_ANYWHERE)


def _fault_of(name: str) -> str | None:
    """The first rule that a normalised name breaks, as the code of its reason, or None."""
    faults = {
        "character": not _is_spelled(name),
        "marks": _highest_pile_of_marks(name) > MARKS_PER_BASE,
        "too_long": len(name) > MAXIMUM,
        "too_short": sum(_is_letter(character) for character in name) < MINIMUM_LETTERS,
        "mixed_scripts": not _is_of_one_script(name),
        "reserved": _is_reserved(name),
    }
    return next((reason for reason, is_broken in faults.items() if is_broken), None)


def _is_hidden(character: str) -> bool:
    is_variation_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return is_variation_selector or character in _BLANK or unicodedata.category(character) in _HIDDEN_CATEGORIES


def _is_letter(character: str) -> bool:
    return unicodedata.category(character).startswith("L")


def _is_spelled(name: str) -> bool:
    """Whether a name is made of letters, ASCII digits, marks and a little punctuation.

    The first character is no punctuation so that no spreadsheet takes the name for a formula.
    """
    return not name or (
        (_is_letter(name[0]) or name[0] in _DIGITS)
        and all(character in _PLAIN or unicodedata.category(character) in _SPELLING_CATEGORIES for character in name)
    )


def _highest_pile_of_marks(name: str) -> int:
    """The most combining marks that stand on one letter."""
    highest = pile = 0
    for character in unicodedata.normalize("NFD", name):
        pile = pile + 1 if unicodedata.category(character) == "Mn" else 0
        highest = max(highest, pile)
    return highest


def _is_of_one_script(name: str) -> bool:
    # The standard library knows no scripts, but the name of every letter begins with that of its own.
    scripts = {unicodedata.name(character, "?").split()[0] for character in name if _is_letter(character)}
    return len(scripts) <= 1 or any(scripts <= together for together in _SCRIPTS_TOGETHER)


def _is_reserved(name: str) -> bool:
    key = key_of(name)
    spellings = (name, name.replace(".", ""))  # Dr.House, and D.R. House
    words = {key_of(word) for spelling in spellings for word in re.split(r"[\s\-‐'’.]+", spelling)}
    return not _WORD_KEYS.isdisjoint({key, *words}) or any(stem in key for stem in _STEM_KEYS)
