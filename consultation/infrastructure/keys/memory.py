"""The twin of the stores that keeps keys in memory."""

from consultation.infrastructure.keys.key_store import KeyMissing, KeyPresent, KeyStore, checked_key, checked_name


class MemoryKeys(KeyStore):
    """Keys in the memory of this process."""

    def __init__(self) -> None:
        self._keys: dict[str, bytes] = {}

    def put(self, name: str, key: bytes) -> None:
        """Store a given key; KeyPresent if the name holds another one."""
        if self._keys.setdefault(checked_name(name), checked_key(key)) != key:
            raise KeyPresent(name)

    def read(self, name: str) -> bytes:
        """The key; KeyMissing if there is none."""
        if not self.exists(name):
            raise KeyMissing(name)
        return self._keys[name]

    def exists(self, name: str) -> bool:
        """Whether a key of this name is present."""
        return checked_name(name) in self._keys

    def destroy(self, name: str) -> None:
        """Remove the key; nothing happens where there is none."""
        self._keys.pop(checked_name(name), None)
