"""Keys of consultations, outside the database and its backups (BALLOT.md, Keys and rows)."""

from consultation.infrastructure.keys.choosing import store_for
from consultation.infrastructure.keys.directory import DirectoryKeys
from consultation.infrastructure.keys.key_store import (
    SIZE,
    CopiesDiffer,
    KeyMissing,
    KeyPresent,
    KeyStore,
    KeyStoreUnreachable,
)
from consultation.infrastructure.keys.memory import MemoryKeys
from consultation.infrastructure.keys.mirrored import MirroredKeys
from consultation.infrastructure.keys.production import DemonstrationKeyRefused, ProductionKeys
from consultation.infrastructure.keys.service import KeyService

__all__ = [
    "SIZE",
    "CopiesDiffer",
    "DemonstrationKeyRefused",
    "DirectoryKeys",
    "KeyMissing",
    "KeyPresent",
    "KeyService",
    "KeyStore",
    "KeyStoreUnreachable",
    "MemoryKeys",
    "MirroredKeys",
    "ProductionKeys",
    "store",
    "store_for",
    "use",
]

_in_use: dict[str, KeyStore] = {}


def use(keys: KeyStore) -> None:
    """Make this the store that services read from; it replaces the former one."""
    _in_use["store"] = keys


def store() -> KeyStore:
    """The store in use."""
    return _in_use["store"]
