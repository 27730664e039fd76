"""Keys made once, in a store that may have several copies."""

from consultation.domain.errors import KeyUnavailable
from consultation.infrastructure import keys


def made_key(name: str) -> bytes:
    """Make the key of this name; one left by an act that failed has served nobody: it is taken, on every copy.

    KeyUnavailable where the store gives no answer.
    """
    store = keys.store()
    try:
        if not store.exists(name):
            return store.create(name)
        key = store.read(name)
        store.put(name, key)
    except (keys.KeyMissing, OSError) as error:
        raise KeyUnavailable from error
    return key
