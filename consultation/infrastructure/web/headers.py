"""Headers of every answer: a strict content policy, no referrer, no cache of what is personal."""

import secrets

from flask import Flask, Response, g, request, session

_POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def csp_nonce() -> str:
    """A random value that allows one inline script of this answer; asked for only where there is one."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    return str(g.csp_nonce)


def connect(app: Flask) -> None:
    """Set the headers on every answer."""
    app.after_request(_set)


def cacheable(response: Response) -> Response:
    """Let anybody keep an answer that is the same for everybody, and ask again whether it still holds."""
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def download(content: bytes, content_type: str, name: str) -> Response:
    """A public file to be kept under this name, the same for everybody."""
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return cacheable(response)


def _set(response: Response) -> Response:
    nonce = f" 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=nonce))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    if request.endpoint == "static" and response.status_code < 400:  # an error page shows who is signed in
        return response
    headers.setdefault("Cache-Control", "no-store" if _is_personal() else "public, no-cache")
    response.vary.add("Cookie")
    return response


def _is_personal() -> bool:
    return request.method not in ("GET", "HEAD") or "csrf_token" in g or bool(session) or session.modified
