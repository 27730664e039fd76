"""The keys of production: none of the demonstration's, whose receipts and lines say that they are invented."""

import errno

from consultation.infrastructure.keys.key_store import KeyStore

DEMONSTRATION = "demonstration-"


class DemonstrationKeyRefused(PermissionError):
    """A key of the demonstration was asked for in production."""


class ProductionKeys(KeyStore):
    """A store that neither makes nor reads keys of the demonstration; any that are there can be destroyed."""

    def __init__(self, store: KeyStore) -> None:
        self._store = store

    def put(self, name: str, key: bytes) -> None:
        """Store a given key; KeyPresent if the name holds another one, DemonstrationKeyRefused for such a name."""
        _refuse_demonstration(name)
        self._store.put(name, key)

    def read(self, name: str) -> bytes:
        """The key; KeyMissing if there is none, DemonstrationKeyRefused for such a name, there or not."""
        _refuse_demonstration(name)
        return self._store.read(name)

    def exists(self, name: str) -> bool:
        """Whether a key of this name is present."""
        return self._store.exists(name)

    def destroy(self, name: str) -> None:
        """Destroy the key; nothing happens where there is none."""
        self._store.destroy(name)


def _refuse_demonstration(name: str) -> None:
    if name.startswith(DEMONSTRATION):
        raise DemonstrationKeyRefused(errno.EPERM, "production takes no key of the demonstration")
