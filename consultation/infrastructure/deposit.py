"""The deposit: where auditors' bundles are kept, on a disk of its own, readable by their owner alone."""

import os
from pathlib import Path

_in_use: dict[str, Path] = {}


def use(directory: Path) -> None:
    """Keep bundles in this directory from now on."""
    _in_use["directory"] = directory


def place_of(name: str) -> Path:
    """Where the file of this name is, or would be."""
    return _in_use["directory"] / name


def keep(name: str, content: bytes) -> Path:
    """Write a file whole, in place of a former one, and say where; it is on the disk when this returns. OSError."""
    path = place_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f".{name}.unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    _sync(path.parent)
    return path


def remove(name: str) -> None:
    """Delete the file of this name, if there is one; it is gone from the directory when this returns. OSError."""
    path = place_of(name)
    if path.exists():
        path.unlink()
        _sync(path.parent)


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
