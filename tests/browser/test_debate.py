"""A debate between two people in a real browser, with scripts and without, on a telephone."""

import re
from collections.abc import Callable

import pytest
from browser.looks import assert_sound, sound_at
from browser.newcomers import Newcomer
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def window(request: pytest.FixtureRequest, visit: Callable[..., Page]) -> Callable[..., Page]:
    """Open windows of a telephone's width, all with scripts or all without."""
    return lambda: visit(java_script_enabled=request.param, viewport=PHONE)


def test_two_people_debate_and_a_text_changes_in_sight_of_all(
    window: Callable[..., Page],
    newcomer: Newcomer,
    work: Callable[[], None],
    small_consultation: Callable[..., str],
) -> None:
    slug = small_consultation(["Un premier point", "Un deuxième point"])
    thread = f"/consultations/{slug}/recommendations/1/"
    author, reader, visitor = window(), window(), window()
    newcomer.enter(author)
    other = Newcomer(newcomer.name.replace("Campanule", "Gentiane"), work)
    other.enter(reader)

    comment = say(author, thread, "Le médecin garde la main.", newcomer.name)
    expect(author.locator(f"#{comment} .vote")).to_have_count(0)

    reader.goto(thread)
    expect(reader.locator("main")).to_contain_text("Réagissez à ce que vous lisez")
    react(reader, comment, "D’accord", "1")
    expect(reader.locator("main")).not_to_contain_text("Réagissez à ce que vous lisez")
    react(reader, comment, "Pas d’accord", "1")
    reader.click(f"#{comment} a[href$='/reply/']")
    say_here(reader, "Et les soignants, alors ?", other.name)
    expect(reader.locator(f"#{comment} .thread .comment")).to_contain_text("Et les soignants, alors ?")

    stale = author.context.new_page()
    edit = f"/consultations/{slug}/comments/{comment.removeprefix('c-')}/edit/"
    stale.goto(edit)
    change(author, edit, "Le médecin tient toujours la main.")
    expect(author.locator(f"#{comment} > header")).to_contain_text("modification du")
    expect(author.locator(f"#{comment}")).to_contain_text("1 réaction à un texte précédent")

    stale.fill("textarea[name=body]", "Le soignant garde la main.")
    stale.click("form.panel button:has-text('Enregistrer la modification')")
    expect(stale.locator("main")).to_contain_text("Ce que dit votre contribution maintenant")
    expect(stale.locator("textarea[name=body]")).to_have_value("Le soignant garde la main.")

    visitor.goto(thread)
    visitor.click(f"#{comment} header a[href$='/history/']")
    expect(visitor.locator(".diff del")).to_have_text("garde")
    expect(visitor.locator(".diff ins")).to_have_text("tient toujours")

    author.goto(thread)
    author.click(f"#{comment} > .acts a[href$='/withdraw/']")
    author.click("main form button")
    expect(author.locator(f"#{comment} > p").first).to_contain_text("Contribution retirée par son auteur")
    expect(author.locator(f"#{comment} .thread .comment")).to_contain_text("Et les soignants, alors ?")


@pytest.mark.looks
def test_every_page_of_a_debate_is_sound(
    visit: Callable[..., Page],
    newcomer: Newcomer,
    work: Callable[[], None],
    small_consultation: Callable[..., str],
) -> None:
    slug = small_consultation(["Un premier point"])
    thread = f"/consultations/{slug}/recommendations/1/"
    author, reader = visit(), visit()
    newcomer.enter(author)
    Newcomer(newcomer.name.replace("Campanule", "Gentiane"), work).enter(reader)
    sound_at(author, thread)
    comment = say(author, thread, "Le médecin garde la main.", newcomer.name)
    address = f"/consultations/{slug}/comments/{comment.removeprefix('c-')}/"
    react(reader_on(reader, thread), comment, "D’accord", "1")
    assert_sound(reader)
    change(author, f"{address}edit/", "Le médecin tient la main.")
    assert_sound(author)
    pages = [f"{address}{one}/" for one in ("edit", "history", "withdraw", "replies")]
    sound_at(author, *pages, f"/consultations/{slug}/interests/", f"{thread}?college=physicians&order=divided")
    sound_at(reader, f"{address}reply/", f"/en{thread}")
    author.goto(pages[2])
    author.click("main form button")
    assert_sound(author)


def reader_on(page: Page, address: str) -> Page:
    """The window, at this address."""
    page.goto(address)
    return page


def say(page: Page, thread: str, words: str, name: str) -> str:
    """Comment for the first time; says where in the page the comment stands."""
    page.goto(thread)
    return say_here(page, words, name)


def say_here(page: Page, words: str, name: str) -> str:
    """Fill in the form of the page and publish; ends where the comment stands."""
    page.check("input[name=alignment][value=for]")
    page.fill("textarea[name=body]", words)
    page.fill("input[name=display_name]", name)
    page.click("form.panel button:has-text('Publier')")
    expect(page).to_have_url(re.compile(r"#c-\w+$"))
    place = page.url.partition("#")[2]
    expect(page.locator(f"#{place} > .body")).to_have_text(words)
    return place


def react(page: Page, place: str, words: str, count: str) -> None:
    """Press a button under a comment; it says so, and counts."""
    page.locator(f"#{place} > .acts").get_by_role("button", name=re.compile(f"^{words} ")).click()
    pressed = page.locator(f"#{place} > .acts button.vote[aria-pressed=true]")
    expect(pressed).to_have_text(f"{words} · {count}")


def change(page: Page, edit: str, words: str) -> None:
    """Change a comment by its form."""
    page.goto(edit)
    page.fill("textarea[name=body]", words)
    page.click("form.panel button:has-text('Enregistrer la modification')")
    expect(page).to_have_url(re.compile(r"#c-\w+$"))
