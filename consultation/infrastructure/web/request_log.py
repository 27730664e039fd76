"""One line a request: the endpoint, never the address; nothing at all where ballots are concerned."""

import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()

# An access line beside the moment of a cast would tell who cast which ballot (BALLOT.md, Keys and rows).
SILENT = ("ballots",)


def connect(app: Flask) -> None:
    """Note each request that is answered."""
    app.before_request(_begin)
    app.after_request(_note)


def _begin() -> None:
    g.began = time.perf_counter()


def _note(response: Response) -> Response:
    if request.blueprint not in SILENT and request.endpoint != "static":
        log.info(
            "request",
            endpoint=request.endpoint,
            method=request.method,
            status=response.status_code,
            milliseconds=round((time.perf_counter() - g.began) * 1000, 1) if "began" in g else None,
        )
    return response
