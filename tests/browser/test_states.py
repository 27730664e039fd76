"""Pages in the states that people bring them to, role by role: accessible in every look, at any width."""

from collections.abc import Callable

import pytest
from browser.looks import assert_sound, refused, sound_at
from browser.newcomers import Newcomer
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.looks]

OPEN = "/consultations/ia-sante-2018/"
THREAD = f"{OPEN}recommendations/10/"


@pytest.fixture
def window(visit: Callable[..., Page], sign_in: Callable[[Page, str], None]) -> Callable[[str], Page]:
    """Open a window in which somebody of the demonstration is signed in."""

    def signed_in(role: str) -> Page:
        page = visit()
        sign_in(page, role)
        return page

    return signed_in


def give_reasons(page: Page) -> None:
    """Fill in the form of a decision to withhold, and send it."""
    page.check("input[name=outcome][value=withhold]")
    page.select_option("select[name=ground]", index=1)
    page.fill("input[name=facts]", "« ce passage », dans la première phrase du texte")
    page.fill("textarea[name=statement]", "Dites ce que vous pensez de l’argument, sans viser qui l’a écrit.")
    page.click("form[action$='/decide/'] button[type=submit]")


def test_the_pages_of_a_report(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto(THREAD)
    page.locator("main a[href*='/moderation/notices/new']").first.click()
    comment = page.url.rpartition("comment=")[2]
    assert_sound(page)
    refused(page)
    page.locator("input[name=ground]").first.check()
    page.fill("textarea[name=explanation]", "Cela vise une personne et non ce qu’elle a écrit.")
    page.click("main form button")
    expect(page.locator("dl.facts")).to_be_visible()
    assert_sound(page)
    sound_at(page, f"{OPEN}comments/{comment}/replies/")


def test_the_pages_of_an_account_that_is_being_opened(visit: Callable[..., Page], newcomer: Newcomer) -> None:
    page = visit()
    page.goto("/account/register")
    refused(page)
    newcomer.register(page)
    assert_sound(page)
    sound_at(page, newcomer.link(page, "confirm"))
    page.click("main form button")
    expect(page.locator("main [role=status]")).to_be_visible()
    assert_sound(page)
    page.fill("input[name=address]", newcomer.address)
    page.fill("input[name=passphrase]", "une autre phrase que la bonne")
    refused(page)


def test_the_pages_of_a_passphrase_that_is_forgotten(visit: Callable[..., Page], newcomer: Newcomer) -> None:
    page = visit()
    newcomer.enter(page)
    page.context.clear_cookies()
    page.goto("/account/forgot")
    refused(page)
    page.fill("input[name=address]", newcomer.address)
    page.click("main form button")
    page.wait_for_url("**/account/mail-sent")
    sound_at(page, newcomer.link(page, "reset"))
    page.fill("input[name=passphrase]", "courte")
    refused(page)


def test_the_pages_of_somebody_new_who_says_to_be_a_physician(visit: Callable[..., Page], newcomer: Newcomer) -> None:
    page = visit()
    newcomer.enter(page)
    assert_sound(page)
    sound_at(page, THREAD)
    refused(page, "form.panel button:has-text('Publier')")
    sound_at(page, "/account/physician")
    page.click("main form button")
    expect(page.locator("main dl.facts")).to_be_visible()
    assert_sound(page)
    sound_at(page, f"{OPEN}ballot/")


def test_the_pages_of_a_ballot(window: Callable[[str], Page]) -> None:
    page = window("citizen")
    sound_at(page, f"{OPEN}ballot/", f"/en{OPEN}ballot/")
    for number, rank in {24: "1", 10: "2", 3: "2"}.items():
        page.select_option(f"select[name=rank-{number}]", rank)
    page.click("button[name=action][value=save]")
    expect(page.locator("#said")).not_to_be_empty()
    assert_sound(page)
    page.evaluate("document.querySelector('select[name=rank-24] option:checked').value = 'first'")
    refused(page, "button[name=action][value=save]")
    sound_at(page, f"{OPEN}ballot/withdraw/", f"{OPEN}ballot/review/")
    refused(page, "main button:has-text('Déposer')")
    page.check("main input[type=checkbox]")
    page.click("main button:has-text('Déposer')")
    page.wait_for_url("**/ballot/receipt/")
    assert_sound(page)
    sound_at(page, f"{OPEN}ballot/", f"{OPEN}ballot/withdraw/")
    page.click("main form button")
    page.wait_for_url("**done=withdrawn")
    assert_sound(page)


def test_the_pages_of_a_comment(window: Callable[[str], Page]) -> None:
    page = window("citizen")
    sound_at(page, THREAD)
    refused(page, "form.panel button:has-text('Publier')")
    page.goto(THREAD)
    page.locator("main a[href$='/reply/']").first.click()
    page.wait_for_url("**/reply/")
    assert_sound(page)
    refused(page, "form.panel button:has-text('Publier')")


def test_a_form_that_is_too_old_shows_what_was_written_and_can_be_sent_again(window: Callable[[str], Page]) -> None:
    page = window("citizen")
    page.goto(THREAD)
    page.check("input[name=alignment][value=against]")
    page.fill("textarea[name=body]", "Une machine n’a pas de secret à garder.")
    page.evaluate("document.querySelector('form.panel input[name=csrf_token]').value = 'of another day'")
    page.click("form.panel button:has-text('Publier')")
    expect(page.locator("main dd.kept")).to_have_text("Une machine n’a pas de secret à garder.")
    assert_sound(page)
    page.click("main button:has-text('Renvoyer')")
    mine = page.locator("li.comment", has_text="Une machine n’a pas de secret à garder.")
    expect(mine).to_be_visible()
    assert_sound(page)
    mine.locator("a[href$='/withdraw/']").click()
    page.wait_for_url("**/withdraw/")
    assert_sound(page)
    page.click("main form button.btn--danger")
    expect(page.locator("main [role=status]").first).to_be_visible()
    expect(mine).to_have_count(0)


def test_a_form_of_somebody_signed_out_meanwhile_shows_what_was_written(window: Callable[[str], Page]) -> None:
    page, elsewhere = window("citizen"), window("citizen")
    page.goto(THREAD)
    page.check("input[name=alignment][value=for]")
    page.fill("textarea[name=body]", "Un texte qui attend que son auteur revienne.")
    sound_at(elsewhere, "/account/", "/account/sessions")
    elsewhere.click("form[action$='/end-others'] button")
    expect(elsewhere.locator("main [role=status]")).to_be_visible()
    page.click("form.panel button:has-text('Publier')")
    expect(page.locator("main dd.kept")).to_have_text("Un texte qui attend que son auteur revienne.")
    expect(page.locator("main a[target=_blank]")).to_be_visible()
    assert_sound(page)


def test_the_pages_of_a_physician(window: Callable[[str], Page]) -> None:
    sound_at(window("physician"), "/account/", "/account/physician", f"{OPEN}ballot/")


def test_the_pages_of_a_moderator(window: Callable[[str], Page]) -> None:
    page, colleague = window("moderator"), window("moderator")
    sound_at(page, "/moderation/", "/en/moderation/ia-sante-2018/", "/moderation/ia-sante-2018/")
    action = page.locator("form[action$='/decide/']").get_attribute("action")
    case = str(action).removesuffix("decide/")
    sound_at(page, case)
    refused(page, "form[action$='/decide/'] button[type=submit]")
    colleague.goto(case)
    page.check("input[name=outcome][value=keep]")
    page.click("form[action$='/decide/'] button[type=submit]")
    page.wait_for_url("**/moderation/ia-sante-2018/")
    assert_sound(page)
    give_reasons(colleague)
    expect(colleague.locator("main [role=alert]")).to_be_visible()
    assert_sound(colleague)
    sound_at(page, case)
    page.click("main a[href*='/moderation/decisions/']")
    page.wait_for_url("**/moderation/decisions/**")
    assert_sound(page)


def test_the_pages_of_a_measure_with_its_reasons(window: Callable[[str], Page]) -> None:
    page = window("moderator")
    page.goto("/moderation/ia-sante-2018/")
    case = str(page.locator("form[action$='/decide/']").get_attribute("action")).removesuffix("decide/")
    page.check("input[name=outcome][value=withhold]")
    refused(page, "form[action$='/decide/'] button[type=submit]")
    give_reasons(page)
    page.wait_for_url("**/moderation/ia-sante-2018/")
    sound_at(page, case)
    page.click("main a[href*='/moderation/decisions/']")
    page.wait_for_url("**/moderation/decisions/**")
    assert_sound(page)


def test_the_pages_where_proofs_are_seen(
    window: Callable[[str], Page], visit: Callable[..., Page], newcomer: Newcomer
) -> None:
    page, claimant = window("moderator"), visit()
    newcomer.enter(claimant)
    claimant.goto("/account/physician")
    claimant.click("main form button")
    reference = claimant.locator("main dl.facts b").inner_text()
    sound_at(page, "/organise/physicians/")
    page.click(f"main table a:has-text('{reference}')")
    page.wait_for_url("**/organise/physicians/*/")
    assert_sound(page)
    refused(page, "form[action$='/refuse'] button")
    page.select_option("select[name=proof]", "professional_card")
    page.click("form[action$='/attest'] button")
    page.wait_for_url("**/organise/physicians/")
    assert_sound(page)
    page.click(f"main table a:has-text('{reference}')")
    page.wait_for_url("**/organise/physicians/*/")
    assert_sound(page)


def test_the_pages_of_an_organiser(window: Callable[[str], Page]) -> None:
    page = window("organiser")
    sound_at(page, "/organise/", "/organise/ia-sante-2018/", "/organise/demonstration-close/")
    sound_at(page, "/organise/ia-sante-2018/close/", "/organise/demonstration-close/ceremony/")
    sound_at(page, "/en/organise/ia-sante-2018/")


def test_the_pages_of_a_consultation_from_its_draft_to_its_results(
    window: Callable[[str], Page], small_consultation: Callable[..., str], work: Callable[[], None]
) -> None:
    page = window("organiser")
    slug = small_consultation(["Un premier point", "Un deuxième point"], is_open=False)
    sound_at(page, f"/organise/{slug}/")
    page.click("form[action$='/open/'] button")
    expect(page.locator("main a[href$='/close/']")).to_be_visible()
    assert_sound(page)
    page.goto(f"/organise/{slug}/close/")
    page.click("main form button")
    page.wait_for_url("**/ceremony/")
    assert_sound(page)
    sound_at(page, f"/organise/{slug}/", f"/consultations/{slug}/")
    work()
    sound_at(page, f"/organise/{slug}/ceremony/", f"/organise/{slug}/")
    page.click("form[action$='/publish/'] button")
    page.wait_for_url("**/results/")
    assert_sound(page)
    sound_at(page, f"/consultations/{slug}/exports/")
