"""The characters of a name: letters of one alphabet in use, ASCII digits, and a little punctuation."""

import unicodedata

from consultation.domain.names.keys import PUNCTUATION

MARKS_PER_BASE = 3
_DIGITS = frozenset("0123456789")  # ASCII: others look like letters, or like other digits
_PLAIN = PUNCTUATION | _DIGITS
# Letters, marks and symbols that are drawn as nothing although their category does not say so.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SPELLING_CATEGORIES = frozenset({"Lu", "Ll", "Lo", "Lt", "Lm", "Mn", "Mc"})
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# Scripts in common use (Unicode Standard Annex 31, table 5), and the Tifinagh of Berber languages.
_EVERYDAY = frozenset(
    [
        *("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC", "THAANA", "ETHIOPIC", "TIFINAGH"),
        *("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM"),
        *("SINHALA", "THAI", "LAO", "TIBETAN", "MYANMAR", "KHMER", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO", "CJK"),
    ]
)
# Letters of these scripts that no language in use is written with: phonetic, historical, drawn small, turned round.
_UNUSUAL = (
    ("\u01c0", "\u01c3"), ("\u0370", "\u0377"), ("\u03d0", "\u03ff"), ("\u0460", "\u0489"), ("\u1c80", "\u1c8f"),
    ("\u1d00", "\u1dbf"), ("\u1d2b", "\u1d2b"), ("\u2c60", "\u2c7f"), ("\u2de0", "\u2dff"), ("\ua640", "\ua69f"),
    ("\ua722", "\ua7ff"), ("\uab30", "\uab6f"), ("\u2c00", "\u2c5f"), ("\U00010780", "\U000107bf"),
    ("\U0001df00", "\U0001dfff"),
)  # fmt: skip
_PHONETIC = ("\u0250", "\u02af")
_WRITTEN_TODAY = frozenset("ɓɔɖɗəɛɠɣɨɩɲʉʊʋʌɦʃʒ")  # of the phonetic ones, those of African alphabets
_STRUCK = frozenset("\u0334\u0335\u0336\u0337\u0338\u20d2\u20d3")  # marks that cross a letter out
# Japanese and Korean write with several scripts at once.
_SCRIPTS_TOGETHER = ({"CJK", "HIRAGANA", "KATAKANA"}, {"CJK", "HANGUL"}, {"CJK", "BOPOMOFO"})
_KIN = {"IDEOGRAPHIC": "CJK", "KATAKANA-HIRAGANA": "KATAKANA"}


def is_hidden(character: str) -> bool:
    """Whether a character is drawn as nothing, or changes the order in which others are read."""
    is_variation_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return is_variation_selector or character in _BLANK or unicodedata.category(character) in _HIDDEN_CATEGORIES


def is_letter(character: str) -> bool:
    """Whether a character is a letter, apostrophes apart that Unicode counts among letters."""
    return unicodedata.category(character).startswith("L") and character not in PUNCTUATION


def is_spelled(name: str) -> bool:
    """Whether a name is made of letters, ASCII digits, marks and a little punctuation.

    The first character is no punctuation so that no spreadsheet takes the name for a formula.
    """
    return not name or (
        (is_letter(name[0]) or name[0] in _DIGITS)
        and all(character in _PLAIN or unicodedata.category(character) in _SPELLING_CATEGORIES for character in name)
    )


def has_floods_of_marks(name: str) -> bool:
    """Whether marks pile up over a letter, cross letters out, or outnumber the letters that they stand on."""
    # What Unicode writes as one letter with its accents is a letter; what is left over is heaped by hand.
    loose = sum("\u0300" <= character <= "\u036f" for character in unicodedata.normalize("NFC", name))
    letters = sum(map(is_letter, name))
    return not _STRUCK.isdisjoint(name) or _highest_pile_of_marks(name) > MARKS_PER_BASE or loose > max(letters, 3)


def is_of_one_script(name: str) -> bool:
    """Whether all letters are of one script, or of those that one language writes together."""
    scripts = _scripts_of(name)
    return len(scripts) <= 1 or any(scripts <= together for together in _SCRIPTS_TOGETHER)


def is_of_everyday_alphabet(name: str) -> bool:
    """Whether all letters are of a script in common use, and such as a language of today is written with."""
    return _scripts_of(name) <= _EVERYDAY and not any(map(_is_unusual, name))


def _is_unusual(character: str) -> bool:
    if _PHONETIC[0] <= character <= _PHONETIC[1]:
        return character not in _WRITTEN_TODAY
    return any(first <= character <= last for first, last in _UNUSUAL)


def _highest_pile_of_marks(name: str) -> int:
    """The most combining marks that stand on one letter."""
    highest = pile = 0
    for character in unicodedata.normalize("NFD", name):
        pile = pile + 1 if unicodedata.category(character) == "Mn" else 0
        highest = max(highest, pile)
    return highest


def _scripts_of(name: str) -> set[str]:
    # The standard library knows no scripts, but the name of every letter begins with that of its own.
    words = {unicodedata.name(character, "?").split()[0] for character in name if is_letter(character)}
    return {_KIN.get(word, word) for word in words}
