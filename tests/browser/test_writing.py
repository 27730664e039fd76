"""Writing first and registering last, words that are pointed out, and a reading before publication, in a browser."""

from collections.abc import Callable

import pytest
from browser.looks import assert_sound, refused, scrolls_sideways, sound_at
from browser.newcomers import Newcomer
from playwright.sync_api import Page, expect

from benchmarks import weight

pytestmark = pytest.mark.browser

OPEN = "/consultations/ia-sante-2018/"
THREAD = f"{OPEN}recommendations/6/"
WAITING = f"{OPEN}waiting/"
PHONE = "06 39 98 12 34"


def write(page: Page, words: str) -> None:
    """Fill in the form of a comment; nothing is sent."""
    page.check("form.panel input[value=nuanced]")
    page.fill("form.panel textarea", words)


def press(page: Page, act: str) -> None:
    """Press the button that does this; the first one, without a value, goes on as usual."""
    buttons = page.locator("form.panel p.actions button")
    (buttons.first if not act else page.locator(f"form.panel button[value={act}]")).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_a_visitor_writes_is_found_after_sign_in_and_read_before_it_is_public(
    visit: Callable[..., Page], sign_in: Callable[[Page, str], None], newcomer: Newcomer, *, scripts: bool
) -> None:
    words = f"Les aidants comptent, dit {newcomer.name}. Appelez-moi au {PHONE}."
    page = visit(java_script_enabled=scripts, viewport={"width": 390, "height": 800})
    page.goto(THREAD)
    page.click(f"main a[href='{THREAD}write/']")
    write(page, words)
    press(page, "preview")
    expect(page.locator("#preview")).to_contain_text(PHONE)
    press(page, "")
    page.wait_for_url(f"**{WAITING}")
    expect(page.locator("li.comment")).to_contain_text(words)
    assert not scripts or not scrolls_sideways(page)
    page.click("main a[href*='/account/register']")
    newcomer.register(page)
    expect(page.locator(f"main a[href='{WAITING}']")).to_be_visible()
    page.goto(newcomer.link(page, "confirm"))
    page.click("main form button")
    page.wait_for_url("**/account/sign-in*")
    weight.sign_in(page, newcomer.address, newcomer.passphrase)
    page.goto(WAITING)
    page.click("li.comment .acts a")
    page.fill("input[name=display_name]", newcomer.name)
    press(page, "")
    expect(page.locator("mark")).to_have_text(PHONE)
    press(page, "read_first")
    held = page.url
    assert held.endswith("/held/")
    stranger = visit(java_script_enabled=scripts)
    stranger.goto(THREAD)
    expect(stranger.locator("main")).not_to_contain_text(newcomer.name)
    answer = stranger.goto(held)
    assert answer is not None
    assert answer.status == 404
    _end_reading(visit(java_script_enabled=scripts), sign_in, held.split("/")[-3])
    stranger.goto(f"{THREAD}?order=newest")
    expect(stranger.locator("main")).to_contain_text(words)


def _end_reading(desk: Page, sign_in: Callable[[Page, str], None], comment_id: str) -> None:
    """Publish a held comment as the moderator of the demonstration."""
    sign_in(desk, "moderator")
    desk.goto("/moderation/ia-sante-2018/")
    desk.click("main a[href$='/readings/']")
    desk.click(f".queue a[href*='{comment_id}']")
    expect(desk.locator("mark")).to_have_text(PHONE)
    desk.click("form[action$='/publish/'] button")
    desk.wait_for_url("**/readings/")


@pytest.mark.looks
def test_the_pages_of_what_waits_are_sound(
    visit: Callable[..., Page], sign_in: Callable[[Page, str], None], newcomer: Newcomer
) -> None:
    page = visit()
    sound_at(page, f"{THREAD}write/", WAITING)
    page.goto(f"{THREAD}write/")
    refused(page, "form.panel p.actions button:first-of-type")
    write(page, f"Un avis. Appelez-moi au {PHONE}.")
    press(page, "preview")
    assert_sound(page)
    press(page, "")
    assert_sound(page)
    page.click("li.comment .acts a")
    assert_sound(page)
    newcomer.enter(page)
    sound_at(page, WAITING)
    page.click("li.comment .acts a")
    assert_sound(page)
    page.fill("input[name=display_name]", newcomer.name)
    press(page, "")
    assert page.evaluate("document.activeElement.id") == "to-read-again"
    assert_sound(page)
    press(page, "read_first")
    assert_sound(page)
    sound_at(page, WAITING)
    desk = visit()
    sign_in(desk, "moderator")
    sound_at(desk, "/moderation/ia-sante-2018/readings/")
    desk.locator(".queue a").last.click()
    assert_sound(desk)
    refused(desk, "form[action$='/return/'] button")


def test_the_keyboard_alone_confirms_what_was_pointed_out(visit: Callable[..., Page], newcomer: Newcomer) -> None:
    page = visit()
    newcomer.enter(page)
    page.goto(THREAD)
    write(page, f"Appelez-moi au {PHONE}, dit {newcomer.name}.")
    page.fill("input[name=display_name]", newcomer.name)
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text(PHONE)
    for _ in range(3):  # past the usual button and the reading, to the one that keeps the words
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "as_is"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(newcomer.name)
