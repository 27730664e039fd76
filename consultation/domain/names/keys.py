"""What stays of a name once all that eyes pass over is gone: two names with one key look the same.

Keys are stored: whoever changes this table writes a migration that draws them again. A test holds it against the list
of Unicode Technical Standard 39, chapter 4.
"""

import unicodedata

PUNCTUATION = frozenset(" -‐'’ʼʻ.·・׳་")
_DRAWN_LONG = frozenset("\u0640")  # the tatweel only stretches an Arabic word

# Case is folded first, so a letter stands for both its forms: where only one of them looks like a Latin letter, it
# decides (Greek Ν is taken for N, although ν looks like v: a name all in capitals is the easier disguise).
_LATIN = dict(zip("015iıłøđħŧƀƙƴɓɗʋɩɨʉ", "olslllodhtbkybdullu", strict=True)) | {
    "ƨ": "2", "ȝ": "3", "ʒ": "3", "ƽ": "s", "ȣ": "8", "ƅ": "b", "ƍ": "g", "ʀ": "r", "ɖ": "d", "ƒ": "f", "ɠ": "g",
    "ƿ": "p", "þ": "p", "ȼ": "c", "ǥ": "g", "ɉ": "j", "ɍ": "r", "ɏ": "y", "ƶ": "z", "ƈ": "c", "ƥ": "p", "ƭ": "t",
    "ẝ": "f", "ɣ": "y", "ỿ": "y", "æ": "ae", "œ": "oe", "ŋ": "n", "ɲ": "n", "ɛ": "e", "ǝ": "e", "ə": "e",
}  # fmt: skip
_CYRILLIC = dict(zip("авекмнорстухѕіјԁԛԝһгпьґ", "abekmhopctyxsljdqwhrnbr", strict=True)) | {
    "з": "3", "ӡ": "3", "б": "6", "ҽ": "e", "ԍ": "g", "ӏ": "l", "ү": "y", "ӕ": "ae", "ы": "bl", "ю": "lo", "ґ": "r",
    "ғ": "f", "қ": "k", "ҟ": "k", "ң": "h", "ҳ": "x", "ҫ": "c", "ұ": "y", "ә": "e", "ө": "o", "ѳ": "o",
}  # fmt: skip
_GREEK = dict(zip("αβεζηικμνορτυχωγϝϳϻ", "abezhlkmnoptyxwyfjm", strict=True))
_ARMENIAN = dict(zip("քցհոռօգզտսա", "fghnnoqqsuw", strict=True))
_OTHERS = dict(zip("ყჿዐሀⴹⵏⵔⵕⴸⵝଠഠဝ", "yooueloqvxooo", strict=True)) | dict(
    zip("کیىہהヘリニカロエトハター", "كييهהへり二力口工卜八夕一", strict=True)
)
_LOOK_ALIKES = str.maketrans(_LATIN | _CYRILLIC | _GREEK | _ARMENIAN | _OTHERS)
_PAIRS_ALIKE = (("rn", "m"), ("vv", "w"))


def key_of(name: str) -> str:
    """What stays of a name without case, accents, punctuation and look-alike letters: equal keys look the same."""
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).casefold())
    bare = "".join(character for character in folded if not "\u0300" <= character <= "\u036f")
    key = bare.translate(_LOOK_ALIKES)
    for pair, alike in _PAIRS_ALIKE:
        key = key.replace(pair, alike)
    return "".join(one for one in key if one not in PUNCTUATION and one not in _DRAWN_LONG)
