"""A client that reads pages as people do, and checks each of them."""

import secrets
from collections.abc import Mapping
from contextvars import copy_context
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.globals import _cv_app
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from consultation.infrastructure.database import session

OURS = {"Origin": "http://localhost"}  # what a browser says of a form on a page of ours
TEXT_FIELDS = "input:not([type=hidden]):not([type=submit]):not([type=button]), select, textarea"


class Page:
    """An answer, as a browser would see it."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self.location = response.headers.get("Location", "")
        kind = response.mimetype or ""  # none where nothing has changed (304)
        self.html = response.get_data(as_text=True) if kind.startswith(("text/", "application/")) else ""
        self.soup = BeautifulSoup("" if kind.endswith("xml") else self.html, "html5lib")
        self.is_html = kind == "text/html" and not 300 <= self.status < 400

    @property
    def text(self) -> str:
        """What can be read, on one line."""
        return " ".join(self.soup.get_text(" ").split())

    def find(self, selector: str) -> Tag:
        """The first element of a CSS selector; an assertion fails where there is none."""
        found = self.soup.select_one(selector)
        assert found is not None, f"no {selector} in the page"
        return found

    def find_all(self, selector: str) -> list[Tag]:
        """All elements of a CSS selector."""
        return list(self.soup.select(selector))

    def fields(self, selector: str) -> dict[str, list[str]]:
        """What a form would send if nothing were touched and no button pressed."""
        values: dict[str, list[str]] = {}
        for control in self.find(selector).select("input, select, textarea"):
            name, kind = str(control.get("name", "")), str(control.get("type", "text"))
            if not name or kind in ("submit", "button") or control.has_attr("disabled"):
                continue
            if kind in ("radio", "checkbox") and not control.has_attr("checked"):
                continue
            values.setdefault(name, []).extend(_values_of(control))
        return values


class PageClient:
    """Fetches pages as one person, in one language."""

    def __init__(self, app: Flask, language: str = "fr") -> None:
        self._app = app
        self._client = app.test_client()
        self._prefix = "/en" if language == "en" else ""

    def sign_in(self, token: str) -> None:
        """Carry the cookie of a session that exists."""
        with self._client.session_transaction() as cookie:
            cookie["_user_id"] = token

    def get(self, path: str, status: int = 200, **options: object) -> Page:
        """Fetch a page and check it."""
        return self._checked(self._open(path, method="GET", **options), status)

    def post(
        self,
        path: str,
        data: Mapping[str, object] | None = None,
        status: int = 303,
        *,
        csrf: bool = True,
        headers: dict[str, str] | None = None,
    ) -> Page:
        """Send fields with a valid CSRF token, unless told not to."""
        token = {"csrf_token": self._csrf_token()} if csrf else {}
        return self._checked(
            self._open(path, method="POST", data={**token, **(data or {})}, headers=OURS | (headers or {})), status
        )

    def submit(
        self,
        page: Page,
        form: str = "main form",
        fields: Mapping[str, object] | None = None,
        button: tuple[str, str] | None = None,
        status: int = 303,
        path: str = "",
        headers: dict[str, str] | None = None,
    ) -> Page:
        """Fill in and send a form of a fetched page; `path` says where that was, for a form without action."""
        action = str(page.find(form).get("action") or path)
        data: dict[str, object] = {**page.fields(form), **(fields or {})}
        if button:
            data[button[0]] = button[1]
        return self._checked(self._open(action, method="POST", data=data, headers=OURS | (headers or {})), status)

    def follow(self, page: Page, status: int = 200) -> Page:
        """Go where an answer leads."""
        assert page.location, f"status {page.status} leads nowhere"
        return self.get(page.location, status)

    def cookies(self) -> str:
        """The cookies that the client would send."""
        return self._client.get_cookie("consultation").value if self._client.get_cookie("consultation") else ""

    def raw(self, method: str, path: str, *, csrf: bool = True) -> TestResponse:
        """An answer as it comes, unchecked: to a GET, or to an empty form."""
        data = {"csrf_token": self._csrf_token()} if csrf and method != "GET" else {}
        return self._open(path, method=method, data=data)

    def _csrf_token(self) -> str:
        with self._client.session_transaction() as cookie:
            raw = cookie.setdefault("csrf_token", secrets.token_hex(20))
        return str(URLSafeTimedSerializer(self._app.secret_key, salt="wtf-csrf-token").dumps(raw))

    def _open(self, path: str, **options: object) -> TestResponse:
        if path.startswith("/") and not path.startswith(("/en/", "/static/")):
            path = self._prefix + path
        session.commit()
        return copy_context().run(self._apart, path, options)

    def _apart(self, path: str, options: dict[str, object]) -> TestResponse:
        _cv_app.set(None)  # type: ignore[arg-type]
        return self._client.open(path, buffered=True, **options)  # type: ignore[arg-type]

    def _checked(self, response: TestResponse, status: int) -> Page:
        page = Page(response)
        assert page.status == status, f"{page.status} {page.location}: {page.text[:600]}"
        if page.is_html:
            check(page)
        return page


def check(page: Page) -> None:
    """Fail on what no page may have: invalid HTML, a field without label, an inline script, another origin."""
    problems = [
        *_document_problems(page),
        *_identifier_problems(page),
        *_label_problems(page),
        *_policy_problems(page),
    ]
    assert not problems, problems


def _document_problems(page: Page) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parse(page.html)
    problems = [f"invalid HTML at {place}: {code} {detail}" for place, code, detail in parser.errors]
    headings = page.find_all("h1")
    if len(headings) != 1:
        return [*problems, f"{len(headings)} h1"]
    heading, title = _one_line(headings[0]), _one_line(page.find("title"))
    if heading not in title:
        problems.append(f"the title « {title} » does not say the h1 « {heading} »")
    if page.find("html").get("lang") not in ("fr", "en"):
        problems.append("no lang")
    return problems


def _identifier_problems(page: Page) -> list[str]:
    ids = [str(element["id"]) for element in page.find_all("[id]")]
    problems = [f"id {one} stands twice" for one in {one for one in ids if ids.count(one) > 1}]
    for attribute in ("aria-describedby", "aria-labelledby", "for"):
        for element in page.find_all(f"[{attribute}]"):
            problems += [f"{attribute} names no {one}" for one in str(element[attribute]).split() if one not in ids]
    for link in page.find_all('a[href^="#"]'):
        if str(link["href"])[1:] not in ids:
            problems.append(f"a link leads to no {link['href']}")
    return problems


def _label_problems(page: Page) -> list[str]:
    labelled = {str(label["for"]) for label in page.find_all("label[for]")}
    problems = [
        f"no label: {control}"
        for control in page.find_all(TEXT_FIELDS)
        if control.get("id") not in labelled and not control.get("aria-label") and not control.get("aria-labelledby")
    ]
    problems += [f"no name: {button}" for button in page.find_all("button, a[href]") if not _name_of(button)]
    problems += [f"no alt: {image}" for image in page.find_all("img:not([alt])")]
    return problems


def _policy_problems(page: Page) -> list[str]:
    problems = [f"inline style: {element.name}" for element in page.find_all("[style], style")]
    problems += [f"inline script: {script}" for script in page.find_all("script:not([src]):not([nonce])")]
    for element in page.find_all("*"):
        problems += [f"inline handler {name} on {element.name}" for name in element.attrs if name.startswith("on")]
    for element in page.find_all("script[src], link[rel=stylesheet], img[src], source[src], iframe"):
        address = str(element.get("src") or element.get("href"))
        if urlsplit(address).netloc:
            problems.append(f"another origin: {address}")
    for form in page.find_all("form"):
        is_exempt = form.has_attr("data-changes-nothing") or form.has_attr("data-address-is-proof")
        changes = str(form.get("method", "get")).lower() == "post" and not is_exempt
        if changes and not form.select_one("input[name=csrf_token]"):
            problems.append("a form without CSRF token")
    return problems


def _name_of(element: Tag) -> str:
    return str(element.get("aria-label") or "") or element.get_text(strip=True)


def _one_line(element: Tag) -> str:
    return " ".join(element.get_text().split())


def _values_of(control: Tag) -> list[str]:
    if control.name == "textarea":
        return [control.get_text().removeprefix("\n")]
    if control.name == "select":
        options = control.select("option[selected]") or control.select("option")[:1]
        return [str(option.get("value", option.get_text())) for option in options]
    return [str(control.get("value", "on"))]
