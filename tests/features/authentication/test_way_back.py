"""After signing in a person goes where they were going, never to another site."""

from collections.abc import Callable
from urllib.parse import quote, urljoin, urlsplit

import pytest

from consultation.features.accounts.models import Account
from pages import PageClient

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    "\n//evil.example",
    " //evil.example",
    "\x00//evil.example",
    "/\x00/evil.example",
    "/\x0b/evil.example",
    "/\u2028/evil.example",
    "/\u00a0/evil.example",
    "http://evil.example",
    "https://evil.example/account/",
    "HTTPS://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "evil.example",
    "@evil.example",
    "/@evil.example",
    "127.0.0.1:8000@evil.example",
    "http://127.0.0.1:8000@evil.example/",
    "http://localhost.evil.example/",
    "/%2f/evil.example",
    "/%5cevil.example",
    "/%09/evil.example",
    "/en//evil.example",
    "/en/\\evil.example",
    "//[::1]/",
    "//[",
    "/account/sign-out",
    "/nowhere",
    "?next=//evil.example",
    "#//evil.example",
    "",
]


def test_no_way_back_leads_to_another_site(
    browse: Callable[..., PageClient], account: Account, credentials: dict[str, str]
) -> None:
    client = browse()
    for target in ELSEWHERE:
        page = client.post(f"/account/sign-in?next={quote(target, safe='')}", credentials)
        assert page.location.startswith("/"), target
        assert urlsplit(urljoin("https://ours.example/account/sign-in", page.location)).netloc == "ours.example", target
        assert "evil.example" not in page.location or page.location.startswith("/en//"), target


@pytest.mark.parametrize("target", ["/account/sessions", "/en/account/sessions", "/consultations/test/?page=2"])
def test_the_way_back_is_kept(
    browse: Callable[..., PageClient], account: Account, credentials: dict[str, str], target: str
) -> None:
    client = browse()
    page = client.get(f"/account/sign-in?next={quote(target, safe='')}")
    assert client.submit(page, fields=credentials).location == target


@pytest.mark.parametrize("language", ["fr", "en"])
def test_whoever_must_sign_in_first_comes_back_in_their_language(
    browse: Callable[..., PageClient], account: Account, credentials: dict[str, str], language: str
) -> None:
    client = browse(language=language)
    page = client.follow(client.get("/account/sessions", 303))
    page = client.submit(page, fields=credentials)
    assert page.location == ("/en" if language == "en" else "") + "/account/sessions"
    client.follow(page)
