"""Keys of a small service that several hosts of the application share on a private network; keys/server.py answers."""

import errno
import ssl
from http import HTTPMethod, HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from consultation.infrastructure.keys.key_store import (
    SIZE,
    KeyMissing,
    KeyPresent,
    KeyStore,
    KeyStoreUnreachable,
    checked_key,
    checked_name,
)

TIMEOUT = 5.0
PATH = "/keys/"
# On every answer of the service: what a proxy or another server says about a path says nothing about a key.
MARK = ("Consultation-Keys", "1")


class KeyService(KeyStore):
    """The keys of the service at a URL (http or https), asked with a token; no proxy, no redirection, no second try."""

    def __init__(self, url: str, token: str, timeout: float = TIMEOUT) -> None:
        self._url = url
        self._parts = urlsplit(url)
        self._token = token
        self._timeout = timeout
        self._tls = ssl.create_default_context() if self._parts.scheme == "https" else None

    def put(self, name: str, key: bytes) -> None:
        """Store a given key; KeyPresent if the name holds another one."""
        asked = {HTTPStatus.CREATED, HTTPStatus.CONFLICT}
        if self._ask(HTTPMethod.PUT, name, asked, checked_key(key))[0] == HTTPStatus.CONFLICT:
            raise KeyPresent(name)

    def read(self, name: str) -> bytes:
        """The key; KeyMissing if there is none or it is not whole."""
        status, key = self._ask(HTTPMethod.GET, name, {HTTPStatus.OK, HTTPStatus.NOT_FOUND})
        if status == HTTPStatus.NOT_FOUND:
            raise KeyMissing(name)
        if len(key) != SIZE:
            raise self._unreachable("the answer is not a key")
        return key

    def exists(self, name: str) -> bool:
        """Whether there is anything under this name, whole or not."""
        return self._ask(HTTPMethod.HEAD, name, {HTTPStatus.OK, HTTPStatus.NOT_FOUND})[0] == HTTPStatus.OK

    def destroy(self, name: str) -> None:
        """Destroy the key; nothing happens where there is none."""
        self._ask(HTTPMethod.DELETE, name, {HTTPStatus.NO_CONTENT})

    def _ask(self, method: str, name: str, expected: set[HTTPStatus], body: bytes = b"") -> tuple[int, bytes]:
        """Status and body of the answer; KeyStoreUnreachable unless the service itself gave one of those expected."""
        path = f"{self._parts.path.rstrip('/')}{PATH}{checked_name(name)}"
        connection = self._connection()
        try:
            connection.request(method, path, body or None, {"Authorization": f"Bearer {self._token}"})
            response = connection.getresponse()
            status, answer = response.status, response.read(SIZE + 1)
            is_marked = response.getheader(MARK[0]) == MARK[1]
        except (OSError, HTTPException) as error:
            raise self._unreachable(getattr(error, "strerror", None) or type(error).__name__) from error
        finally:
            connection.close()
        if not is_marked or status not in expected:
            raise self._unreachable(f"the answer is {status}" if is_marked else "this is no key service")
        return status, answer

    def _connection(self) -> HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._tls is not None:
            return HTTPSConnection(host, port, timeout=self._timeout, context=self._tls)
        return HTTPConnection(host, port, timeout=self._timeout)

    def _unreachable(self, reason: str) -> KeyStoreUnreachable:
        return KeyStoreUnreachable(errno.EIO, reason, self._url)
