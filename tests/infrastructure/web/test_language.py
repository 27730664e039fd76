"""Languages by address: French at the plain one, English under /en."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask, url_for
from flask_babel import force_locale

from consultation.infrastructure.web.language import (
    EnglishUnderPrefix,
    current_language,
    language_of_address,
    other_language_url,
    said_day,
)


def moved(path: str, script_name: str = "") -> tuple[str, str]:
    """SCRIPT_NAME and PATH_INFO as the application sees them."""
    seen = {}

    def application(environ: dict[str, Any], _start_response: Any) -> Iterable[bytes]:
        seen.update(environ)
        return []

    EnglishUnderPrefix(application)({"PATH_INFO": path, "SCRIPT_NAME": script_name}, None)
    return seen["SCRIPT_NAME"], seen["PATH_INFO"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", ("", "/")),
        ("/charter", ("", "/charter")),
        ("/en", ("/en", "/")),
        ("/en/", ("/en", "/")),
        ("/en/charter", ("/en", "/charter")),
        ("/en/en/charter", ("/en", "/en/charter")),
        ("/english", ("", "/english")),
        ("/entry/", ("", "/entry/")),
        ("/EN/charter", ("", "/EN/charter")),
        ("", ("", "")),
    ],
)
def test_the_prefix_moves_where_it_is_a_whole_segment(path: str, expected: tuple[str, str]) -> None:
    assert moved(path) == expected


def test_the_prefix_follows_the_place_where_the_application_is_mounted() -> None:
    assert moved("/en/charter", "/below") == ("/below/en", "/charter")


@pytest.mark.parametrize(("root", "language"), [("", "fr"), ("/en", "en"), ("/below/en", "en"), ("/below", "fr")])
def test_the_address_decides_the_language(app: Flask, root: str, language: str) -> None:
    with app.test_request_context("/charter", base_url=f"http://localhost{root}"):
        assert language_of_address() == current_language() == language


def test_no_header_and_no_cookie_changes_the_language(browse) -> None:
    page = browse().get("/charter", headers={"Accept-Language": "en", "Cookie": "language=en"})
    assert page.find("html")["lang"] == "fr"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_links_stay_in_the_language_of_the_page(browse, language: str) -> None:
    page = browse(language=language).get("/charter")
    assert page.find("html")["lang"] == language
    links = [str(link["href"]) for link in page.find_all("main a[href^='/'], nav a[href^='/']:not([hreflang])")]
    assert links
    assert all(link.startswith("/en") == (language == "en") for link in links)


@pytest.mark.parametrize(
    ("root", "path", "other"),
    [
        ("", "/charter", "/en/charter"),
        ("/en", "/charter", "/charter"),
        ("", "/", "/en/"),
        ("/en", "/", "/"),
        ("", "/consultations/?page=2&sort=a", "/en/consultations/?page=2&sort=a"),
        ("/below", "/charter", "/below/en/charter"),
        ("/below/en", "/charter", "/below/charter"),
        ("/en", "/é", "/%C3%A9"),
    ],
)
def test_the_other_language_is_the_same_page(app: Flask, root: str, path: str, other: str) -> None:
    with app.test_request_context(path, base_url=f"http://localhost{root}"):
        assert other_language_url() == other


@pytest.mark.parametrize("path", ["//elsewhere.example", "///elsewhere.example/x", "//elsewhere.example/?a"])
def test_the_other_language_is_never_another_site(app: Flask, path: str) -> None:
    environ = {"PATH_INFO": path.partition("?")[0], "SCRIPT_NAME": "/en", "REQUEST_METHOD": "GET"}
    with app.test_request_context("/", environ_overrides=environ):
        other = other_language_url()
    assert other is not None
    assert other.startswith("/elsewhere")


def test_a_form_that_was_sent_has_no_address_in_the_other_language(app: Flask) -> None:
    with app.test_request_context("/charter", method="POST"):
        assert other_language_url() is None


def test_there_is_no_other_language_outside_a_request(app: Flask, context: None) -> None:
    assert other_language_url() is None
    assert current_language() == "fr"


def test_addresses_are_built_with_the_prefix_of_the_request(app: Flask) -> None:
    with app.test_request_context("/", base_url="http://localhost/en"):
        assert url_for("pages.charter") == "/en/charter"


@pytest.mark.parametrize(
    ("language", "moment", "said"),
    [
        ("fr", datetime(2018, 3, 12, 12, tzinfo=UTC), "12 mars 2018"),
        ("fr", datetime(2018, 3, 1, 12, tzinfo=UTC), "1ᵉʳ mars 2018"),
        ("fr", datetime(2018, 2, 28, 23, 30, tzinfo=UTC), "1ᵉʳ mars 2018"),
        ("en", datetime(2018, 3, 1, 12, tzinfo=UTC), "1 March 2018"),
    ],
)
def test_a_day_is_said_in_full_as_it_is_in_paris(context: None, language: str, moment: datetime, said: str) -> None:
    with force_locale(language):
        assert " ".join(said_day(moment).split()) == said
