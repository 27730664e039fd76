"""Languages: French at the plain address, English under /en; no negotiation, so that pages can be cached."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from babel.dates import format_date
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, get_locale

from consultation.infrastructure.clock import PARIS
from consultation.settings import PACKAGE

LANGUAGES = {"fr": "Français", "en": "English"}
DEFAULT = "fr"
_PREFIX = "/en"
_NO_BREAK = "\u00a0"

WsgiApp = Callable[[dict[str, Any], Any], Iterable[bytes]]


class EnglishUnderPrefix:
    """WSGI middleware that moves a leading /en to SCRIPT_NAME: routes know one address, and links keep the prefix."""

    def __init__(self, application: WsgiApp) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Pass the request on, with the prefix moved where there is one."""
        path = environ.get("PATH_INFO", "")
        if path == _PREFIX or path.startswith(f"{_PREFIX}/"):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + _PREFIX
            environ["PATH_INFO"] = path.removeprefix(_PREFIX) or "/"
        return self._application(environ, start_response)


class Texts(Domain):  # type: ignore[misc]
    """The texts of the program: a page asks for a hundred, so that looking for the catalogue each time would show."""

    def get_translations(self) -> Any:
        """The catalogue of the present language."""
        locale = get_locale()
        found = self._found.get(locale.language) if locale else None
        return found or self._sought(locale)

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, Any] = {}

    def _sought(self, locale: Any) -> Any:
        found = super().get_translations()
        if locale is not None:
            self._found[locale.language] = found
        return found


def connect(app: Flask) -> None:
    """Give the application its languages and its catalogues."""
    app.wsgi_app = EnglishUnderPrefix(app.wsgi_app)  # type: ignore[method-assign]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(PACKAGE / "translations")
    babel = Babel(app, default_locale=DEFAULT, default_timezone="Europe/Paris", locale_selector=language_of_address)
    babel.domain_instance = texts = Texts()
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: texts.get_translations().ugettext(text),
        ngettext=lambda one, many, number: texts.get_translations().ungettext(one, many, number),
        newstyle=True,
        pgettext=lambda context, text: texts.get_translations().upgettext(context, text),
    )


def language_of_address() -> str:
    """The language that the present address asks for; French outside a request."""
    return "en" if has_request_context() and request.script_root.endswith(_PREFIX) else DEFAULT


def current_language() -> str:
    """The language that texts are rendered in now ("fr" or "en"), also inside a mail."""
    return str(get_locale() or DEFAULT)[:2]


def script_name(language: str) -> str:
    """What stands before every path of a language."""
    return "" if language == DEFAULT else _PREFIX


def other_language_url(query: str | None = None) -> str | None:
    """The present page in the other language, or None where a page has no address of its own (a POST).

    `query` stands in place of the one that was typed, for a page that reads only a part of it.
    """
    if not has_request_context() or request.method not in ("GET", "HEAD"):
        return None
    root = request.script_root.removesuffix(_PREFIX)
    prefix = root + (_PREFIX if language_of_address() == DEFAULT else "")
    query = request.query_string.decode("ascii", "ignore") if query is None else query
    # Quoted, and one slash only: a path is what a stranger typed, and “//host” would lead to another site.
    return f"{prefix}/{quote(request.path.lstrip('/'))}{'?' * bool(query)}{query}"


def said_day(value: date) -> str:
    """A day said in full: « 12 mars 2018 », with the first of the month as it is said in French."""
    if isinstance(value, datetime):
        value = value.astimezone(PARIS).date()
    return _said(value, current_language())


@lru_cache(maxsize=4096)
def _said(day: date, language: str) -> str:
    said = format_date(day, "d MMMM y", locale=language).replace(" ", _NO_BREAK, 1)
    return f"1ᵉʳ{said[1:]}" if language == "fr" and day.day == 1 else said


def said_moment(value: datetime) -> str:
    """A moment said in full in Paris time: « 31 mars 2018 à 18 h 30 », “31 March 2018, 18:30”."""
    local = value.astimezone(PARIS)
    if current_language() != "fr":
        return f"{said_day(local.date())}, {local:%H:%M}"
    minutes = f"{_NO_BREAK}{local:%M}" if local.minute else ""
    return f"{said_day(local.date())} à {local.hour}{_NO_BREAK}h{minutes}"
