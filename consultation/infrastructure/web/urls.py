"""Addresses: whole ones for mails, and the way back after sign-in."""

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from consultation.infrastructure.web.language import current_language, script_name


def external_url(endpoint: str, language: str | None = None, **values: object) -> str:
    """A whole address below PUBLIC_URL, whatever the Host header says; for mails and feeds."""
    public = urlsplit(current_app.config["PUBLIC_URL"])
    adapter = current_app.url_map.bind(
        public.netloc, script_name=script_name(language or current_language()) or "/", url_scheme=public.scheme
    )
    return adapter.build(endpoint, values, force_external=True)


def safe_next(target: str | None) -> str | None:
    """The target when it is a GET address of this application, else None: never a redirection elsewhere."""
    if not target or not target.startswith("/") or target.startswith("//") or not target.isprintable():
        return None
    if "\\" in target:
        return None
    path = urlsplit(target).path.removeprefix(script_name("en")) or "/"
    try:
        current_app.url_map.bind(request.host).match(path, method="GET")
    except RequestRedirect:
        return target
    except HTTPException:
        return None
    return target
