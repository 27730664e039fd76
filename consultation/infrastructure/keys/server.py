"""The small service that keeps the keys for several hosts: a WSGI application over one store, which writes no log."""

import hmac
from collections.abc import Callable, Iterable
from http import HTTPMethod, HTTPStatus
from wsgiref.types import StartResponse, WSGIEnvironment

from consultation.infrastructure.keys.key_store import SIZE, KeyMissing, KeyPresent, KeyStore
from consultation.infrastructure.keys.service import MARK, PATH

Answer = tuple[HTTPStatus, bytes]


class KeyServer:
    """Answers PUT, GET, HEAD and DELETE of /keys/<name> to whoever has the token.

    404 is said of a key alone, after a look at the store; what is wrong with a request is 400, with the store 503.
    """

    def __init__(self, store: KeyStore, token: str) -> None:
        self._store = store
        self._authorization = f"Bearer {token}".encode()
        self._acts: dict[str, Callable[[str, WSGIEnvironment], Answer]] = {
            HTTPMethod.PUT: self._put,
            HTTPMethod.GET: self._get,
            HTTPMethod.HEAD: self._head,
            HTTPMethod.DELETE: self._delete,
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        status, body = self._answer(environ)
        headers = [MARK, ("Cache-Control", "no-store")]
        if status is not HTTPStatus.NO_CONTENT:
            headers += [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(body)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        given = str(environ.get("HTTP_AUTHORIZATION", "")).encode(errors="replace")
        if not hmac.compare_digest(given, self._authorization):
            return HTTPStatus.UNAUTHORIZED, b""
        act = self._acts.get(environ["REQUEST_METHOD"])
        path = str(environ["PATH_INFO"])
        if act is None or not path.startswith(PATH):
            return HTTPStatus.BAD_REQUEST, b""
        try:
            return act(path.removeprefix(PATH), environ)
        except KeyMissing:
            return HTTPStatus.NOT_FOUND, b""
        except KeyPresent:
            return HTTPStatus.CONFLICT, b""
        except ValueError:
            return HTTPStatus.BAD_REQUEST, b""
        except OSError:
            return HTTPStatus.SERVICE_UNAVAILABLE, b""

    def _put(self, name: str, environ: WSGIEnvironment) -> Answer:
        if environ.get("CONTENT_LENGTH") != str(SIZE):
            return HTTPStatus.BAD_REQUEST, b""
        self._store.put(name, environ["wsgi.input"].read(SIZE))
        return HTTPStatus.CREATED, b""

    def _get(self, name: str, _environ: WSGIEnvironment) -> Answer:
        return HTTPStatus.OK, self._store.read(name)

    def _head(self, name: str, _environ: WSGIEnvironment) -> Answer:
        return HTTPStatus.OK if self._store.exists(name) else HTTPStatus.NOT_FOUND, b""

    def _delete(self, name: str, _environ: WSGIEnvironment) -> Answer:
        self._store.destroy(name)
        return HTTPStatus.NO_CONTENT, b""
