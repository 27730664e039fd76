"""Tokens: signed ones for links in mails, random ones for sessions."""

import hashlib
import secrets

from flask import current_app
from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer

from consultation.domain.errors import TokenInvalid
from consultation.infrastructure import clock


class _ClockSigner(TimestampSigner):
    """Dates its signatures by the one clock."""

    def get_timestamp(self) -> int:
        """The present moment, by our clock (seconds)."""
        return int(clock.now().timestamp())


class Signer:
    """Signs and reads short-lived tokens, one purpose apart from another."""

    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key

    def sign(self, purpose: str, *parts: str) -> str:
        """A token that carries these parts, for this purpose alone."""
        return self._serializer(purpose).dumps(list(parts))

    def read(self, purpose: str, token: str, *, max_age: int) -> list[str]:
        """The parts of a token at most `max_age` seconds old; TokenInvalid otherwise."""
        try:
            return [str(part) for part in self._serializer(purpose).loads(token, max_age=max_age)]
        except BadData as error:
            raise TokenInvalid from error

    def _serializer(self, purpose: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._secret_key, salt=f"consultation:{purpose}:1", signer=_ClockSigner)


def signer() -> Signer:
    """The signer of the present application."""
    found: Signer = current_app.extensions["signer"]
    return found


def random_token() -> str:
    """A random token of 256 bits, safe in a cookie and in an address."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is stored of a random token, so that a thief of the database cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()
