"""Requests to an application in this process, without a network: what is measured is the work of the application."""

import io
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import sqlalchemy
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Engine
from werkzeug.test import EnvironBuilder, run_wsgi_app

NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
FORM = "application/x-www-form-urlencoded"


@dataclass
class Visitor:
    """Somebody who asks this application for pages; signed in where there is a cookie."""

    app: Flask
    headers: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    def get(self, path: str, **headers: str) -> tuple[int, bytes, Mapping[str, str]]:
        """The status, the body and the headers of the answer."""
        return self._sent(EnvironBuilder(path=path, headers={**self.headers, **headers}))

    def post(self, path: str, fields: Mapping[str, str]) -> tuple[int, bytes, Mapping[str, str]]:
        """The answer to a form."""
        body = urlencode({"csrf_token": self.csrf, **fields}).encode()
        headers = {"Content-Type": FORM, "Origin": "http://localhost", **self.headers}
        return self._sent(EnvironBuilder(path=path, method="POST", headers=headers, input_stream=io.BytesIO(body)))

    def _sent(self, builder: EnvironBuilder) -> tuple[int, bytes, Mapping[str, str]]:
        body, status, headers = run_wsgi_app(self.app.wsgi_app, builder.get_environ(), buffered=True)
        return int(status.split()[0]), b"".join(body), headers


def signed_in(app: Flask, token: str) -> Visitor:
    """The visitor whose browser holds this token of a sign-in."""
    raw = secrets.token_hex(20)
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = serializer.dumps({"_user_id": token, "csrf_token": raw})
    csrf = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(raw)
    return Visitor(app, {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}={cookie}"}, csrf)


@contextmanager
def statements(engine: Engine) -> Iterator[Sequence[str]]:
    """The statements that a block sends, transaction control apart."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(NOT_COUNTED):
            seen.append(statement)

    sqlalchemy.event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sqlalchemy.event.remove(engine, "before_cursor_execute", note)
