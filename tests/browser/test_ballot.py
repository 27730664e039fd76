"""The ballot paper in a real browser: the same with scripts and without, by hand, by keyboard and by dragging."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.looks import NARROW, WIDE, assert_sound, refused, scrolls_sideways, sound_at
from browser.newcomers import Newcomer
from playwright.sync_api import Locator, Page, expect

from benchmarks import weight

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[2] / "static" / "js" / "ballot.js"
OPEN = "/consultations/ia-sante-2018/"
PAPER = f"{OPEN}ballot/"
TITLES = ["Un premier point", "Un deuxième", "Un troisième", "Un quatrième", "Un cinquième"]
# Newer than the browsers of 2018: such a script would not even be read by them.
TOO_NEW = r"\?\.|\?\?|\|\|=|&&=|\*\*=|\.at\(|replaceAll|\{ \.\.\.|catch \{|#\w+\(|\bimport\b|matchAll|structuredClone"

Window = Callable[..., Page]


@pytest.fixture(scope="module")
def five(small_consultation: Callable[..., str]) -> str:
    """The paper of a consultation of five recommendations."""
    return f"/consultations/{small_consultation(TITLES)}/ballot/"


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts."""
    return bool(request.param)


def open_ranked(page: Page, paper: str, ranks: dict[int, str]) -> None:
    """Open a paper, rank, and put in order."""
    page.goto(paper)
    for number, rank in ranks.items():
        page.select_option(f"select[name=rank-{number}]", rank)
    press(page, "sort")


def press(page: Page, action: str) -> None:
    """Press a button and wait for what it does: the paper given back to the script, or the next page."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.click(f"#ballot button[value='{action}']")
    page.wait_for_load_state()
    expect(page.locator("#ballot.busy")).to_have_count(0)


def rows(page: Page) -> list[tuple[str, str, str]]:
    """The ranked rows from top to bottom: which, the place that is said, and the rank that its list shows."""
    return [
        (str(row.get_attribute("id")), row.locator(".place").inner_text(), row.locator("select").input_value())
        for row in page.locator(".slot:not(.slot--unranked)").all()
    ]


def sentence(page: Page) -> str:
    """What the page says of the last act, wherever it stands."""
    return " ".join(text for text in page.locator("main [role=status]").all_inner_texts() if text).strip()


def grip(page: Page, number: int) -> tuple[float, float]:
    """Where to take hold of a row."""
    box = page.locator(f"#r{number} .place").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def spot(row: Locator, part: float) -> float:
    """A height inside a row: 0 is its top, 1 its bottom."""
    box = row.bounding_box()
    assert box
    return box["y"] + part * box["height"]


def drag(page: Page, number: int, onto: int, part: float) -> None:
    """Take a row by its place and carry it to a part of another; the button is still held."""
    x, y = grip(page, number)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 8, steps=2)
    page.mouse.move(x, spot(page.locator(f"#r{onto}"), part), steps=6)
    expect(page.locator(".slot--before, .slot--with, .slot--after")).to_have_count(1)


def let_go(page: Page) -> None:
    """Drop what is held, and wait for the answer."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.mouse.up()
    expect(page.locator("#ballot.busy")).to_have_count(0)


# A visitor, from an empty paper to a ballot.


def test_a_visitor_ranks_registers_and_finds_the_ranking_again(
    visit: Window, scripts: bool, newcomer: Newcomer
) -> None:
    page = visit(java_script_enabled=scripts)
    open_ranked(page, PAPER, {24: "1", 10: "2", 3: "2"})
    expect(page.locator("main")).to_contain_text("Rien ne compte encore")
    page.click("#ballot button[value=review]")
    page.wait_for_url("**/ballot/review/")
    page.click("main a:has-text('Créer un compte')")
    fill_registration(page, newcomer)
    expect(page.locator("main")).to_contain_text("Votre classement attend dans ce navigateur")
    page.goto(newcomer.link(page, "confirm"))
    page.click("main form button")
    page.fill("input[name=address]", newcomer.address)
    page.fill("input[name=passphrase]", newcomer.passphrase)
    page.click("main form button")
    page.wait_for_url("**/ballot/review/")
    expect(page.locator("table.order tbody tr")).to_have_count(3)
    expect(page.locator("main")).to_contain_text("Rien n’est encore déposé")
    page.check("main input[type=checkbox]")
    page.click("main button:has-text('Déposer')")
    page.wait_for_url("**/ballot/receipt/")


def fill_registration(page: Page, newcomer: Newcomer) -> None:
    """Open an account on the page that a link has led to."""
    page.fill("input[name=address]", newcomer.address)
    page.fill("input[name=passphrase]", newcomer.passphrase)
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.click("main form button")
    page.wait_for_url("**/account/mail-sent")


