"""Following in a real browser, with scripts and without: somebody else comments, notice and mails come, and end."""

import re
from collections.abc import Callable

import pytest
from browser.looks import assert_sound, refused, sound_at
from browser.newcomers import Newcomer
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import update

from consultation.features.accounts.queries import account_by_address
from consultation.features.notifications.jobs import write_mails
from consultation.features.notifications.models import Subscription
from consultation.infrastructure import clock, jobs
from consultation.infrastructure.database import session

pytestmark = pytest.mark.browser

WORDS = "Un argument que personne n’avait encore dit ici"


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def window(request: pytest.FixtureRequest, visit: Callable[..., Page]) -> Callable[[], Page]:
    """Open windows, all with scripts or all without."""
    return lambda: visit(java_script_enabled=request.param)


@pytest.fixture
def morning(demonstration: Flask, newcomer: Newcomer) -> Callable[[], None]:
    """Let the hour come at which the newcomer's mails are due, and the worker do its work."""

    def comes() -> None:
        with demonstration.app_context():
            account = account_by_address(newcomer.address)
            assert account is not None
            mine = (Subscription.account_id == account.id, Subscription.due_at.is_not(None))
            session.execute(update(Subscription).where(*mine).values(due_at=clock.now()))
            jobs.enqueue(write_mails)
            session.commit()
            jobs.run_all()

    return comes


def follow(page: Page, pace: str) -> None:
    """Choose a pace on the page to which “Follow” led."""
    page.check(f"input[name=pace][value={pace}]")
    page.click("main form button:has-text('Suivre')")
    expect(page.locator("main [role=status]")).to_contain_text("vous suivez ceci")


def comment(page: Page, path: str, words: str) -> None:
    """Post a comment of the person who is signed in."""
    page.goto(path)
    page.check("input[name=alignment][value=for]")
    page.fill("textarea[name=body]", words)
    if page.locator("input[name=display_name]").count():
        page.fill("input[name=display_name]", "Romarin")
    page.click("form.panel button:has-text('Publier')")
    expect(page.locator("li.comment", has_text=words)).to_be_visible()


def mails_to(page: Page, newcomer: Newcomer, subject: str) -> Locator:
    """The mails of this subject to the newcomer, on the shelf of the demonstration."""
    page.goto("/demo/mails")
    return page.locator("main section.panel").filter(has_text=newcomer.address).filter(has_text=subject)


def test_who_follows_is_told_by_a_notice_and_by_mails_until_one_click_ends_them(
    window: Callable[[], Page],
    newcomer: Newcomer,
    sign_in: Callable[[Page, str], None],
    small_consultation: Callable[..., str],
    work: Callable[[], None],
    morning: Callable[[], None],
) -> None:
    reader, author, stranger = window(), window(), window()
    consultation = f"/consultations/{small_consultation(['Un premier point', 'Un deuxième point'])}/"
    thread = f"{consultation}recommendations/1/"
    newcomer.enter(reader)
    reader.goto(consultation)
    reader.click("main a:has-text('Suivre')")
    follow(reader, "daily")
    reader.goto(thread)
    reader.click("main aside a:has-text('Choisir comment suivre')")
    follow(reader, "at_once")

    sign_in(author, "physician")
    comment(author, thread, WORDS)
    work()
    reader.goto("/account/")
    reader.click("header a:has-text('Nouveautés (2)')")
    notices = reader.locator("main li.comment")
    expect(notices).to_have_count(2)
    expect(notices.first).to_contain_text("1 nouvelle contribution")

    mail = mails_to(stranger, newcomer, "Du nouveau dans ce que vous suivez")
    expect(mail).to_have_count(1)
    expect(mail).to_contain_text(WORDS)
    morning()
    digest = mails_to(stranger, newcomer, "Votre résumé du jour")
    expect(digest).to_have_count(1)
    expect(digest).to_contain_text(WORDS)

    link = re.search(r"Arrêter tous les courriels de ce genre\s+(http\S+)", digest.inner_text())
    assert link is not None
    stranger.goto(link.group(1))
    expect(stranger.locator("main")).to_contain_text("Par courriel, une fois par jour")
    stranger.click("main button:has-text('Arrêter ces courriels')")
    expect(stranger.locator("h1")).to_have_text("Ces courriels sont arrêtés")
    assert stranger.context.cookies() == []

    comment(author, thread, f"{WORDS}, et un autre")
    work()
    morning()
    expect(mails_to(stranger, newcomer, "Votre résumé du jour")).to_have_count(1)
    expect(mails_to(stranger, newcomer, "Du nouveau dans ce que vous suivez")).to_have_count(2)
    reader.goto("/account/notices")
    reader.click("main form[action$='/notices/read'] button")
    expect(reader.locator("main .empty")).to_be_visible()
    expect(reader.locator("header")).not_to_contain_text("Nouveautés (")


def test_one_click_of_a_mail_program_ends_the_mails_of_a_thread(
    window: Callable[[], Page],
    newcomer: Newcomer,
    sign_in: Callable[[Page, str], None],
    small_consultation: Callable[..., str],
    work: Callable[[], None],
) -> None:
    reader, author, stranger = window(), window(), window()
    thread = f"/consultations/{small_consultation(['Un premier point'])}/recommendations/1/"
    sign_in(author, "physician")
    comment(author, thread, WORDS)
    newcomer.enter(reader)
    reader.goto(thread)
    reader.locator("li.comment .acts a:has-text('Suivre')").first.click()
    follow(reader, "at_once")
    author.locator("main a[href$='/reply/']").first.click()
    author.check("input[name=alignment][value=for]")
    author.fill("textarea[name=body]", "Une précision utile.")
    author.click("form.panel button:has-text('Publier')")
    work()
    mail = mails_to(stranger, newcomer, "Du nouveau")
    link = re.search(r"Arrêter les courriels à ce sujet\s+(http\S+)", mail.inner_text())
    assert link is not None
    answer = stranger.request.post(link.group(1), form={"List-Unsubscribe": "One-Click"})
    assert answer.status == 200
    reader.goto("/account/following")
    expect(reader.locator("main li.comment")).to_contain_text("Sur le site seulement")


@pytest.mark.looks
def test_the_pages_of_following(
    visit: Callable[..., Page],
    newcomer: Newcomer,
    sign_in: Callable[[Page, str], None],
    small_consultation: Callable[..., str],
    work: Callable[[], None],
) -> None:
    page, author = visit(), visit()
    consultation = f"/consultations/{small_consultation(['Un premier point'])}/"
    newcomer.enter(page)
    sound_at(page, "/account/following", "/account/notices", f"{consultation}follow/")
    refused(page)
    follow(page, "at_once")
    sign_in(author, "physician")
    comment(author, f"{consultation}recommendations/1/", WORDS)
    work()
    sound_at(page, "/account/following", "/account/notices", f"{consultation}follow/", "/unsubscribe/nobody")
    mail = mails_to(page, newcomer, "Du nouveau")
    link = re.search(r"http\S+/unsubscribe/\S+", mail.inner_text())
    assert link is not None
    sound_at(page, link.group())
    page.click("main form button")
    expect(page.locator("h1")).to_have_text("Ces courriels sont arrêtés")
    assert_sound(page)
    sound_at(page, link.group())
