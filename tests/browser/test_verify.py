"""The pages of proof, in a browser: accessible in every state, without a cookie, and with scripts switched off."""

from collections.abc import Callable

import pyrage
import pytest
from browser.looks import assert_sound, refused, sound_at
from flask import Flask
from playwright.sync_api import Page, expect

from consultation.demonstration.accounts import ADDRESSES
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import ORGANISER
from consultation.features.accounts.queries import account_by_address, holders_of
from consultation.features.ballots.services import bundle_for, confirm_auditor, propose_auditor
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure.database import session

pytestmark = pytest.mark.browser

OPEN, CLOSED = "/consultations/ia-sante-2018/verify/", "/consultations/demonstration-close/verify/"


@pytest.fixture
def organiser(visit: Callable[..., Page], sign_in: Callable[[Page, str], None]) -> Page:
    """A window in which the demonstration's organiser is signed in."""
    page = visit()
    sign_in(page, "organiser")
    return page


@pytest.mark.parametrize(
    "path",
    [
        OPEN,
        CLOSED,
        f"{OPEN}plan/",
        f"{OPEN}receipt/",
        f"{CLOSED}receipt/",
        f"{CLOSED}list/a7/",
        f"/en{OPEN}",
        f"/en{CLOSED}",
        f"/en{CLOSED}plan/",
    ],
)
@pytest.mark.looks
def test_a_page_of_proof_is_accessible_and_leaves_no_cookie(path: str, visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto(path)
    assert_sound(page)
    assert page.context.cookies() == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_receipt_from_the_ballot_is_looked_up_and_checked_by_a_visitor(
    scripts: bool, visit: Callable[..., Page], sign_in: Callable[[Page, str], None]
) -> None:
    voter, page = visit(java_script_enabled=False), visit(java_script_enabled=scripts)
    sign_in(voter, "citizen")
    voter.goto("/consultations/ia-sante-2018/ballot/")
    voter.select_option("select[name=rank-24]", "1")
    voter.click("button[name=action][value=save]")
    voter.wait_for_url("**done=save*")
    voter.goto("/consultations/ia-sante-2018/ballot/review/")
    voter.check("main input[type=checkbox]")
    voter.click("main button:has-text('Déposer')")
    voter.wait_for_url("**/ballot/receipt/")
    commitment = voter.locator("dl.facts code").first.inner_text()
    receipt = voter.locator("details code").last.text_content() or ""

    page.goto(OPEN)
    page.fill("#commitment", f" {commitment[:32].upper()} {commitment[32:]} ")
    page.click("#ballot form button")
    expect(page.locator("#ballot .notice--success")).to_have_count(1)
    page.goto(f"{OPEN}receipt/")
    page.fill("#receipt", receipt)
    page.click("main form button")
    expect(page.locator("[role=status] .notice--success")).to_have_count(4)
    assert page.context.cookies() == []
    if scripts:
        assert_sound(page)


@pytest.mark.looks
def test_the_pages_of_a_question_that_finds_nothing(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto(OPEN)
    refused(page, "#ballot form button")
    page.fill("#commitment", "0" * 64)
    page.click("#ballot form button")
    expect(page.locator("#ballot .notice--warning")).to_be_visible()
    assert_sound(page)
    page.goto(f"{OPEN}receipt/")
    refused(page, "main form button")
    page.goto(CLOSED)
    refused(page, "#ballot form button")


def test_a_part_of_the_list_is_two_digits_away(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto(CLOSED)
    page.fill("#digits", "A7")
    page.click("#ballot form button")
    page.wait_for_url("**/verify/list/a7/")
    codes = page.locator("main ol code").all_inner_texts()
    assert codes == sorted(codes)
    assert all(code.startswith("a7") for code in codes)


def test_a_question_is_answered_on_the_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto(OPEN)
    page.focus("#commitment")
    page.keyboard.type("0" * 64)
    page.keyboard.press("Enter")
    expect(page.locator("#ballot .notice--warning")).to_be_visible()


@pytest.mark.looks
def test_the_pages_of_a_plan_that_is_decided(organiser: Page, small_consultation: Callable[..., str]) -> None:
    slug = small_consultation(["Un premier point", "Un deuxième point"], is_open=False)
    sound_at(organiser, f"/organise/{slug}/plan/")
    refused(organiser, "button[value=publish]")
    organiser.fill("input[name=minimum_ballots]", "40")
    organiser.click("button[value=preview]")
    expect(organiser.locator("section.panel ins")).to_have_count(1)
    assert_sound(organiser)
    organiser.click("button[value=publish]")
    organiser.wait_for_url(f"**/consultations/{slug}/verify/plan/")
    assert_sound(organiser)
    sound_at(organiser, f"/organise/{slug}/")


@pytest.mark.looks
def test_the_pages_of_auditors(organiser: Page, visit: Callable[..., Page], demonstration: Flask) -> None:
    desk, identity = "/organise/demonstration-close/auditors/", pyrage.x25519.Identity.generate()
    sound_at(organiser, desk)
    refused(organiser, "form[action$='/auditors/'] button")
    organiser.fill("#name", "Emmy Noether")
    organiser.fill("#recipient", str(identity.to_public()))
    organiser.click("form[action$='/auditors/'] button")
    expect(organiser.locator("section.panel")).to_have_count(1)
    assert_sound(organiser)
    name_auditor(demonstration, str(pyrage.x25519.Identity.generate().to_public()))
    sound_at(organiser, desk)
    organiser.click("a:has-text('Ada Lovelace')")
    organiser.wait_for_url("**/statement/")
    refused(organiser, "main form button")
    organiser.fill("#day", "2026-01-05")
    organiser.fill("#text", "J’ai recompté : le résultat publié est celui des bulletins.")
    organiser.click("main form button")
    organiser.wait_for_url(f"**{desk}")
    page = visit()
    sound_at(page, CLOSED, "/consultations/demonstration-close/results/")
    expect(page.locator("#computed blockquote")).to_be_visible()


def name_auditor(demonstration: Flask, key: str) -> None:
    """Let the organiser and an invented colleague name an auditor, who is handed a copy."""
    with demonstration.app_context():
        consultation = consultation_by_slug("demonstration-close")
        colleague = accounts.create_synthetic_participant()
        accounts.grant_role(colleague, consultation.id, ORGANISER)
        organiser = account_by_address(ADDRESSES["organiser"])
        assert organiser in holders_of(ORGANISER, consultation.id)
        auditor = propose_auditor(colleague, consultation, "Ada Lovelace", key)
        confirm_auditor(organiser, consultation, auditor.id)
        bundle_for(consultation, key)
        session.commit()
