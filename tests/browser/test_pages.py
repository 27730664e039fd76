"""Every page that has an address: accessible in every look, light, and without a word from elsewhere."""

from collections.abc import Callable
from itertools import islice

import pytest
import yaml
from browser.looks import NARROW, assert_sound, scrolls_sideways
from playwright.sync_api import Page, expect

from benchmarks.weight import Transfer
from benchmarks.weight import visit as transfer
from consultation.demonstration.participants import FOLDER

pytestmark = [pytest.mark.browser, pytest.mark.looks]

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
    f"{CLOSED}recommendations/10/",
    f"{CLOSED}ballot/",
    f"{CLOSED}results/",
    f"{CLOSED}exports/",
    "/account/sign-in",
    "/account/register",
    "/account/forgot",
    "/account/mail-sent",
    "/account/confirm/a-link-that-nobody-was-sent",
    "/account/reset/a-link-that-nobody-was-sent",
    "/charter",
    "/method",
    "/accessibility",
    "/privacy",
    "/legal",
    "/help",
    "/contact",
    "/sitemap",
    "/demo/mails",
]
REFUSED_PAGES = {"/nowhere": 404, "/account/sign-out": 405}
ENGLISH_PAGES = [
    "/en/",
    f"/en{OPEN}",
    f"/en{OPEN}ballot/",
    f"/en{CLOSED}results/",
    "/en/account/register",
    "/en/charter",
]
# Transferred bytes and requests of a first visit, and the bytes of its HTML (INTERFACE.md, Weight).
WEIGHTS = {
    "/": (30_000, 4, 14_000),
    OPEN: (30_000, 4, 14_000),
    f"{OPEN}recommendations/10/": (40_000, 4, 24_000),
    f"{CLOSED}results/": (40_000, 4, 24_000),
    "/charter": (30_000, 4, 14_000),
}
BALLOT_WEIGHT = (40_000, 4, 24_000)


@pytest.mark.parametrize("path", VISITOR_PAGES)
def test_a_visitors_page_is_accessible_and_leaves_no_cookie(path: str, visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto(path)
    assert_sound(page)
    if not path.startswith("/account/") and path != f"{OPEN}ballot/":
        assert page.context.cookies() == []


@pytest.mark.parametrize("path", REFUSED_PAGES)
def test_a_refusal_is_an_accessible_page(path: str, visit: Callable[..., Page]) -> None:
    page = visit()
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == REFUSED_PAGES[path]
    assert_sound(page)


@pytest.mark.parametrize("path", ENGLISH_PAGES)
def test_a_page_in_english_is_accessible(path: str, visit: Callable[..., Page]) -> None:
    page = visit(locale="en-GB")
    page.goto(path)
    assert_sound(page)


def test_a_page_in_english_fits_a_window_of_320_pixels(visit: Callable[..., Page]) -> None:
    page = visit(viewport=NARROW)
    for path in (*VISITOR_PAGES, *REFUSED_PAGES):
        page.goto(f"/en{path}")
        assert not scrolls_sideways(page), path


@pytest.mark.parametrize("path", WEIGHTS)
def test_a_page_weighs_what_the_interface_allows(path: str, visit: Callable[..., Page], address: str) -> None:
    assert_weight(transfer(visit(), f"{address}{path}"), f"{address}{path}", WEIGHTS[path])


def test_the_ballot_of_twelve_recommendations_weighs_what_the_interface_allows(
    visit: Callable[..., Page], sign_in: Callable[[Page, str], None], address: str
) -> None:
    paper = f"{address}{OPEN}ballot/"
    page = in_a_fresh_browser(visit, sign_in, "citizen")
    assert_weight(transfer(page, paper), paper, BALLOT_WEIGHT)
    assert page.locator("select[name^=rank-]").count() == 12
    assert transfer(page, paper).requests == 1


def test_the_ballot_of_thirty_three_recommendations_weighs_what_the_interface_allows(
    visit: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    small_consultation: Callable[..., str],
    address: str,
) -> None:
    paper = f"{address}/consultations/{small_consultation(phrases(33))}/ballot/"
    page = in_a_fresh_browser(visit, sign_in, "citizen")
    assert_weight(transfer(page, paper), paper, BALLOT_WEIGHT)
    assert page.locator("select[name^=rank-]").count() == 33
    for place, choice in enumerate(page.locator("select[name^=rank-]").all(), 1):
        choice.select_option(str(place))
    page.click("button[name=action][value=save]")
    expect(page.locator("#said")).not_to_be_empty()
    assert_weight(transfer(page, paper), paper, BALLOT_WEIGHT)


def test_a_second_visit_carries_the_page_alone(visit: Callable[..., Page], address: str) -> None:
    page = visit()
    transfer(page, f"{address}{OPEN}")
    assert transfer(page, f"{address}{OPEN}").requests == 1


def test_no_page_complains_in_the_console(visit: Callable[..., Page]) -> None:
    page = visit()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in VISITOR_PAGES:
        page.goto(path)
    assert [line for line in complaints if "the server responded with a status of 4" not in line] == []


def test_the_keyboard_reaches_the_content_first(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto(OPEN)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


@pytest.mark.parametrize("path", [f"{OPEN}ballot/", f"{OPEN}recommendations/10/"])
def test_each_stop_of_the_keyboard_is_seen(
    path: str, visit: Callable[..., Page], sign_in: Callable[[Page, str], None]
) -> None:
    page = visit()
    sign_in(page, "citizen")
    page.goto(path)
    for _stop in range(25):
        page.keyboard.press("Tab")
        style, width, area, said = page.evaluate(
            """() => {
                const stop = document.activeElement, box = stop.getBoundingClientRect();
                const { outlineStyle, outlineWidth } = getComputedStyle(stop);
                return [outlineStyle, parseFloat(outlineWidth), box.width * box.height, stop.outerHTML.slice(0, 160)];
            }"""
        )
        assert (style, width >= 2, area > 100) == ("solid", True, True), said


def in_a_fresh_browser(visit: Callable[..., Page], sign_in: Callable[[Page, str], None], role: str) -> Page:
    """A window that is signed in and has loaded nothing yet."""
    elsewhere = visit()
    sign_in(elsewhere, role)
    return visit(storage_state=elsewhere.context.storage_state())


def assert_weight(carried: Transfer, url: str, limits: tuple[int, int, int]) -> None:
    """Fail where a visit carried more than its limits, or anything from elsewhere."""
    total, requests, document = limits
    origin = "/".join(url.split("/")[:3]) + "/"
    assert all(one.startswith(origin) for one in carried.bytes_by_url), carried
    assert carried.bytes_by_url[url] <= document, carried
    assert (carried.total <= total, carried.requests <= requests) == (True, True), carried


def phrases(count: int) -> list[str]:
    """Titles as different from each other as real ones are: the first words of comments of the demonstration."""
    files = sorted((FOLDER / "comments").glob("*.yaml"))
    comments = (entry for file in files for entry in yaml.safe_load(file.read_text(encoding="utf-8")))
    return [" ".join(entry["text"].split())[:90] for entry in islice(comments, count)]
