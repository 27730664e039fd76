"""The whole journey in a real browser, with scripts and without."""

import csv
import re
from collections.abc import Callable

import pytest
from browser.newcomers import Newcomer
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OPEN = "/consultations/ia-sante-2018/"
THREAD = f"{OPEN}recommendations/10/"


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def window(request: pytest.FixtureRequest, visit: Callable[..., Page]) -> Callable[[], Page]:
    """Open windows, all with scripts or all without."""
    return lambda: visit(java_script_enabled=request.param)


def test_a_citizen_registers_debates_and_ranks_and_a_comment_is_withheld(
    window: Callable[[], Page], newcomer: Newcomer, sign_in: Callable[[Page, str], None]
) -> None:
    page, visitor, moderator = window(), window(), window()
    newcomer.enter(page)

    comment = publish(page, newcomer.name)
    reply_to_somebody(page)
    react_and_take_back(page)

    cast(page, {24: "1", 10: "2", 3: "2"})
    expect(page.locator("main")).to_contain_text("Le secret médical")
    change_ballot(page)
    withdraw_ballot(page)

    report(visitor, comment)
    sign_in(moderator, "moderator")
    withhold(moderator)
    visitor.goto(f"{OPEN}comments/{comment}/")
    expect(visitor.locator(f"#c-{comment}")).to_contain_text("Publication suspendue par la modération")
    expect(visitor.locator(f"#c-{comment}")).not_to_contain_text("nous décidons")


def test_an_organiser_closes_publishes_and_everyone_takes_the_results_away(
    window: Callable[[], Page],
    newcomer: Newcomer,
    sign_in: Callable[[Page, str], None],
    small_consultation: Callable[..., str],
    work: Callable[[], None],
) -> None:
    page, organiser = window(), window()
    slug = small_consultation(["Un premier point", "Un deuxième point"])
    newcomer.enter(page)
    cast(page, {2: "1", 1: "2"}, f"/consultations/{slug}/")

    sign_in(organiser, "organiser")
    close(organiser, slug, work)
    organiser.goto(f"/organise/{slug}/")
    organiser.click("form[action$='/publish/'] button")
    expect(organiser).to_have_url(re.compile(rf"/consultations/{slug}/results/"))

    page.goto(f"/consultations/{slug}/results/")
    expect(page.locator("main")).to_contain_text("trop peu")
    with page.expect_download() as download:
        page.click("main a[href$='/exports/results.csv']")
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert {row["college"] for row in csv.DictReader(file)} == {"citizens", "physicians"}


def publish(page: Page, name: str) -> str:
    """Comment on a recommendation and say the comment's identifier."""
    page.goto(THREAD)
    page.check("input[name=alignment][value=nuanced]")
    page.fill("textarea[name=body]", "Il propose, nous décidons, et nous écrivons *pourquoi*.")
    page.fill("input[name=display_name]", name)
    page.click("form.panel button:has-text('Publier')")
    mine = page.locator("li.comment", has_text="Il propose, nous décidons, et nous écrivons pourquoi.")
    expect(mine.filter(has_text=name)).to_be_visible()
    return page.url.rpartition("#c-")[2]


def reply_to_somebody(page: Page) -> None:
    """Answer the first comment of the thread."""
    page.goto(THREAD)
    page.locator("main a[href$='/reply/']").first.click()
    page.check("input[name=alignment][value=for]")
    page.fill("textarea[name=body]", "Vous avez raison sur un point, et voici lequel.")
    page.click("form.panel button:has-text('Publier')")
    answer = page.locator(f"#{page.url.rpartition('#')[2]}")
    expect(answer).to_contain_text("Vous avez raison sur un point, et voici lequel.")


