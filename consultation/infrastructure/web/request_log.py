"""One line a request: the endpoint, never the address; nothing at all where ballots are concerned."""

import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()

# An access line beside the moment of a cast would tell who cast which ballot (BALLOT.md, Keys and rows).
SILENT = ("ballots",)

now = time.perf_counter


def connect(app: Flask) -> None:
    """Note each request that is answered."""
    app.before_request(_begin)
    app.after_request(_note)


def note(endpoint: str | None, method: str, status: int, began: float | None) -> None:
    """Write the line of a request; `began` is what now() said."""
    if endpoint == "static" or (endpoint or "").partition(".")[0] in SILENT:
        return
    log.info(
        "request",
        endpoint=endpoint,
        method=method,
        status=status,
        milliseconds=None if began is None else round((now() - began) * 1000, 1),
    )


def _begin() -> None:
    g.began = now()


def _note(response: Response) -> Response:
    note(request.endpoint, request.method, response.status_code, g.get("began"))
    return response
