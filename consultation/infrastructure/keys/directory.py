"""Keys as files of one directory, created exclusively, flushed to the disk, overwritten before they are removed."""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from consultation.infrastructure.keys.key_store import (
    SIZE,
    KeyMissing,
    KeyPresent,
    KeyStore,
    KeyStoreUnreachable,
    checked_key,
    checked_name,
)

# A link may lead to a copy that nobody destroys, and a pipe would keep its reader waiting.
_AS_IT_LIES = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class DirectoryKeys(KeyStore):
    """Keys as files of one directory, readable by their owner alone.

    The directory is made by others, once: a store that made it would take a volume that is not mounted for an empty
    one, and say of its keys that they are destroyed.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def put(self, name: str, key: bytes) -> None:
        """Store a given key; KeyPresent if the name holds another one. It is on the disk when this returns."""
        file = _file(name)
        try:
            with self._opened() as directory:
                _write_new(directory, file, checked_key(key))
        except FileExistsError as error:
            if not self.holds(name, key):
                raise KeyPresent(name) from error

    def read(self, name: str) -> bytes:
        """The key; KeyMissing if there is none or it is not whole."""
        file = _file(name)
        with self._opened() as directory:
            try:
                descriptor = _open_plain(directory, file, os.O_RDONLY)
            except FileNotFoundError as error:
                raise KeyMissing(name) from error
            with os.fdopen(descriptor, "rb") as lying:
                key = lying.read(SIZE + 1)
        if len(key) != SIZE:
            raise KeyMissing(name)
        return key

    def exists(self, name: str) -> bool:
        """Whether anything lies under this name, even what is no key; no error is taken for an absence."""
        file = _file(name)
        with self._opened() as directory:
            try:
                os.stat(file, dir_fd=directory, follow_symlinks=False)
            except FileNotFoundError:
                return False
        return True

    def destroy(self, name: str) -> None:
        """Overwrite, flush and remove the key file; no proof of erasure on flash or copy-on-write disks."""
        file = _file(name)
        with self._opened() as directory:
            try:
                _overwrite(_open_plain(directory, file, os.O_WRONLY))
                os.unlink(file, dir_fd=directory)
            except FileNotFoundError:
                pass  # removed before, perhaps by a run that stopped short of the flush below
            os.fsync(directory)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """The descriptor of the directory; whatever the system refuses meanwhile is KeyStoreUnreachable."""
        try:
            descriptor = os.open(self._directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                yield descriptor
            finally:
                os.close(descriptor)
        except FileExistsError:
            raise
        except OSError as error:
            raise KeyStoreUnreachable(error.errno, error.strerror, os.fspath(self._directory)) from error


def _file(name: str) -> str:
    return f"{checked_name(name)}.key"


def _write_new(directory: int, file: str, key: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _AS_IT_LIES, 0o600, dir_fd=directory)
    try:
        _write_through(descriptor, key)
        os.fsync(directory)
    except OSError:
        os.unlink(file, dir_fd=directory)  # a full disk would leave part of a key: of no use, and never made again
        raise


def _open_plain(directory: int, file: str, mode: int) -> int:
    """The descriptor of a file that is really one; OSError for a link, a directory or anything else in its place."""
    descriptor = os.open(file, mode | _AS_IT_LIES, dir_fd=directory)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "what lies in the place of a key is not a plain file")
    return descriptor


def _overwrite(descriptor: int) -> None:
    _write_through(descriptor, secrets.token_bytes(max(SIZE, os.fstat(descriptor).st_size)))


def _write_through(descriptor: int, content: bytes) -> None:
    """Write all of it, flush it to the disk, and close."""
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
