"""Static files: named by their content, kept for ever, and nothing else of the disk."""

import pytest

from consultation.infrastructure.web.static_files import FOREVER, asset
from consultation.settings import ROOT

FILE = "css/site.css"


@pytest.fixture
def client(app, context):
    """A client that asks for files."""
    return app.test_client()


def test_a_file_is_served_as_it_is(client) -> None:
    response = client.get(asset(FILE))
    assert response.data == (ROOT / "static" / FILE).read_bytes()
    assert response.mimetype == "text/css"


def test_an_address_with_the_right_version_is_kept_for_ever(client) -> None:
    assert client.get(asset(FILE)).headers["Cache-Control"] == FOREVER


@pytest.mark.parametrize("version", ["", "?v=", "?v=000000000000"])
def test_an_address_with_another_version_is_asked_again(client, version: str) -> None:
    response = client.get(f"/static/{FILE}{version}")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, no-cache"


def test_a_file_that_the_browser_has_is_not_sent_again(client) -> None:
    etag = client.get(f"/static/{FILE}").headers["ETag"]
    response = client.get(f"/static/{FILE}", headers={"If-None-Match": etag})
    assert (response.status_code, response.data) == (304, b"")


@pytest.mark.parametrize(
    "path", ["nothing.css", "", "css", "css/", "../pyproject.toml", "%2e%2e/pyproject.toml", "css/../../run", "%00"]
)
def test_nothing_else_of_the_disk_can_be_asked_for(client, path: str) -> None:
    assert client.get(f"/static/{path}").status_code in (404, 308)


def test_a_file_takes_no_form(client) -> None:
    assert client.post(f"/static/{FILE}").status_code in (400, 405)


def test_a_file_sets_no_cookie(client) -> None:
    assert "Set-Cookie" not in client.get(asset(FILE)).headers


def test_a_file_is_the_same_for_everybody_and_says_so(client, browse, people) -> None:
    for response in (client.get(asset(FILE)), browse(people.citizen()).raw("GET", asset(FILE))):
        assert "cookie" not in response.headers.get("Vary", "").lower()
        assert "Set-Cookie" not in response.headers


def test_a_file_that_is_not_there_shows_a_page_that_depends_on_who_asks(browse, people) -> None:
    response = browse(people.citizen()).raw("GET", "/static/nothing.css")
    assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-store")
    assert "Cookie" in response.headers["Vary"]


def test_there_is_no_address_of_a_file_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        asset("css/nothing.css")
