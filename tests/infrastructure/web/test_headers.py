"""Headers: the same strict ones on every kind of answer, and no cache of what is personal."""

import re

import pytest
from flask import Flask

from consultation.infrastructure.web.headers import csp_nonce
from consultation.infrastructure.web.static_files import asset

KINDS = {
    "/": 200,
    "/en/charter": 200,
    "/account/sign-in": 200,
    "/account/": 303,
    "/consultations": 308,
    "/nowhere": 404,
    "/consultations/nothing/": 404,
    "/api/nothing": 404,
    "/healthz": 200,
    "/static/nothing.css": 404,
    "/failing": 500,
    "/organise/": 303,
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def client(another_app: Flask):
    """A client of an application that has a page that fails, and one with an inline script."""

    @another_app.get("/failing")
    def failing() -> str:
        raise RuntimeError("this page fails")

    @another_app.get("/inline")
    def inline() -> str:
        return f"{csp_nonce()} {csp_nonce()}"

    return another_app.test_client()


def check(headers) -> None:
    """Fail where a header lacks that every answer has."""
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert {name: headers[name] for name in ALWAYS} == ALWAYS
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(("path", "status"), KINDS.items())
def test_every_kind_of_answer_has_the_headers(client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    check(response.headers)


@pytest.mark.parametrize(("method", "path", "status"), [("POST", "/charter", 405), ("PUT", "/", 405)])
def test_an_answer_to_another_method_has_them_too(client, method: str, path: str, status: int) -> None:
    response = client.open(path, method=method)
    assert response.status_code == status
    check(response.headers)


def test_a_static_file_has_them_and_may_be_kept_for_ever(client) -> None:
    response = client.get(asset("css/site.css"))
    check(response.headers)
    assert "immutable" in response.headers["Cache-Control"]


def test_a_script_is_allowed_by_the_nonce_of_its_own_answer(client) -> None:
    said = [client.get("/inline") for _turn in range(2)]
    nonces = [response.text.split() for response in said]
    assert all(first == second for first, second in nonces)
    assert nonces[0] != nonces[1]
    for response, (nonce, _same) in zip(said, nonces, strict=True):
        assert f"script-src 'self' 'nonce-{nonce}';" in response.headers["Content-Security-Policy"]


def test_a_page_without_a_script_of_its_own_allows_none(client) -> None:
    assert re.search(r"nonce-", client.get("/healthz").headers["Content-Security-Policy"]) is None


def test_a_secure_answer_asks_to_stay_secure(client) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert "max-age=" in client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]


def test_a_page_for_everybody_may_be_kept_and_asked_again(client) -> None:
    response = client.get("/charter")
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in response.headers


def test_a_page_with_a_form_is_kept_nowhere(client, another_app: Flask) -> None:
    another_app.config["WTF_CSRF_ENABLED"] = True
    response = client.get("/account/sign-in")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Cookie" in response.headers["Vary"]


def test_a_page_of_somebody_signed_in_is_kept_nowhere(browse, people) -> None:
    assert browse(people.citizen()).get("/charter").headers["Cache-Control"] == "no-store"
