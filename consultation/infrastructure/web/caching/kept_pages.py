"""What answers visitors before the application is asked."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask
from werkzeug.datastructures import Accept
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header, parse_etags
from werkzeug.sansio.utils import host_is_trusted

from consultation.infrastructure import clock
from consultation.infrastructure.web import request_log
from consultation.infrastructure.web.caching.declarations import Kept, declared_by
from consultation.infrastructure.web.caching.program import program
from consultation.infrastructure.web.caching.store import Address, Answer, Headers, Store

LARGEST_PAGE = 1_000_000
ENCODINGS = ("zstd", "br", "gzip", "identity")
FOR_EVERYBODY = "public, no-cache"
VARIES = "Accept-Encoding, Cookie"
_SETTINGS = ("DEMONSTRATION", "LEGAL_NOTICE", "MAIL_SENDER", "PUBLIC_URL")

Environ = dict[str, Any]
WsgiApp = Callable[[Environ, Any], Iterable[bytes]]


def connect(app: Flask) -> None:
    """Answer visitors before the application is asked; call this before proxies and languages wrap it.

    What is kept is whole answers, with their headers and compressed already.
    """
    app.extensions["kept_pages"] = Store(f"{program()} {[app.config.get(name) for name in _SETTINGS]}")
    app.wsgi_app = KeptPages(app, app.wsgi_app)  # type: ignore[method-assign]


class KeptPages:
    """WSGI middleware that answers visitors from the store, and puts there what the application answers them."""

    def __init__(self, app: Flask, application: WsgiApp) -> None:
        self._app = app
        self._application = application
        self._routes = app.url_map.bind("localhost")

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer a visitor's request for a kept page; pass everything else on."""
        began = request_log.now()
        asked = self._asked(environ)
        if asked is None:
            return self._application(environ, start_response)
        endpoint, address, tag = asked
        encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if parse_etags(environ.get("HTTP_IF_NONE_MATCH")).contains_weak(tag):
            status, answer = 304, Answer(_headers_of(tag), b"")
        elif found := self._store.get(address, tag, encoding):
            status, answer = 200, found
        else:
            return self._made(environ, start_response, address, tag)
        request_log.note(endpoint, environ["REQUEST_METHOD"], status, began)
        start_response("304 NOT MODIFIED" if status == 304 else "200 OK", list(answer.headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    @property
    def _store(self) -> Store:
        store: Store = self._app.extensions["kept_pages"]
        return store

    def _asked(self, environ: Environ) -> tuple[str, Address, str] | None:
        """The endpoint, the address and the tag of the kept page that a visitor asks for, or None."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not self._is_from_a_visitor(environ):
            return None
        path = environ.get("PATH_INFO", "").encode("latin1").decode(errors="replace")
        try:
            endpoint, parts = self._routes.match(path, "GET")
        except HTTPException:
            return None
        declared = declared_by(self._app.view_functions.get(endpoint))
        if declared is None:
            return None
        query = environ.get("QUERY_STRING")
        asked = declared.query(dict(reversed(parse_qsl(query, keep_blank_values=True)))) if query else ""
        address = (environ["wsgi.url_scheme"], environ.get("SCRIPT_NAME", ""), path, asked)
        tag = self._tag(address, declared, parts)
        return (endpoint, address, tag) if tag else None

    def _is_from_a_visitor(self, environ: Environ) -> bool:
        if self._app.config["SESSION_COOKIE_NAME"] in environ.get("HTTP_COOKIE", ""):
            return False
        trusted = self._app.config.get("TRUSTED_HOSTS")
        return not trusted or host_is_trusted(environ.get("HTTP_HOST"), trusted)

    def _tag(self, address: Address, declared: Kept, parts: Mapping[str, Any]) -> str | None:
        try:
            with self._app.app_context():
                stamp = declared.stamp(**parts)
        except Exception:
            return None  # what fails here fails again in the application, which says it in a page
        if stamp is None:
            return None
        described = repr((self._store.version, address, clock.today().toordinal(), stamp))
        return blake2b(described.encode(), digest_size=12).hexdigest()

    def _made(self, environ: Environ, start_response: Any, address: Address, tag: str) -> Iterable[bytes]:
        """The application's answer, kept where it is the same for everybody."""
        begun: list[Any] = []
        body = self._application(environ, lambda *arguments: begun.append(arguments))
        content = b"".join(body)
        getattr(body, "close", lambda: None)()
        status, headers, *error = begun[-1]
        if status.startswith("200") and _is_for_everybody(headers):
            headers = [*headers, ("ETag", f'W/"{tag}"')]
            if environ["REQUEST_METHOD"] == "GET" and len(content) <= LARGEST_PAGE:
                encoding = dict(headers).get("Content-Encoding", "identity")
                self._store.put(address, tag, encoding, Answer(headers, content))
        start_response(status, headers, *error)
        return [content]


def _headers_of(tag: str) -> Headers:
    return [("ETag", f'W/"{tag}"'), ("Cache-Control", FOR_EVERYBODY), ("Vary", VARIES)]


def _is_for_everybody(headers: Headers) -> bool:
    """Whether an answer says that it may be kept, and carries nothing for one person: no cookie, no nonce."""
    said = dict(headers)
    return (
        said.get("Cache-Control") == FOR_EVERYBODY
        and "Set-Cookie" not in said
        and "ETag" not in said
        and "nonce-" not in said.get("Content-Security-Policy", "")
    )


@lru_cache(maxsize=256)
def _encoding(accepted: str) -> str:
    return parse_accept_header(accepted, Accept).best_match(ENCODINGS) or "identity"
