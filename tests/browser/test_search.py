"""Searching in a real browser: with and without scripts, from a thread, by keyboard, on a phone, in every look."""

from collections.abc import Callable

import pytest
from browser.looks import assert_sound, scrolls_sideways, sound_at
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

THREAD = "/consultations/ia-sante-2018/recommendations/10/"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_finds_an_argument_from_the_masthead(visit: Callable[..., Page], scripts: bool) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto("/")
    page.locator(".masthead a[href='/search']").click()
    page.locator("input[name=q]").fill("secret médical")
    page.locator("input[name=q]").press("Enter")
    expect(page.locator("main mark").first).to_be_visible()
    assert not page.context.cookies()
    result = page.locator("main .comment a[href*='/comments/']").first
    comment = str(result.get_attribute("href")).rstrip("/").rpartition("/")[2]
    result.click()
    expect(page.locator(f"[id$='{comment}']").first).to_be_visible()


def test_a_thread_is_searched_from_its_page(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto(THREAD)
    page.locator("a[href*='/search?recommendation=']").click()
    page.locator("input[name=q]").fill("médecins")
    page.locator("main form button").click()
    assert "recommendation=" in page.url
    expect(page.locator("main .comment").first).to_be_visible()
    page.get_by_role("link", name="Chercher partout").first.click()
    assert "recommendation=" not in page.url
    expect(page.locator("input[name=q]")).to_have_value("médecins")


def test_the_search_is_narrowed_by_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/search?q=patients")
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.locator("select[name=college]").focus()
    page.keyboard.press("M")
    page.keyboard.press("Enter")
    page.locator("main form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**college=physicians**")
    for badge in page.locator("main .comment .meta").all():
        assert "médecin" in badge.inner_text()


@pytest.mark.looks
def test_the_states_of_the_search_are_sound(visit: Callable[..., Page]) -> None:
    page = visit()
    sound_at(
        page,
        "/search",
        "/search?q=patients",
        "/en/search?q=patients&kind=comment&college=physicians",
        "/search?q=introuvable&kind=reply",
        "/search?q=le+la",
        "/search?q=a&kind=secret",
    )
    page.goto(THREAD)
    page.locator("a[href*='/search?recommendation=']").click()
    assert_sound(page)


def test_results_fit_a_phone(visit: Callable[..., Page]) -> None:
    page = visit(viewport={"width": 390, "height": 844})
    page.goto("/search?q=patients")
    expect(page.locator("main .comment").first).to_be_visible()
    assert not scrolls_sideways(page)
