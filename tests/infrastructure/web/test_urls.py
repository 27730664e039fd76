"""Addresses: whole ones below the public address, and a way back that never leaves the site."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale

from consultation.infrastructure.web.urls import external_url, safe_next


@pytest.fixture
def _in_request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/account/sign-in"):
        yield


@pytest.mark.usefixtures("_in_request")
@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/charter",
        "/en/charter",
        "/en",
        "/consultations/test/",
        "/consultations/test/recommendations/3/?order=newest#reply",
        "/consultations",
        "/charter?next=//elsewhere.example",
    ],
)
def test_a_page_of_this_site_is_a_way_back(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.usefixtures("_in_request")
@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "charter",
        "//elsewhere.example",
        "//elsewhere.example/charter",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "https://elsewhere.example/",
        "https:/charter",
        "javascript:alert(1)",
        "/\tcharter",
        "/charter\r\nSet-Cookie: a=b",
        "/\x00",
        " /charter",
        "/nowhere",
        "/account/sign-out",
        "/en//elsewhere.example",
    ],
)
def test_anything_else_is_not(target: str | None) -> None:
    assert safe_next(target) is None


def test_a_whole_address_is_below_the_public_one_whatever_the_host_says(app: Flask) -> None:
    with app.test_request_context("/", base_url="http://elsewhere.example"):
        assert external_url("pages.charter") == "http://127.0.0.1:8000/charter"


def test_a_whole_address_is_in_the_language_asked_for_or_in_that_of_the_text(app: Flask, context: None) -> None:
    assert external_url("pages.charter", "en") == "http://127.0.0.1:8000/en/charter"
    with force_locale("en"):
        assert external_url("pages.charter") == "http://127.0.0.1:8000/en/charter"
        assert external_url("pages.charter", "fr") == "http://127.0.0.1:8000/charter"
