"""Boxes: what is stored so that only the holder of a key can read it, or put it anywhere else (AES-256-GCM)."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
BLOCK = 512


class BoxBroken(Exception):
    """The box was not sealed with this key for this place, or has been altered."""


def seal(key: bytes, text: bytes, place: bytes) -> bytes:
    """A box for a 32-byte key: nonce, then the text padded with spaces to a multiple of 512, bound to its place."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text + b" " * (-len(text) % BLOCK), place)


def unsealed(key: bytes, box: bytes, place: bytes) -> bytes:
    """The text of a box, its padding included; BoxBroken unless key and place are those of its sealing."""
    try:
        return AESGCM(key).decrypt(box[:NONCE], box[NONCE:], place)
    except (InvalidTag, ValueError) as error:
        raise BoxBroken from error
