"""Public identifiers: short, random, unambiguous when read aloud."""

import re

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
LENGTH = 12
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def public_identifier(random_bytes: bytes) -> str:
    """Twelve characters (60 bits) from eight random bytes; ValueError on any other length."""
    if len(random_bytes) != 8:
        raise ValueError("eight random bytes are needed")
    number = int.from_bytes(random_bytes)
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(LENGTH))


def is_public_identifier(text: str) -> bool:
    """Whether the text can be a public identifier: anything else names no row, and some databases refuse to look."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET)


def is_slug(text: str) -> bool:
    """Whether the text can stand in an address: ASCII letters, digits and single hyphens, 64 at most."""
    return len(text) <= 64 and _SLUG.fullmatch(text) is not None
