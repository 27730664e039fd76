"""Errors as answers: a page for people, problem+json (RFC 9457) for programs."""

import structlog
from flask import Flask, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from consultation.domain.errors import NotSignedIn, RuleBroken
from consultation.infrastructure.database import begin_reading, session
from consultation.infrastructure.web.refusals import sentence, sentence_of, status_of
from consultation.infrastructure.web.unsent import Unsent, is_from_our_page, unsent

# What failed is not what was written: the same form may be sent again, once the person has done what was missing.
_SENT_AGAIN = ("sign_in_required", "charter_not_accepted", "form_expired", "database_unavailable")
SECONDS_TO_WAIT = 30

log = structlog.get_logger()

_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 429: "too_many_requests"}


def connect(app: Flask) -> None:
    """Answer every refusal and failure with a sentence, in the language and the form that was asked for."""
    app.register_error_handler(RuleBroken, _on_refusal)
    app.register_error_handler(CSRFError, _on_expired_form)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(OperationalError, _on_busy_database)
    app.register_error_handler(Exception, _on_failure)


def _on_refusal(refusal: RuleBroken) -> ResponseReturnValue:
    if isinstance(refusal, NotSignedIn) and not _wants_json() and not _kept():
        return redirect(url_for("authentication.sign_in", next=_way_back()), code=303)
    return _answer(status_of(refusal), refusal.code, sentence_of(refusal))


def _on_expired_form(_error: CSRFError) -> ResponseReturnValue:
    return _answer(400, "form_expired", sentence("form_expired"))


def _on_http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if 300 <= status < 400:
        return error.get_response()
    code = _CODES.get(status, "invalid" if status < 500 else "server_error")
    answer = _answer(status, code, sentence(code))
    for header, value in error.get_headers():
        if header.lower() in ("allow", "retry-after"):
            answer.headers[header] = value
    return answer


def _on_busy_database(error: OperationalError) -> ResponseReturnValue:
    """Many people write at once, or the database does not answer: what was written is given back, to be sent again."""
    # SQLite calls by the same kind what no waiting mends, and names each.
    if not getattr(error.orig, "sqlite_errorname", "SQLITE_BUSY").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return _on_failure(error)
    session.rollback()
    begin_reading(True)  # the page that says so only reads, and need not wait for its turn to write
    log.error("database_unavailable", kind=type(error.orig).__name__, endpoint=request.endpoint)
    answer = _answer(503, "database_unavailable", sentence("database_unavailable"))
    answer.headers["Retry-After"] = str(SECONDS_TO_WAIT)
    return answer


def _on_failure(error: Exception) -> ResponseReturnValue:
    session.rollback()
    log.error("unhandled_error", kind=type(error).__name__, endpoint=request.endpoint, exc_info=error)
    return _answer(500, "server_error", sentence("server_error"))


def _answer(status: int, code: str, message: str) -> Response:
    if _wants_json():
        response = jsonify(type="about:blank", title=message, status=status, code=code)
        response.content_type = "application/problem+json"
    else:
        response = _page(status, code, message)
    response.status_code = status
    return response


def _page(status: int, code: str, message: str) -> Response:
    """The page, or the sentence alone where what failed (the database, a foreign Host) is what every page needs."""
    try:
        return Response(
            render_template(
                "errors/error.html",
                status=status,
                code=code,
                message=message,
                unsent=_kept() if status != 413 else None,
                may_send_again=code in _SENT_AGAIN,
                way_back=_way_back(),
            )
        )
    except Exception as error:
        log.warning("error_page_failed", kind=type(error).__name__)
        return Response(f"{message}\n", content_type="text/plain; charset=utf-8")


def _kept() -> Unsent | None:
    """What a page of ours was to send; what another site sent is not shown."""
    return unsent() if is_from_our_page() else None


def _wants_json() -> bool:
    return request.path.startswith("/api/")


def _way_back() -> str:
    """Where to go after signing in: the page itself, or for a form the page that held it."""
    path = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else request.path
    return request.script_root + path