@pytest.mark.looks
def test_the_pages_of_a_visitor_are_accessible_in_every_state(visit: Window, five: str) -> None:
    page = visit()
    sound_at(page, five, f"/en{five}")
    page.click("#ballot button[value=review]")
    expect(page.locator(".error-summary")).to_be_visible()
    assert_sound(page)
    open_ranked(page, five, {1: "1", 3: "2", 5: "2"})
    assert_sound(page)
    sound_at(page, f"{five}review/", f"/en{five}review/", "/account/sign-in", "/account/mail-sent")
    page.goto(five)
    page.evaluate("document.querySelector('select[name=rank-1] option:checked').value = 'first'")
    refused(page, "#ballot button[value=save]")


def test_two_rankings_of_one_person_are_shown_and_one_is_kept(
    visit: Window, newcomer: Newcomer, five: str, scripts: bool
) -> None:
    elsewhere, page = visit(), visit(java_script_enabled=scripts)
    newcomer.enter(elsewhere)
    open_ranked(elsewhere, five, {2: "1"})
    open_ranked(page, five, {4: "1", 5: "2"})
    weight.sign_in(page, newcomer.address, newcomer.passphrase)
    page.goto(five)
    if scripts:
        assert_sound(page)
    expect(page.locator("main .notice")).to_contain_text("Recommandations 4 › 5")
    expect(page.locator("main .notice")).to_contain_text("Recommandations 2")
    page.click("button[name=choice][value=take]")
    page.wait_for_url("**/ballot/review/")
    expect(page.locator("table.order tbody tr")).to_have_count(2)
    page.goto(five)
    expect(page.locator("button[name=choice]")).to_have_count(0)


# With scripts as without.


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_of_buttons_gives_the_same_sheet_with_scripts_as_without(
    visit: Window, five: str, seed: int
) -> None:
    pages = [visit(java_script_enabled=True), visit(java_script_enabled=False)]
    for page in pages:
        page.goto(f"{five}?order=numeric")
    drawn = random.Random(seed)  # reproducible, not secret
    for _step in range(8):
        change(pages, drawn)
        action = drawn.choice(actions(pages[0]))
        for page in pages:
            press(page, action)
        assert rows(pages[0]) == rows(pages[1]), action
        assert sentence(pages[0]) == sentence(pages[1]), action


def change(pages: list[Page], drawn: random.Random) -> None:
    """Choose a rank in one of the lists, or leave it aside, now and then."""
    if drawn.random() < 0.5:
        number, rank = drawn.randint(1, 5), drawn.choice(["", "1", "2", "3", "5"])
        for page in pages:
            page.select_option(f"select[name=rank-{number}]", rank)


def actions(page: Page) -> list[str]:
    """What every button of the paper asks for, but those that lead to another page."""
    values = [str(button.get_attribute("value")) for button in page.locator("#ballot button[name=action]").all()]
    return [value for value in values if value not in ("review", "erase")]


def test_a_list_that_is_changed_is_saved_and_no_row_moves(visit: Window, five: str) -> None:
    page = visit()
    open_ranked(page, five, {1: "1", 2: "2"})
    before = [row[0] for row in rows(page)]
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#rank-2").select_option("1")
    expect(page.locator("#said")).to_have_text("Recommandation 2 : 1ᵉʳ ex æquo. Le brouillon est enregistré.")
    assert [row[0] for row in rows(page)] == before
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("#rank-4").select_option("3")
    expect(page.locator("#r4")).to_have_class("slot slot--unranked")
    page.reload()
    assert [(row[0], row[2]) for row in rows(page)] == [("r1", "1"), ("r2", "1"), ("r4", "3")]


def test_no_button_of_a_move_loads_a_page(visit: Window, five: str) -> None:
    page = visit()
    open_ranked(page, five, {1: "1", 2: "2"})
    page.evaluate("window.isTheSamePage = true")
    for action in ("up:2", "down:1", "add:3", "sort", "save"):
        press(page, action)
    assert page.evaluate("window.isTheSamePage")


def test_presses_that_follow_each_other_quickly_are_all_done_in_turn(visit: Window, five: str) -> None:
    page = visit()
    open_ranked(page, five, {1: "1", 2: "2", 3: "3", 4: "4"})
    page.evaluate("for (let n = 0; n < 4; n++) document.querySelector('button[value=\"up:4\"]').click()")
    expect(page.locator("#said")).to_have_text("Recommandation 4 : 2ᵉ. Le brouillon est enregistré.")
    page.reload()
    assert [row[2] for row in sorted(rows(page))] == ["1", "3", "4", "2"]


# Keyboard and screen reader.


