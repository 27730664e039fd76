"""Logs: which error, and where in the code; never its message, which may quote an address, a row or a link."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, request

log = structlog.get_logger()


def connect(app: Flask) -> None:
    """Write one line of JSON an event; nothing is left to Flask, which names the path and so the links of mails."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _traced,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        logger_factory=structlog.PrintLoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    app.log_exception = _log_exception  # type: ignore[method-assign]


def trace_of(error: BaseException) -> str:
    """The kind of an error and its places in the code, then those of what caused it."""
    places = "".join(traceback.format_tb(error.__traceback__))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    former = f"{trace_of(cause)}\n" if cause is not None else ""
    return f"{former}{places}{type(error).__module__}.{type(error).__qualname__}"


def _traced(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        event["exception"] = trace_of(error)
    return event


def _log_exception(exc_info: Any) -> None:
    log.error("unhandled_error", endpoint=request.endpoint, exc_info=exc_info[1])
