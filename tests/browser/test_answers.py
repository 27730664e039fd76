"""Organisers answer in a real browser, with scripts and without: comments, recommendations, and in the report."""

from collections.abc import Callable

import pytest
from browser.looks import assert_sound, refused, sound_at
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OPEN, CLOSED = "/consultations/ia-sante-2018/", "/consultations/demonstration-close/"
OPEN_DESK, CLOSED_DESK = "/organise/ia-sante-2018/", "/organise/demonstration-close/"

Window = Callable[..., Page]
Door = Callable[[Page, str], None]


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the window runs scripts."""
    return bool(request.param)


@pytest.fixture
def organiser(visit: Window, sign_in: Door, scripts: bool) -> Page:
    """A window in which the organiser of the demonstration is signed in."""
    page = visit(java_script_enabled=scripts)
    sign_in(page, "organiser")
    return page


@pytest.mark.looks
def test_what_everyone_reads_of_the_answers_has_no_fault(visit: Window) -> None:
    page = visit()
    sound_at(page, f"{OPEN}outcomes/", f"{OPEN}report/", f"{CLOSED}outcomes/", f"{CLOSED}report/")
    page.locator("[id^=cites-] header a").first.click()
    expect(page.locator(":target")).to_be_visible()
    page.locator(":target header a[href*='/report/']").first.click()
    expect(page.locator("main .official, main .panel").first).to_be_visible()
    page.goto(f"{CLOSED}recommendations/3/")
    page.locator("main header a[href*='/report/comments/']").first.click()
    assert_sound(page)
    page.locator("main .panel a[href*='#l-']").first.click()
    expect(page.locator(":target .official")).to_be_in_viewport()
    page.goto(f"{OPEN}recommendations/6/")
    page.locator(".answer-head a").first.click()
    assert_sound(page)


def test_an_organiser_answers_the_most_shared_comment_changes_the_answer_and_withdraws_it(
    organiser: Page, visit: Window, scripts: bool
) -> None:
    page = organiser
    page.goto(f"{OPEN_DESK}answers/")
    if scripts:
        assert_sound(page)
    page.locator(".waiting a[href$='/answer/']").first.click()
    form = page.url
    page.fill("textarea[name=body]", "Nous retenons ce point.")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(":target > .answer")).to_contain_text("Nous retenons ce point.")
    page.goto(form)
    page.fill("textarea[name=body]", "Nous retenons ce point, et le suivant.")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(":target > .answer")).to_contain_text("et le suivant")
    page.locator(":target > .answer a").click()
    expect(page.locator("main .panel")).to_have_count(2)
    page.goto(f"{form}withdraw/")
    if scripts:
        assert_sound(page)
    page.locator("main form button").click()
    expect(page.locator(":target")).to_be_visible()
    expect(page.locator(":target > .answer")).to_have_count(0)


def test_an_organiser_gives_an_outcome_another_reason_and_a_visitor_reads_both(
    organiser: Page, visit: Window, scripts: bool
) -> None:
    page, reason = organiser, f"Le décret est prêt ({'avec' if scripts else 'sans'} script)."
    page.goto(f"{CLOSED_DESK}outcomes/")
    if scripts:
        assert_sound(page)
    page.locator("td a[href$='/outcomes/7/']").click()
    if scripts:
        page.fill("textarea[name=body]", "")
        refused(page)
    page.check("input[name=kind][value=adopted]")
    page.fill("textarea[name=body]", reason)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("tr:has(#r-7) .outcome--adopted")).to_be_visible()
    stranger = visit(java_script_enabled=scripts)
    stranger.goto(f"{CLOSED}outcomes/")
    expect(stranger.locator("#o-7")).to_contain_text(reason)
    expect(stranger.locator("#o-7 details")).to_have_count(1)


def test_an_organiser_writes_a_line_chooses_a_comment_by_its_words_and_takes_the_line_out(
    organiser: Page, visit: Window, scripts: bool
) -> None:
    page, stranger = organiser, visit(java_script_enabled=scripts)
    page.goto(f"{CLOSED_DESK}report/")
    if scripts:
        assert_sound(page)
    page.select_option("select[name=about]", "24")
    page.fill("textarea[name=body]", "Une ligne de plus sur le secret.")
    page.locator("form:has(select[name=about]) button[type=submit]").click()
    page.fill("input[name=q]", "mari")
    page.locator("form[role=search] button").click()
    expect(page.locator("form:has([name=revision])")).to_have_count(1)
    if scripts:
        assert_sound(page)
    page.locator("form:has([name=revision]) button").click()
    expect(page.locator("main .thread").first).to_contain_text("Secrétaire médicale")
    line = page.url.split("/citations/")[0].rpartition("/")[2]
    stranger.goto(f"{CLOSED}report/")
    expect(stranger.locator(f"#l-{line}")).to_contain_text("Secrétaire médicale")
    page.goto(f"{CLOSED_DESK}report/lines/{line}/take-out/")
    if scripts:
        assert_sound(page)
    page.locator("main form button").click()
    stranger.goto(f"{CLOSED}report/")
    expect(stranger.locator(f"#l-{line}")).not_to_contain_text("Une ligne de plus")


@pytest.mark.looks
def test_the_other_pages_of_the_desk_have_no_fault(visit: Window, sign_in: Door) -> None:
    page = visit()
    sign_in(page, "organiser")
    sound_at(page, f"{OPEN_DESK}outcomes/", f"{OPEN_DESK}promise/", f"{OPEN_DESK}report/", f"{CLOSED_DESK}promise/")
    refused(page)
    page.goto(f"{CLOSED_DESK}report/")
    page.locator("a[href*='/report/lines/']:not([href*='take-out']):not([href*='citations'])").first.click()
    assert_sound(page)


def test_a_printed_report_holds_what_its_lines_rest_on_and_nothing_to_press(visit: Window) -> None:
    page = visit()
    page.goto(f"{CLOSED}report/")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = false)")
    page.emulate_media(media="print")
    expect(page.locator("[id^=cites-]").first).to_be_visible()
    expect(page.locator(".tabs")).to_be_hidden()
    expect(page.locator("nav").first).to_be_hidden()
