"""Envelopes: files that the holder of one key alone can open, in the age format (https://age-encryption.org/v1)."""

import pyrage


def is_recipient(text: str) -> bool:
    """Whether the text is the public key of a recipient, as `age-keygen` prints it: age1…"""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def sealed_for(recipient: str, content: bytes) -> bytes:
    """The content in an envelope for this recipient, another one each time; ValueError where there is no such key."""
    try:
        key = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise ValueError("no recipient of the age format") from error
    return bytes(pyrage.encrypt(content, [key]))
