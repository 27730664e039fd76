"""Errors, as pages that say what can be done."""

import sqlite3
from dataclasses import replace

import pytest

from consultation.app import create_app
from consultation.infrastructure.database import db, session


@pytest.mark.parametrize(("language", "heading"), [("fr", "Page introuvable"), ("en", "Page not found")])
def test_an_unknown_address_says_so_and_leads_home(browse, language, heading):
    page = browse(language=language).get("/nowhere", 404)
    assert page.find("h1").get_text(strip=True) == heading
    prefix = "/en" if language == "en" else ""
    assert {f"{prefix}/", f"{prefix}/consultations/"} <= {link["href"] for link in page.find_all("main a")}


def test_an_error_leads_back_to_the_page_of_this_site_before(browse):
    headers = {"Referer": "http://localhost/charter"}
    assert browse().get("/nowhere", 404, headers=headers).find(".actions a")["href"] == "http://localhost/charter"


@pytest.mark.parametrize(
    "before", ["http://elsewhere.example/", "http://localhost.example/", "javascript:alert(1)", "//x"]
)
def test_an_error_never_leads_back_to_another_site(browse, before):
    page = browse().get("/nowhere", 404, headers={"Referer": before})
    assert all(before not in str(link["href"]) for link in page.find_all("a"))


@pytest.mark.parametrize("path", ["/nothing%3Cscript%3E", "/%00", "/..%2f..%2fetc", "/é"])
def test_a_hostile_address_is_an_address_like_another(browse, path):
    assert "Page introuvable" in browse().get(path, 404).text


def test_the_link_to_the_other_language_stays_on_this_site(browse):
    page = browse(language="en").get("//elsewhere.example/x", 404)
    assert page.find("a[hreflang]")["href"] == "/elsewhere.example/x"


def test_a_form_without_its_token_is_refused_with_its_own_words(browse):
    assert "Ce formulaire a expiré" in browse().post("/organise/test/open/", status=400, csrf=False).text


def test_an_address_that_takes_no_form_says_so(browse):
    browse().post("/charter", status=405)


def test_an_error_page_that_shows_who_is_signed_in_is_kept_by_no_cache(browse, people):
    page = browse(people.citizen()).get("/static/nothing.css", 404)
    assert page.find("form[action='/account/sign-out'], a[href='/account/']")
    assert page.headers["Cache-Control"] == "no-store"


def test_a_foreign_host_is_refused_in_one_sentence(settings, context):
    app = create_app(replace(settings, environment="production", public_url="https://consultation.example"))
    response = app.test_client().get("/account/sign-in", headers={"Host": "evil.example"})
    assert (response.status_code, response.mimetype) == (400, "text/plain")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    with app.app_context():
        db.engine.dispose()


def test_a_database_that_fails_is_told_in_one_sentence_to_whoever_is_signed_in(app, browse, people):
    client = browse(people.citizen())
    session.execute(db.text("ALTER TABLE sign_in RENAME TO sign_in_away"))
    session.commit()
    try:
        response = client.raw("GET", "/consultations/")
    finally:
        session.execute(db.text("ALTER TABLE sign_in_away RENAME TO sign_in"))
        session.commit()
    assert response.status_code == 500
    assert "sign_in" not in response.text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_database_that_is_busy_gives_the_form_back_to_be_sent_again(app, browse, people, open_consultation):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("on PostgreSQL writers do not wait for each other")
    client = browse(people.citizen())
    page = client.get("/consultations/test/recommendations/3/")
    db.engine.dispose()
    with db.engine.connect() as impatient:
        impatient.exec_driver_sql("PRAGMA busy_timeout=1")
    holder = sqlite3.connect(db.engine.url.database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        refused = client.submit(page, "form.comment-form, main form", {"body": "Un argument pesé."}, status=503)
    finally:
        holder.rollback()
        holder.close()
        db.engine.dispose()
    assert refused.headers["Retry-After"] == "30"
    assert "rien n’a été enregistré" in refused.text
    assert "Un argument pesé." in refused.html
