"""Every page, in its states: accessible, light, narrow, and without a word from elsewhere."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from benchmarks.weight import visit as transfer

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
OPEN, CLOSED = "/consultations/ia-sante-2018/", "/consultations/demonstration-close/"
VISITOR_PAGES = [
    "/",
    "/consultations/",
    OPEN,
    f"{OPEN}recommendations/10/",
    f"{OPEN}recommendations/24/",
    f"{OPEN}ballot/",
    f"{OPEN}results/",
    CLOSED,
    f"{CLOSED}results/",
    f"{CLOSED}exports/",
    "/account/sign-in",
    "/account/register",
    "/account/forgot",
    "/charter",
    "/method",
    "/accessibility",
    "/privacy",
    "/legal",
    "/help",
    "/contact",
    "/sitemap",
    "/demo/mails",
    "/nowhere",
]
PAGES_BY_ROLE = {
    "citizen": [f"{OPEN}recommendations/10/", f"{OPEN}ballot/", f"{OPEN}ballot/review/", "/account/"],
    "moderator": ["/moderation/", "/moderation/ia-sante-2018/", "/organise/physicians/"],
    "organiser": ["/organise/", "/organise/ia-sante-2018/", "/organise/demonstration-close/"],
}
# Transferred bytes and requests of a first visit (INTERFACE.md, Weight).
WEIGHTS = {
    "/": (30_000, 4, 14_000),
    OPEN: (30_000, 4, 14_000),
    f"{OPEN}recommendations/10/": (40_000, 4, 24_000),
    f"{CLOSED}results/": (40_000, 4, 24_000),
    "/charter": (30_000, 4, 14_000),
}


def violations(page: Page) -> list[str]:
    """What axe finds, a line each."""
    outcome = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [
        f"{found['id']}: {node['html'][:160]}"
        for found in outcome.response["violations"]
        for node in found["nodes"][:3]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", VISITOR_PAGES)
def test_a_visitors_page_is_accessible_and_leaves_no_cookie(path: str, scheme: str, visit: Callable[..., Page]) -> None:
    page = visit(color_scheme=scheme)
    page.goto(path)
    assert violations(page) == []
    if not path.startswith("/account/"):
        assert page.context.cookies() == []


@pytest.mark.parametrize("role", PAGES_BY_ROLE)
def test_the_pages_of_a_role_are_accessible(
    role: str, visit: Callable[..., Page], sign_in: Callable[[Page, str], None]
) -> None:
    page = visit()
    sign_in(page, role)
    for path in PAGES_BY_ROLE[role]:
        page.goto(path)
        assert (path, violations(page)) == (path, [])


@pytest.mark.parametrize("path", VISITOR_PAGES)
def test_a_page_fits_a_window_of_320_pixels_in_both_languages(path: str, visit: Callable[..., Page]) -> None:
    page = visit(viewport={"width": 320, "height": 640})
    for address in (path, f"/en{path}"):
        page.goto(address)
        assert not scrolls_sideways(page), address


@pytest.mark.parametrize("path", WEIGHTS)
def test_a_page_weighs_what_the_interface_allows(path: str, visit: Callable[..., Page], address: str) -> None:
    carried = transfer(visit(), f"{address}{path}")
    total, requests, document = WEIGHTS[path]
    assert all(url.startswith(address) for url in carried.bytes_by_url), carried
    assert carried.bytes_by_url[f"{address}{path}"] <= document, carried
    assert (carried.total <= total, carried.requests <= requests) == (True, True), carried


def test_a_second_visit_carries_the_page_alone(visit: Callable[..., Page], address: str) -> None:
    page = visit()
    transfer(page, f"{address}{OPEN}")
    assert transfer(page, f"{address}{OPEN}").requests == 1


def test_no_page_complains_in_the_console(visit: Callable[..., Page]) -> None:
    page = visit()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in VISITOR_PAGES[:-1]:
        page.goto(path)
    assert [line for line in complaints if "409" not in line] == []


def test_the_keyboard_reaches_the_content_first(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto(OPEN)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
