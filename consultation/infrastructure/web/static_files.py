"""Static files: read once, named by their content, so that browsers keep them for ever."""

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.exceptions import NotFound

from consultation.settings import ROOT

FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class StaticFile:
    """A file with what tells its versions apart."""

    content: bytes
    mimetype: str
    digest: str


class CookielessFiles(SecureCookieSessionInterface):
    """Sessions as they are everywhere, but for static files, which are the same whoever asks.

    Flask-Login reads the session of every request; the answer would then be said to vary by cookie, and no cache that
    several people share would keep it.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie, and that the answer depends on it, unless it is a static file."""
        if request.endpoint != "static" or response.status_code >= 400:
            super().save_session(app, session, response)


def connect(app: Flask) -> None:
    """Serve the files of static/ under their addresses; nothing else of the disk can be asked for."""
    app.session_interface = CookielessFiles()
    app.add_url_rule("/static/<path:filename>", "static", _serve, methods=["GET"])


def asset(path: str) -> str:
    """The address of a static file, changed whenever its content changes; KeyError where there is no such file."""
    return f"/static/{path}?v={_files()[path].digest}"


@cache
def _files() -> dict[str, StaticFile]:
    folder = ROOT / "static"
    return {
        path.relative_to(folder).as_posix(): StaticFile(
            content=(content := path.read_bytes()),
            mimetype=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
            digest=hashlib.sha256(content).hexdigest()[:12],
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _serve(filename: str) -> Response:
    file = _files().get(filename)
    if file is None:
        raise NotFound
    response = Response(file.content, mimetype=file.mimetype)
    response.set_etag(file.digest)
    response.headers["Cache-Control"] = FOREVER if request.args.get("v") == file.digest else "public, no-cache"
    response.make_conditional(request)
    return response
