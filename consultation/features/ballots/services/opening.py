"""The key of a consultation, made once, when it opens."""

import uuid

from consultation.features.ballots.models import Urn, fingerprint_of, key_name
from consultation.infrastructure import keys
from consultation.infrastructure.database import session


def make_key(consultation_id: uuid.UUID) -> None:
    """Make the key and note its fingerprint; a key left by an opening that failed has served nobody and is taken."""
    store, name = keys.store(), key_name(consultation_id)
    key = store.read(name) if store.exists(name) else store.create(name)
    session.add(Urn(consultation_id=consultation_id, key_fingerprint=fingerprint_of(key)))
    session.flush()
