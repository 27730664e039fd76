"""What every store of keys promises: 32 bytes under a name, made once, never overwritten, gone when destroyed."""

import hmac
import re
import secrets
from abc import ABC, abstractmethod

_NAME = re.compile(r"[a-z0-9-]{1,128}", re.ASCII)
SIZE = 32


class KeyMissing(Exception):
    """No key has this name in the store."""


class KeyPresent(Exception):
    """Another key of this name exists already: it is never made again."""


class KeyStoreUnreachable(OSError):
    """The store, or a copy of it, gives no answer to be relied on: nothing follows about a key, least of all a new one.

    What the system refuses arrives as this error, in the words of the system.
    """


class CopiesDiffer(KeyStoreUnreachable):
    """Two copies hold two keys under one name, and nothing tells which was in use."""


class KeyStore(ABC):
    """A store of 32-byte keys by name; `read` is called at each use and its answer never kept.

    ValueError for a name that is not made of lower-case letters, digits and hyphens; KeyStoreUnreachable from any of
    them when there is no answer.
    """

    def create(self, name: str) -> bytes:
        """Make a random key; KeyPresent if the name is taken. It is stored for good when this returns."""
        key = secrets.token_bytes(SIZE)
        self.put(name, key)
        return key

    @abstractmethod
    def put(self, name: str, key: bytes) -> None:
        """Store a given key of 32 bytes; KeyPresent if the name holds another one, or what is no key."""

    @abstractmethod
    def read(self, name: str) -> bytes:
        """The key; KeyMissing if there is none or it is not whole."""

    @abstractmethod
    def exists(self, name: str) -> bool:
        """Whether there is anything under this name, whole or not; False is said only by a store that has looked."""

    @abstractmethod
    def destroy(self, name: str) -> None:
        """Overwrite and remove the key; nothing happens where there is none."""

    def holds(self, name: str, key: bytes) -> bool:
        """Whether the name holds this very key."""
        try:
            return hmac.compare_digest(self.read(name), key)
        except KeyMissing:
            return False


def checked_name(name: str) -> str:
    """The name of a key, as given; ValueError unless it is made of lower-case letters, digits and hyphens."""
    if _NAME.fullmatch(name) is None:
        raise ValueError("a key's name is made of lower-case letters, digits and hyphens")
    return name


def checked_key(key: bytes) -> bytes:
    """The key, as given; ValueError unless it has 32 bytes."""
    if len(key) != SIZE:
        raise ValueError(f"a key has {SIZE} bytes")
    return key