def react_and_take_back(page: Page) -> None:
    """Agree with the first comment of the thread, then take it back."""
    page.goto(THREAD)
    place = page.locator("li.comment:has(button.vote)").first.get_attribute("id")
    agree = page.locator(f"#{place} button.vote").first
    expect(agree).to_have_attribute("aria-pressed", "false")
    before = agree.inner_text()
    agree.click()
    expect(agree).to_have_attribute("aria-pressed", "true")
    expect(agree).not_to_have_text(before)
    agree.click()
    expect(agree).to_have_attribute("aria-pressed", "false")
    expect(agree).to_have_text(before)


def cast(page: Page, ranks: dict[int, str], consultation: str = OPEN) -> None:
    """Rank, review, cast; ends on the receipt."""
    page.goto(f"{consultation}ballot/")
    for number, rank in ranks.items():
        page.select_option(f"select[name=rank-{number}]", rank)
    page.click("button:has-text('Relire et déposer')")
    expect(page).to_have_url(re.compile(r"/ballot/review/"))
    page.check("main input[type=checkbox]")
    page.click("main button:has-text('Déposer')")
    expect(page).to_have_url(re.compile(r"/ballot/receipt/"))


def change_ballot(page: Page) -> None:
    """Put another recommendation first; the receipt shows the new order and another commitment."""
    before = page.locator("main code").first.inner_text()
    page.click("main a:has-text('Modifier mon bulletin')")
    expect(page.locator("select[name=rank-24]")).to_have_value("1")
    cast(page, {32: "1", 24: "2", 10: "3", 3: "4"})
    expect(page.locator("table.order tbody tr").first).to_contain_text("Recommandation 32")
    expect(page.locator("table.order tbody tr")).to_have_count(4)
    expect(page.locator("main code").first).not_to_have_text(before)


def withdraw_ballot(page: Page) -> None:
    """Withdraw what was cast: no receipt is left."""
    page.click("main a:has-text('Retirer mon bulletin')")
    page.click("main button:has-text('Retirer mon bulletin')")
    expect(page).to_have_url(re.compile(r"/ballot/\?done=withdrawn"))
    page.goto(f"{OPEN}ballot/receipt/")
    expect(page).to_have_url(re.compile(r"/ballot/$"))


def report(page: Page, comment: str) -> None:
    """Say what is wrong with a comment; ends on the page that follows the report."""
    page.goto(f"{OPEN}comments/{comment}/")
    page.click(f"#c-{comment} a[href*='/moderation/notices/new']")
    page.locator("input[name=ground]").first.check()
    page.fill("textarea[name=explanation]", "Cela vise une personne et non ce qu’elle a écrit.")
    page.click("main button:has-text('Envoyer le signalement')")
    expect(page).to_have_url(re.compile(r"/moderation/notices/[^/]+/$"))


def withhold(page: Page) -> None:
    """Find the case of the comment that was just reported and withhold it, with reasons."""
    page.goto("/moderation/ia-sante-2018/")
    for address in [link.get_attribute("href") for link in page.locator(".queue a").all()]:
        page.goto(str(address))
        if "nous écrivons pourquoi" in page.locator("article.comment").inner_text():
            break
    expect(page.locator("article.comment")).to_contain_text("nous écrivons pourquoi")
    page.check("input[name=outcome][value=withhold]")
    page.select_option("select[name=ground]", index=1)
    page.fill("input[name=facts]", "« Il propose, nous décidons », dans la première phrase")
    page.fill("textarea[name=statement]", "Dites ce que vous pensez de l’argument, sans viser qui l’a écrit.")
    page.click("main button:has-text('Enregistrer et passer au suivant')")
    expect(page.locator("main [role=status]").first).to_contain_text("suspendue")


def close(page: Page, slug: str, work: Callable[[], None]) -> None:
    """Close before the date, by the page that asks first, and let the worker go through the ceremony."""
    page.goto(f"/organise/{slug}/")
    page.click("main a[href$='/close/']")
    page.click("main button:has-text('Clore et sceller')")
    expect(page).to_have_url(re.compile(r"/ceremony/$"))
    work()
    page.reload()
    steps = page.locator("progress")
    expect(steps).to_have_attribute("value", str(steps.get_attribute("max")))
