"""Passphrases: what is accepted, hashed with argon2id, checked with the same work whether or not the account exists."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from consultation.domain.errors import PassphraseRefused
from consultation.infrastructure import blocklist

# NIST SP 800-63B-4 asks for 15 where nothing else protects the account; the upper bound keeps hashing affordable.
SHORTEST = 15
LONGEST = 200
# One composed character comes from at most four typed ones in any script: beyond, composing is not even tried.
_LONGEST_TYPED = 4 * LONGEST

# OWASP's minimum for argon2id; a rate limit stands before it.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_DUMMY = _hasher.hash("a passphrase that opens nothing")


def check(passphrase: str, address: str = "") -> None:
    """Refuse (PassphraseRefused) a passphrase that is too short, too long or easy to guess for this address."""
    if len(passphrase) > _LONGEST_TYPED or len(_normalised(passphrase)) > LONGEST:
        raise PassphraseRefused(reason="too_long")
    if len(_normalised(passphrase)) < SHORTEST:
        raise PassphraseRefused(reason="too_short")
    if reason := blocklist.reason_against(_normalised(passphrase), address):
        raise PassphraseRefused(reason=reason)


def hash_of(passphrase: str) -> str:
    """The argon2id hash of a passphrase, normalised (NFC) so that two keyboards agree."""
    return _hasher.hash(_normalised(passphrase))


def matches(passphrase_hash: str | None, passphrase: str) -> bool:
    """Whether the passphrase is the one hashed; without a hash, the same work is done and the answer is no."""
    if len(passphrase) > _LONGEST_TYPED:
        return False
    try:
        _hasher.verify(passphrase_hash or _DUMMY, _normalised(passphrase))
    except (VerificationError, InvalidHashError):
        return False
    return passphrase_hash is not None


def _normalised(passphrase: str) -> str:
    return unicodedata.normalize("NFC", passphrase)