def test_the_pressed_button_keeps_the_focus_and_what_was_ranked_away_hands_it_on(visit: Window, five: str) -> None:
    page = visit()
    page.goto(f"{five}?order=numeric")
    focused = "document.activeElement.value || document.activeElement.id"
    press(page, "add:2")
    assert page.evaluate(focused) == "add:3"
    for following in ("add:4", "add:5"):
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.keyboard.press("Enter")
        expect(page.locator(f"button[value='{following}']")).to_be_focused()
    press(page, "up:4")
    expect(page.locator("button[value='up:4']")).to_be_focused()
    for action in ("add:5", "add:1"):
        press(page, action)
    expect(page.locator("#r1")).to_be_focused()


def test_a_ballot_is_ranked_by_the_keyboard_alone(visit: Window, five: str, scripts: bool) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto(f"{five}?order=numeric")
    page.focus("#rank-3")
    page.keyboard.press("1")
    page.focus("button[value='add:1']")
    with page.expect_response(lambda answer: answer.request.method == "POST" and "ballot" in answer.url):
        page.keyboard.press("Enter")
    expect(page.locator(".slot:not(.slot--unranked)")).to_have_count(2)
    page.focus("#ballot button[value=review]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ballot/review/")
    expect(page.locator("table.order tbody tr")).to_have_count(2)


def test_each_act_is_said_once_in_the_one_polite_region(visit: Window, five: str) -> None:
    page = visit()
    page.goto(f"{five}?done=save")
    expect(page.locator("#done")).to_be_visible()
    page.evaluate(
        """() => {
            window.heard = [];
            const LIVE = '[role=status], [role=alert], [aria-live]';
            const note = (changes) => changes.forEach((change) => {
                const region = change.target.closest && change.target.closest(LIVE);
                if (region && region.textContent) window.heard.push(region.textContent);
                change.addedNodes.forEach((node) => {
                    if (node.querySelector && node.querySelector(LIVE)) window.heard.push('another region');
                });
            });
            new MutationObserver(note).observe(document.body, { childList: true, characterData: true, subtree: true });
        }"""
    )
    press(page, "add:3")
    expect(page.locator("#said")).to_have_text("Recommandation 3 : 1ᵉʳ. Le brouillon est enregistré.")
    assert page.evaluate("window.heard") == ["Recommandation 3\u00a0: 1ᵉʳ. Le brouillon est enregistré."]
    expect(page.locator("#done")).to_have_count(0)


# Dragging.


@pytest.mark.parametrize(
    ("onto", "part", "expected"),
    [
        (1, 0.1, [("r3", "1"), ("r1", "2"), ("r2", "3"), ("r4", "3")]),
        (1, 0.5, [("r1", "1"), ("r3", "1"), ("r2", "3"), ("r4", "3")]),
        (2, 0.1, [("r1", "1"), ("r3", "2"), ("r2", "3"), ("r4", "3")]),
        (4, 0.9, [("r1", "1"), ("r2", "2"), ("r4", "2"), ("r3", "4")]),
    ],
)
def test_a_row_is_dragged_above_another_onto_it_or_below(
    visit: Window, five: str, onto: int, part: float, expected: list[tuple[str, str]]
) -> None:
    page = visit()
    open_ranked(page, five, {1: "1", 2: "2", 4: "2", 3: "4"})
    drag(page, 3, onto, part)
    let_go(page)
    assert [(row[0], row[2]) for row in rows(page)] == expected
    page.reload()
    assert [(row[0], row[2]) for row in rows(page)] == expected


def test_escape_puts_a_dragged_row_back_and_a_mere_click_moves_nothing(visit: Window, five: str) -> None:
    page = visit()
    open_ranked(page, five, {1: "1", 2: "2", 3: "2"})
    before, sent = rows(page), []
    page.on("request", lambda request: sent.append(request.url))
    drag(page, 3, 1, 0.1)
    page.keyboard.press("Escape")
    page.mouse.up()
    page.mouse.move(*grip(page, 2))
    page.mouse.down()
    page.mouse.up()
    assert (rows(page), sent) == (before, [])
    expect(page.locator(".slot--lift, .slot--before, .slot--with, .slot--after")).to_have_count(0)


def test_dragging_at_the_edge_scrolls(visit: Window, five: str) -> None:
    page = visit(viewport={"width": 1280, "height": 620})
    open_ranked(page, five, {number: str(number) for number in range(1, 6)})
    page.locator("#r1").scroll_into_view_if_needed()
    x, y = grip(page, 1)
    before = page.evaluate("scrollY")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, 600, steps=4)
    page.wait_for_function("(before) => scrollY > before", arg=before)
    page.keyboard.press("Escape")
    page.mouse.up()


def test_a_handle_is_for_fingers_too_and_only_with_scripts(visit: Window, five: str) -> None:
    page = visit()
    open_ranked(page, five, {1: "1"})
    assert page.evaluate("getComputedStyle(document.querySelector('.place')).touchAction") == "none"
    page = visit(java_script_enabled=False)
    open_ranked(page, five, {1: "1"})
    expect(page.locator(".draggable")).to_have_count(0)


