"""What every template may use."""

from typing import Any

from flask import Flask, get_flashed_messages, has_request_context, request, session, url_for
from flask_babel import lazy_gettext as _l

from consultation.infrastructure.web.actor import current_actor
from consultation.infrastructure.web.caching import canonical_query
from consultation.infrastructure.web.headers import csp_nonce
from consultation.infrastructure.web.language import (
    LANGUAGES,
    current_language,
    other_language_url,
    said_day,
    said_moment,
)
from consultation.infrastructure.web.static_files import asset
from consultation.infrastructure.web.urls import external_url

_SECTIONS = ("consultations", "moderation", "organise", "search")
_SECTION_OF = {
    "recommendations": "consultations",
    "comments": "consultations",
    "ballots": "consultations",
    "opinions": "consultations",
    "reports": "consultations",
    "results": "consultations",
    "exports": "consultations",
    "accounts": "account",
    "authentication": "account",
    "colleges": "account",
    "notifications": "account",
}
_DESKS = (
    ("moderator", _l("Moderation"), "moderation.desk"),
    ("organiser", _l("Organisation"), "consultations.organise"),
)


def connect(app: Flask, *, is_demo: bool) -> None:
    """Give templates their filters and globals; undefined names are errors."""
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(said_day=said_day, said_moment=said_moment)
    app.jinja_env.globals.update(
        asset=asset,
        csp_nonce=csp_nonce,
        external_url=external_url,
        flashes=flashes,
        is_demo=is_demo,
    )
    app.context_processor(_of_this_request)


def flashes() -> list[tuple[str, str]]:
    """Messages for this person, with their category; touches no cookie where there is none."""
    return get_flashed_messages(with_categories=True) if request and session else []  # type: ignore[return-value]


def _of_this_request() -> dict[str, object]:
    language = current_language()
    if not has_request_context():  # a mail
        return {"language": language}
    other = next(code for code in LANGUAGES if code != language)
    actor = current_actor()
    return {
        "actor": actor,
        "language": language,
        "other_language": other,
        "other_language_name": LANGUAGES[other],
        "other_language_url": other_language_url(canonical_query()),
        "section": _section(),
        "staff_links": _staff_links(actor),
    }


def _section() -> str:
    """The item of the main navigation that the present page belongs to."""
    endpoint = request.endpoint or ""
    if endpoint in ("pages.charter", "pages.method"):
        return endpoint.removeprefix("pages.")
    blueprint = request.blueprint or ""
    return blueprint if blueprint in _SECTIONS else _SECTION_OF.get(blueprint, "")


def _staff_links(actor: Any) -> list[tuple[str, str]]:
    """Where somebody with a role works."""
    held = {grant.role for grant in actor.grants} if actor is not None else set()
    return [(str(label), url_for(endpoint)) for role, label, endpoint in _DESKS if role in held]
