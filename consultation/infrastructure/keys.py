"""Keys of consultations, outside the database and its backups (BALLOT.md, Keys and rows)."""

import os
import re
import secrets
from pathlib import Path
from typing import Protocol

_NAME = re.compile(r"[a-z0-9-]+", re.ASCII)
SIZE = 32


class KeyMissing(Exception):
    """No key has this name in the store."""


class KeyPresent(Exception):
    """A key of this name exists already: it is never made again."""


class KeyStore(Protocol):
    """A store of 32-byte keys by name; `read` is called at each use and its answer never kept."""

    def create(self, name: str) -> bytes:
        """Make a random key; KeyPresent if the name is taken."""

    def read(self, name: str) -> bytes:
        """The key; KeyMissing if there is none."""

    def exists(self, name: str) -> bool:
        """Whether a key of this name is present."""

    def destroy(self, name: str) -> None:
        """Overwrite and remove the key; nothing happens where there is none."""


class DirectoryKeys:
    """Keys as files of one directory, readable by their owner alone."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def create(self, name: str) -> bytes:
        """Make a random key; KeyPresent if the name is taken. It is on the disk when this returns."""
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = secrets.token_bytes(SIZE)
        try:
            descriptor = os.open(self._path(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise KeyPresent(name) from error
        try:
            _write_through(descriptor, key)
        except OSError:
            self._path(name).unlink()  # a full disk would leave an empty key, which can neither serve nor be made again
            raise
        self._sync_directory()
        return key

    def read(self, name: str) -> bytes:
        """The key; KeyMissing if there is none or it is not whole."""
        try:
            key = self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise KeyMissing(name) from error
        if len(key) != SIZE:
            raise KeyMissing(name)
        return key

    def exists(self, name: str) -> bool:
        """Whether a key of this name is present."""
        return self._path(name).exists()

    def destroy(self, name: str) -> None:
        """Overwrite, flush and remove the key file; no proof of erasure on flash or copy-on-write disks."""
        try:
            descriptor = os.open(self._path(name), os.O_WRONLY)
        except FileNotFoundError:
            return
        _write_through(descriptor, secrets.token_bytes(SIZE))
        self._path(name).unlink(missing_ok=True)
        self._sync_directory()

    def _path(self, name: str) -> Path:
        if _NAME.fullmatch(name) is None:
            raise ValueError("a key's name is made of lower-case letters, digits and hyphens")
        return self._directory / f"{name}.key"

    def _sync_directory(self) -> None:
        descriptor = os.open(self._directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class MemoryKeys:
    """The twin of DirectoryKeys that keeps keys in memory."""

    def __init__(self) -> None:
        self._keys: dict[str, bytes] = {}

    def create(self, name: str) -> bytes:
        """Make a random key; KeyPresent if the name is taken."""
        if name in self._keys:
            raise KeyPresent(name)
        return self._keys.setdefault(name, secrets.token_bytes(SIZE))

    def read(self, name: str) -> bytes:
        """The key; KeyMissing if there is none."""
        if name not in self._keys:
            raise KeyMissing(name)
        return self._keys[name]

    def exists(self, name: str) -> bool:
        """Whether a key of this name is present."""
        return name in self._keys

    def destroy(self, name: str) -> None:
        """Remove the key; nothing happens where there is none."""
        self._keys.pop(name, None)


_in_use: dict[str, KeyStore] = {}


def use(keys: KeyStore) -> None:
    """Make this the store that services read from; it replaces the former one."""
    _in_use["store"] = keys


def store() -> KeyStore:
    """The store in use."""
    return _in_use["store"]


def _write_through(descriptor: int, content: bytes) -> None:
    try:
        os.write(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
