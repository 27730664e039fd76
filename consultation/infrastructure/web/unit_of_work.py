"""One request, one transaction: committed here and nowhere else."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request

from consultation.infrastructure import database

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

View = TypeVar("View", bound=Callable[..., Any])


def reads_first(view: View) -> View:
    """Declare that this endpoint only reads until a service of its own calls `database.begin_writing`.

    On SQLite one writer at a time holds the lock: finding out who asks, and for what, needs no lock.
    """
    view.reads_first = True  # type: ignore[attr-defined]
    return view


def connect(app: Flask) -> None:
    """Begin each request as a reader or a writer, and end it by one commit or one rollback.

    Call this first: functions after a request run in the reverse of their order, and the commit must come last but
    before the session's cookie, so that nothing is confirmed to a person that was not stored.
    """
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_forget)


def _begin() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    database.begin_reading(request.method in SAFE_METHODS or getattr(view, "reads_first", False))


def _end(response: Response) -> Response:
    if request.method in SAFE_METHODS or response.status_code >= 400:
        database.session.rollback()
    else:
        database.session.commit()
    return response


def _forget(_error: BaseException | None) -> None:
    database.begin_reading(False)
