"""The pages about the site."""

import pytest

from consultation.app import create_app
from consultation.domain.moderation.grounds import Ground
from consultation.features.consultations import services
from consultation.features.pages.datasets import DATA_MAP, WITHOUT_PEOPLE
from consultation.infrastructure import clock, mail
from consultation.infrastructure.database import Model, session
from pages import PageClient

PATHS = (
    "/",
    "/charter",
    "/method",
    "/accessibility",
    "/privacy",
    "/legal",
    "/help",
    "/contact",
    "/sitemap",
    "/demo/mails",
)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_answers_in_both_languages_without_cookie_or_form(browse, open_consultation, path, language):
    client = browse(language=language)
    page = client.get(path)
    assert page.find("html")["lang"] == language
    assert not page.find_all("form")
    assert "Set-Cookie" not in page.headers
    assert not client.cookies()


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_translated(browse, path):
    french, english = (browse(language=language).get(path) for language in ("fr", "en"))

    def sentences(page):
        return {
            " ".join(one.get_text().split())
            for one in page.find_all("main p, main li:not(:has(code)), main dd, main h2")
        }

    same = sentences(french) & sentences(english)
    assert {one for one in same if len(one.split()) > 3} == set()


def test_home_leads_to_the_open_consultation_and_to_an_account(browse, open_consultation):
    page = browse().get("/")
    assert page.find(".actions a")["href"] == "/consultations/test/"
    assert len(page.find_all(".actions a")) == 2
    assert open_consultation.title in page.find(".rec").get_text()


def test_home_says_when_nothing_is_open(browse, draft_consultation):
    page = browse().get("/")
    assert page.find(".empty a")["href"] == "/consultations/"
    assert draft_consultation.title not in page.text


def test_home_shows_what_was_published_lately(browse, open_consultation):
    services.fence(None, open_consultation)
    services.mark_closed(open_consultation)
    services.mark_published(None, open_consultation)
    session.commit()
    page = browse().get("/")
    assert open_consultation.title in page.text
    assert page.find(".empty")


def test_the_charter_has_an_article_for_each_ground_of_moderation(browse):
    page = browse().get("/charter")
    for ground in Ground:
        article = page.find(f"#{ground.value}").get_text(" ")
        assert (f"Article {ground.article}." in article) == (ground.article is not None)


def test_the_method_states_the_thresholds_that_the_program_applies(browse):
    rows = [" ".join(row.get_text(" ").split()) for row in browse(language="en").get("/method").find_all("tbody tr")]
    assert [row.split(" also ")[0].split(" the ")[0] for row in rows] == [
        "fewer than 20",
        "20 to 49",
        "50 to 99",
        "100 to 249",
        "250 to 499",
        "500 or more",
    ]
    assert "to the nearest 10 %; under 10 % and over 90 %" in rows[2]
    assert "to the nearest 1 %; under 5 % and over 95 %" in rows[5]


def test_the_data_map_names_every_table_that_keeps_something_about_people(app):
    named = [table for record in DATA_MAP for table in record.tables]
    assert len(named) == len(set(named))
    assert set(Model.metadata.tables) <= set(named) | WITHOUT_PEOPLE
    assert set(named) <= set(Model.metadata.tables)


def test_no_table_from_which_an_account_can_be_reached_is_said_to_be_about_nobody(app):
    for name in WITHOUT_PEOPLE:
        reached = {key.column.table.name for key in Model.metadata.tables[name].foreign_keys}
        assert not reached & {"account", "pen_name", "comment_reaction"}, name


def test_the_accessibility_statement_says_not_compliant_until_an_audit(browse):
    assert "non conforme" in browse().get("/accessibility").find("h1").get_text()


def test_the_sitemap_lists_public_consultations_and_no_draft(browse, draft_consultation):
    assert draft_consultation.title not in browse().get("/sitemap").text
    services.open_consultation(None, draft_consultation, 4, 2)
    session.commit()
    links = [link["href"] for link in browse().get("/sitemap").find_all("main a")]
    assert "/consultations/test/" in links
    assert {"/charter", "/method", "/accessibility", "/privacy", "/legal", "/help", "/contact"} <= set(links)


def test_the_mails_of_the_demonstration_can_be_read(browse, context):
    session.add(
        mail.OutgoingMail(
            recipient="anne@example.org",
            subject="Confirmez <votre> adresse",
            body="Ouvrez http://127.0.0.1:8000/account/confirm/abc\nMerci.",
            written_at=clock.now(),
        )
    )
    session.commit()
    page = browse().get("/demo/mails")
    assert page.find("h2").get_text(strip=True) == "Confirmez <votre> adresse"
    assert page.find(".mail a")["href"] == "http://127.0.0.1:8000/account/confirm/abc"
    assert page.headers["Cache-Control"] == "no-store"


@pytest.fixture
def production(settings):
    """The same program as a publisher runs it."""
    changes = {
        "environment": "production",
        "public_url": "http://localhost",
        "mail_url": "smtp://localhost",
        "legal_notice": "Éditeur : <b>l’association</b>\nHébergeur : la commune",
    }
    return PageClient(create_app(type(settings)(**{**vars(settings), **changes})), "fr")


def test_mails_cannot_be_read_outside_the_demonstration(production, context):
    production.get("/demo/mails", 404)


def test_the_legal_notice_is_the_publishers_own(production, context):
    page = production.get("/legal")
    assert "<b>l’association</b> Hébergeur : la commune" in page.text
    assert "fictif" not in page.text


def test_the_demonstration_says_that_its_publisher_is_fictitious(browse):
    assert "fictif" in browse().get("/legal").text


def test_machines_are_told_that_the_process_answers_and_is_ready(browse):
    for path in ("/healthz", "/readyz"):
        page = browse().get(path)
        assert page.html == "ok\n"
        assert page.headers["Content-Type"].startswith("text/plain")
        assert page.headers["Cache-Control"] == "no-store"


def test_a_process_whose_database_lacks_its_tables_is_not_ready(settings, tmp_path, context):
    changes = {"database_url": f"sqlite:///{tmp_path / 'empty.sqlite'}"}
    client = PageClient(create_app(type(settings)(**{**vars(settings), **changes})))
    client.get("/healthz")
    client.get("/readyz", 503)
