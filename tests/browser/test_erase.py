"""Leaving, in a real browser: the page in every look, by keyboard, with and without scripts."""

from collections.abc import Callable

import pytest
from browser.looks import assert_sound, refused, sound_at
from browser.newcomers import Newcomer
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("has_scripts", [True, False])
def test_somebody_joins_and_leaves_for_good(visit: Callable[..., Page], newcomer: Newcomer, has_scripts: bool) -> None:
    page = visit(java_script_enabled=has_scripts)
    newcomer.enter(page)
    page.goto("/account/")
    page.click("main a[href$='/account/erase/']")
    expect(page.locator("h1")).to_have_text("Effacer votre compte")
    page.focus("main input[name=passphrase]")
    page.keyboard.type(newcomer.passphrase)
    page.keyboard.press("Enter")
    expect(page.locator(".notice--success")).to_contain_text("effacé")
    newcomer.work()
    page.goto("/account/sign-in")
    page.fill("input[name=address]", newcomer.address)
    page.fill("input[name=passphrase]", newcomer.passphrase)
    page.click("main form button")
    expect(page.locator(".error-summary")).to_be_visible()


@pytest.mark.looks
def test_the_page_is_sound_as_it_is_asked_refused_and_closed_to_a_last_organiser(
    visit: Callable[..., Page], newcomer: Newcomer, sign_in: Callable[[Page, str], None]
) -> None:
    page = visit()
    newcomer.enter(page)
    sound_at(page, "/account/erase/", "/en/account/erase/")
    refused(page)
    organiser = visit()
    sign_in(organiser, "organiser")
    organiser.goto("/account/erase/")
    expect(organiser.locator("main .notice--warning")).to_be_visible()
    expect(organiser.locator("main form")).to_have_count(0)
    assert_sound(organiser)
    sound_at(organiser, "/organise/physicians/")
