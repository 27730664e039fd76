"""The whole journey in a real browser, with scripts and without."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from consultation.infrastructure import jobs

pytestmark = pytest.mark.browser

OPEN = "/consultations/ia-sante-2018/"


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_citizen_registers_reads_comments_and_ranks(
    scripts: bool, visit: Callable[..., Page], demonstration: Flask
) -> None:
    page = visit(java_script_enabled=scripts)
    newcomer = f"newcomer-{'with' if scripts else 'without'}@example.org"
    passphrase = "une phrase assez longue pour tenir"
    page.goto("/account/register")
    page.fill("input[name=address]", newcomer)
    page.fill("input[name=passphrase]", passphrase)
    page.check("input[name=standing][value=citizen]")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.click("main form button")
    with demonstration.app_context():
        jobs.run_all()
    page.goto("/demo/mails")
    link = re.search(r"/account/confirm/\S+", page.inner_text("main"))
    assert link is not None
    page.goto(link.group())
    page.click("main form button")
    page.goto("/account/sign-in")
    page.fill("input[name=address]", newcomer)
    page.fill("input[name=passphrase]", passphrase)
    page.click("main form button")

    page.goto(f"{OPEN}recommendations/10/")
    page.check("input[name=alignment][value=nuanced]")
    page.fill("textarea[name=body]", "Il propose, nous décidons, et nous écrivons *pourquoi*.")
    page.fill("input[name=display_name]", "Campanule avec" if scripts else "Campanule sans")
    page.click("main form button:has-text('Publier')")
    expect(page.locator("main")).to_contain_text("Il propose, nous décidons, et nous écrivons pourquoi.")

    page.goto(f"{OPEN}ballot/")
    page.select_option("select[name=rank-24]", "1")
    page.select_option("select[name=rank-10]", "2")
    page.select_option("select[name=rank-3]", "2")
    page.click("button:has-text('Relire et déposer')")
    expect(page.locator("h1")).to_be_visible()
    page.check("main input[type=checkbox]")
    page.click("main button:has-text('Déposer')")
    expect(page).to_have_url(re.compile(r"/ballot/receipt/"))
    expect(page.locator("main")).to_contain_text("Le secret médical")
