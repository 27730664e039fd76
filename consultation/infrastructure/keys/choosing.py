"""The store of keys that the settings ask for."""

from collections.abc import Sequence
from pathlib import Path

from consultation.infrastructure.keys.directory import DirectoryKeys
from consultation.infrastructure.keys.key_store import KeyStore
from consultation.infrastructure.keys.mirrored import MirroredKeys
from consultation.infrastructure.keys.production import ProductionKeys
from consultation.infrastructure.keys.service import KeyService
from consultation.settings import Settings


def store_for(settings: Settings) -> KeyStore:
    """The key service where there is one, else the directories; only those of the demonstration are made here."""
    if settings.is_demo:
        for directory in settings.key_directories:
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _store_at(settings)
    return ProductionKeys(_store_at(settings))


def keys_in(directories: Sequence[Path]) -> KeyStore:
    """The keys of one directory, or those that several hold in common."""
    stores = [DirectoryKeys(directory) for directory in directories]
    return stores[0] if len(stores) == 1 else MirroredKeys(stores)


def _store_at(settings: Settings) -> KeyStore:
    if settings.key_service:
        return KeyService(settings.key_service, settings.key_service_token)
    return keys_in(settings.key_directories)
