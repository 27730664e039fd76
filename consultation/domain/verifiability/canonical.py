"""Canonical JSON: one value, one sequence of bytes."""

from __future__ import annotations

import json
import unicodedata

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class NotCanonical(ValueError):
    """A value or a text that has no canonical form, or is not in it."""


def canonical(value: object) -> bytes:
    """Encode objects, lists, texts (made NFC), integers and booleans; floats and nulls are refused (NotCanonical)."""
    text = _ENCODER.encode(_checked(value))
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a text holds half of a surrogate pair") from error


def _checked(value: object) -> object:
    match value:
        case str():
            return value if value.isascii() else unicodedata.normalize("NFC", value)
        case bool() | int():
            return value
        case list() | tuple():
            # A ballot is made of such lists: numbers alone are as they should be.
            return value if set(map(type, value)) <= {int} else [_checked(member) for member in value]
        case dict():
            if not all(isinstance(key, str) and key.isascii() for key in value):
                raise NotCanonical("the keys of an object are ASCII texts")
            return {key: _checked(member) for key, member in value.items()}
    raise NotCanonical(f"{type(value).__name__} has no canonical form")
