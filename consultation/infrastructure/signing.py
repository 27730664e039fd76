"""Ed25519 signatures (RFC 8032) by seeds that lie in the store of keys under names of their own."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class SigningKey:
    """The key of a seed (32 bytes; ValueError for another length), made once for all that one act signs."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of a message, the same each time."""
        return self._key.sign(message)


def public_key(seed: bytes) -> bytes:
    """The 32-byte public key of a seed of 32 bytes; ValueError for another length."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """The 64-byte signature of a message, the same each time, by a seed of 32 bytes; ValueError for another length."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a 64-byte signature of a message is that of this 32-byte public key; False for what is no such thing."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