def test_less_movement_is_respected_in_what_is_lifted(visit: Window, five: str) -> None:
    page = visit(reduced_motion="reduce")
    open_ranked(page, five, {1: "1", 2: "2"})
    drag(page, 2, 1, 0.1)
    assert page.evaluate("getComputedStyle(document.querySelector('.slot--lift')).rotate") == "none"


# What fails, and several windows.


def test_without_a_connection_it_is_said_and_the_next_press_saves_all(visit: Window, five: str) -> None:
    page = visit()
    open_ranked(page, five, {1: "1"})
    page.context.set_offline(True)
    page.locator("#rank-2").select_option("2")
    page.click("button[value='up:1']")
    expect(page.locator("#said")).to_contain_text("L’enregistrement n’a pas abouti")
    assert page.locator("#rank-2").input_value() == "2"
    page.context.set_offline(False)
    press(page, "sort")
    assert [(row[0], row[2]) for row in rows(page)] == [("r1", "1"), ("r2", "2")]


def test_what_the_server_refuses_is_shown_as_its_page(visit: Window, five: str) -> None:
    page = visit()
    open_ranked(page, five, {1: "1"})
    page.evaluate("document.querySelector('#ballot input[name=csrf_token]').value = 'of another day'")
    page.click("button[value='add:2']")
    expect(page.locator("main dd.kept")).to_have_text("1")
    assert_sound(page)
    page.click("main button:has-text('Renvoyer')")
    expect(page.locator(".slot:not(.slot--unranked)")).to_have_count(2)


def test_the_last_of_two_windows_wins_and_says_so(visit: Window, five: str, scripts: bool) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto(five)
    other = page.context.new_page()
    other.goto(five)
    page.select_option("#rank-1", "1")
    press(page, "save")
    other.select_option("#rank-2", "1")
    press(other, "save")
    assert "Il remplace ce qui avait été enregistré entre-temps dans une autre fenêtre." in sentence(other)
    page.goto(five)
    assert [row[0] for row in rows(page)] == ["r2"]


def test_somebody_signed_out_meanwhile_loses_nothing(
    visit: Window, newcomer: Newcomer, five: str, scripts: bool
) -> None:
    page, elsewhere = visit(java_script_enabled=scripts), visit()
    newcomer.enter(page)
    page.goto(five)
    page.select_option("#rank-4", "1")
    press(page, "save")
    weight.sign_in(elsewhere, newcomer.address, newcomer.passphrase)
    elsewhere.goto("/account/sessions")
    elsewhere.click("form[action$='/end-others'] button")
    expect(elsewhere.locator("main [role=status]")).to_be_visible()
    page.click("button[value='add:2']")
    page.wait_for_url(re.compile("done=expired"))
    expect(page.locator("#done")).to_contain_text("Vous n’êtes plus connecté")
    assert [row[0] for row in rows(page)] == ["r4", "r2"]
    weight.sign_in(page, newcomer.address, newcomer.passphrase)
    page.goto(five)
    page.click("button[name=choice][value=take]")
    expect(page.locator("table.order tbody tr")).to_have_count(2)


# Weight, age, width.


def test_the_script_is_small_and_written_for_browsers_of_2018() -> None:
    source = SCRIPT.read_text(encoding="utf-8")
    assert len(source.encode()) <= 10_000
    code = re.sub(r"/\*[\s\S]*?\*/|//.*", "", source)
    assert re.findall(TOO_NEW, code) == []


def test_nothing_is_refused_by_the_policy_of_the_page(visit: Window, five: str) -> None:
    page = visit()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    open_ranked(page, five, {1: "1", 2: "2", 3: "3"})
    drag(page, 3, 1, 0.1)
    let_go(page)
    press(page, "down:3")
    assert complaints == []


@pytest.mark.parametrize("width", [320, 390])
def test_the_paper_fits_a_narrow_window_with_targets_large_enough(visit: Window, five: str, width: int) -> None:
    page = visit(viewport={**NARROW, "width": width})
    open_ranked(page, five, {1: "1", 2: "2", 3: "2"})
    assert not scrolls_sideways(page)
    for target in page.locator("#ballot :is(button, select)").all():
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24


def test_a_paper_of_thirty_three_answers_at_once(visit: Window, small_consultation: Callable[..., str]) -> None:
    slug = small_consultation([f"La recommandation du rang {number}" for number in range(1, 34)])
    page = visit(viewport=WIDE)
    open_ranked(page, f"/consultations/{slug}/ballot/", {number: str(number) for number in range(1, 34)})
    press(page, "up:33")
    assert rows(page)[-1][2] == "32"
    assert len(rows(page)) == 33
