"""Several copies of every key: all are written or none, one is enough to read, all must be gone."""

import errno
import hmac
from collections.abc import Sequence
from contextlib import suppress

from consultation.infrastructure.keys.key_store import (
    CopiesDiffer,
    KeyMissing,
    KeyPresent,
    KeyStore,
    KeyStoreUnreachable,
)


class MirroredKeys(KeyStore):
    """The same keys in every one of these stores."""

    def __init__(self, stores: Sequence[KeyStore]) -> None:
        self._stores = tuple(stores)

    def put(self, name: str, key: bytes) -> None:
        """Write the key to every store that lacks it; KeyPresent if one holds another, and then none is written.

        Where one refuses halfway, those written before it are destroyed again, as far as they can be reached.
        """
        lacking = [store for store in self._stores if not store.exists(name)]
        if not all(store.holds(name, key) for store in self._stores if store not in lacking):
            raise KeyPresent(name)
        try:
            for store in lacking:
                store.put(name, key)
        except BaseException:
            _take_back(lacking, name, key)
            raise

    def read(self, name: str) -> bytes:
        """The key of the first store that has it; CopiesDiffer when another store has another one."""
        found, unreachable = self._found(name)
        if not found and unreachable:
            raise unreachable
        if not found:
            raise KeyMissing(name)
        if not all(hmac.compare_digest(found[0], other) for other in found):
            raise CopiesDiffer(errno.EIO, "two copies of a key differ")
        return found[0]

    def exists(self, name: str) -> bool:
        """Whether any copy is left; False only when every store says so."""
        unreachable = None
        for store in self._stores:
            try:
                if store.exists(name):
                    return True
            except KeyStoreUnreachable as error:
                unreachable = error
        if unreachable:
            raise unreachable
        return False

    def destroy(self, name: str) -> None:
        """Destroy every copy that can be reached; KeyStoreUnreachable, in the end, if one could not."""
        unreachable = None
        for store in self._stores:
            try:
                store.destroy(name)
            except KeyStoreUnreachable as error:
                unreachable = error
        if unreachable:
            raise unreachable

    def _found(self, name: str) -> tuple[list[bytes], KeyStoreUnreachable | None]:
        found, unreachable = [], None
        for store in self._stores:
            try:
                found.append(store.read(name))
            except KeyMissing:
                continue
            except KeyStoreUnreachable as error:
                unreachable = error
        return found, unreachable


def _take_back(stores: Sequence[KeyStore], name: str, key: bytes) -> None:
    """Destroy this very key where it was written; a key that somebody else made meanwhile stays."""
    for store in stores:
        with suppress(KeyStoreUnreachable):
            if store.holds(name, key):
                store.destroy(name)
