"""Duels in a real browser: with scripts and without, by keyboard alone, in every look."""

import re
from collections.abc import Callable

import pytest
from browser.looks import assert_sound, sound_at
from browser.test_pages import assert_weight, in_a_fresh_browser, phrases
from playwright.sync_api import Page, expect

from benchmarks.weight import visit as transfer

pytestmark = pytest.mark.browser

TITLES = ["Un premier point", "Un deuxième point", "Un troisième point", "Un quatrième point", "Un cinquième point"]
OPINION = {4: 1, 2: 2, 5: 2, 1: 4, 3: 5}
DUELS_WEIGHT = (30_000, 4, 14_000)


@pytest.fixture
def duels(small_consultation: Callable[..., str]) -> str:
    """The address of duels that nobody has begun."""
    return f"/consultations/{small_consultation(TITLES)}/ballot/duels/"


@pytest.fixture
def citizen(visit: Callable[..., Page], sign_in: Callable[[Page, str], None]) -> Callable[..., Page]:
    """Open windows of one citizen, with the options of `visit`."""

    def window(**options: object) -> Page:
        page = visit(**options)
        sign_in(page, "citizen")
        return page

    return window


def pressed(page: Page, answer: str) -> None:
    """Press a button, and wait for the question after it."""
    before = page.locator("#duel").inner_text()
    page.click(f"main button[name=answer][value='{answer}']")
    expect(page.locator("#duel")).not_to_have_text(before)


def answer_as(page: Page, opinion: dict[int, int]) -> int:
    """Answer all questions by the places of an opinion, and say how many there were."""
    questions = 0
    while page.locator(".pick").count():
        one, other = (place_of(name, opinion) for name in page.locator(".pick small:first-child").all_inner_texts())
        chosen = page.locator(".pick").nth(int(other < one)).get_attribute("value")
        pressed(page, "=" if one == other else str(chosen))
        questions += 1
    return questions


def place_of(name: str, opinion: dict[int, int]) -> int:
    """The place of a recommendation that is named by its number."""
    number = re.search(r"\d+", name)
    assert number is not None
    return opinion[int(number.group())]


@pytest.mark.parametrize("with_scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_ranking_is_built_by_duels_reviewed_and_cast(
    citizen: Callable[..., Page], duels: str, with_scripts: bool
) -> None:
    page = citizen(java_script_enabled=with_scripts)
    page.goto(duels)
    at_most = int(str(page.locator("progress").get_attribute("max")))
    assert answer_as(page, OPINION) <= at_most
    expect(page.locator("#duel")).to_have_text("Il ne reste aucune question")
    page.click("main a:has-text('Relire et déposer')")
    rows = page.locator("table.order tbody tr")
    expect(rows).to_have_count(5)
    assert [re.sub(r"\s+", " ", place.strip()) for place in rows.locator(".place").all_inner_texts()] == [
        "1ᵉʳ",
        "2ᵉ ex æquo",
        "2ᵉ ex æquo",
        "4ᵉ",
        "5ᵉ",
    ]
    page.check("main input[type=checkbox]")
    page.click("main button:has-text('Déposer')")
    expect(page).to_have_url(re.compile(r"/ballot/receipt/"))


def test_by_keyboard_each_answer_leads_to_the_question_after_it(citizen: Callable[..., Page], duels: str) -> None:
    page = citizen()
    page.goto(f"{duels}#duel")
    for place in (1, 2, 3):
        expect(page.locator("#duel")).to_contain_text(f"Question {place}")
        expect(page.locator("#duel")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator(".pick").first).to_be_focused()
        page.keyboard.press("Enter")
    expect(page.locator("#duel")).to_contain_text("Question 4")


def test_duels_stop_on_the_paper_and_go_on_from_it(citizen: Callable[..., Page], duels: str) -> None:
    page = citizen(java_script_enabled=False)
    page.goto(duels)
    pressed(page, "<")
    page.click("main a:has-text('Arrêter là')")
    expect(page.locator(".slot:not(.slot--unranked)")).to_have_count(2)
    page.goto(duels)
    expect(page.locator("#duel")).to_contain_text("Question 2")
    page.click("main a:has-text('Arrêter là')")
    page.click("button[name=action][value=save]")
    page.goto(duels)
    expect(page.locator("#duel")).to_contain_text("Question 1")
    expect(page.locator("main")).to_contain_text("Les 2 recommandations déjà classées gardent leur ordre")


@pytest.mark.looks
def test_the_pages_of_duels_in_every_state(citizen: Callable[..., Page], duels: str) -> None:
    page, elsewhere = citizen(), citizen()
    sound_at(page, duels, f"/en{duels}")
    page.goto(duels)
    pressed(page, "=")
    assert_sound(page)
    elsewhere.goto(duels)
    pressed(page, "=")
    elsewhere.click("main button[name=answer][value='=']")
    expect(elsewhere.locator("main [role=alert]")).to_be_visible()
    expect(elsewhere.locator("#duel")).to_contain_text("Question 3")
    assert_sound(elsewhere)
    answer_as(page, dict.fromkeys(OPINION, 1))
    assert_sound(page)
    sound_at(page, f"/en{duels}")
    while page.locator("button[value=undo]").count():
        pressed(page, "undo")
    while page.locator("button[value=s]").count():
        pressed(page, "s")
    expect(page.locator("main")).to_contain_text("Nothing is ranked")
    assert_sound(page)


def test_a_question_among_thirty_three_weighs_what_the_interface_allows(
    visit: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    small_consultation: Callable[..., str],
    address: str,
) -> None:
    path = f"{address}/consultations/{small_consultation(phrases(33))}/ballot/duels/"
    page = in_a_fresh_browser(visit, sign_in, "citizen")
    assert_weight(transfer(page, path), path, DUELS_WEIGHT)
    for _answer in range(8):
        pressed(page, "<")
    assert_weight(transfer(page, path), path, DUELS_WEIGHT)
