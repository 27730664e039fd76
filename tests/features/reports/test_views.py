"""The pages of a report: what everyone reads, the way there from a comment and back, and the organisers' desk."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consultation.domain.deliberation.alignment import Alignment
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment
from consultation.features.comments.services import edit_comment, restore_comment, withdraw_comment, withhold_comment
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.features.reports.models import Citation, ReportLine
from consultation.features.reports.queries import lines_of
from consultation.features.reports.services import add_line, change_line, cite_comment, publish_report, take_line_out
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

REPORT, DESK, THREAD = "/consultations/test/report/", "/organise/test/report/", "/consultations/test/recommendations/3/"
FIRST, SECOND = "Ce que je disais hier.", "Ce que je dis à présent."


@pytest.fixture
def line(organiser, open_consultation):
    """A line about recommendation 3."""
    about = recommendation_by_number(open_consultation, 3)
    made = add_line(organiser, open_consultation, about, "Une loi est *demandée*.")
    session.commit()
    return made


@pytest.fixture
def cited(organiser, open_consultation, line, write):
    """A comment that the line rests on."""
    comment = write(FIRST)
    cite_comment(organiser, open_consultation, line, comment)
    session.commit()
    return comment


@pytest.fixture
def publish(organiser, open_consultation, publish_results):
    """Publish the results, then the report."""

    def act():
        publish_results()
        publish_report(organiser, open_consultation)
        session.commit()

    return act


def edit(comment, seen=1):
    """Let the author change a comment once readers are told of changes."""
    author = session.get_one(Account, comment.author_id)
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        edit_comment(author, comment, seen, Alignment.AGAINST, SECOND, [])
    session.commit()


def revision_cited():
    """The revision that the only citation quotes."""
    session.expire_all()
    return session.scalars(select(Citation.revision)).one()


class TestRead:
    """What everyone reads."""

    def test_a_draft_is_shown_to_nobody_and_the_page_says_what_to_expect(self, browse, organiser, cited):
        for actor in (None, organiser):
            page = browse(actor).get(REPORT)
            assert "No report yet" in page.text or "Pas encore de compte-rendu" in page.text
            assert FIRST not in page.text
            assert "Une loi est" not in page.text

    def test_a_public_report_shows_its_lines_with_the_comments_that_they_rest_on(self, browse, line, cited, publish):
        publish()
        page = browse().get(REPORT)
        assert page.find(f"#l-{line.id} .official em").get_text() == "demandée"
        quotation = page.find(f"#l-{line.id} #cites-{cited.id}")
        assert FIRST in quotation.get_text()
        assert quotation.select_one("header a")["href"] == f"/consultations/test/comments/{cited.id}/"
        assert not page.find_all("main form")

    def test_the_title_of_a_chapter_says_its_language_on_the_english_page(self, browse, cited, publish):
        publish()
        page = browse(language="en").get(REPORT)
        assert page.find("h2[lang=fr]").get_text() == "3 · Titre de la recommandation 3"
        assert "Rests on 1 comment" in page.text

    def test_a_comment_says_that_it_is_cited_and_leads_to_the_line(self, browse, cited, publish):
        assert not browse().get(THREAD).find_all("a[href*='#cites-']")
        publish()
        link = browse().get(THREAD).find(f"#c-{cited.id} header a[href*='#cites-']")
        assert link["href"] == f"{REPORT}#cites-{cited.id}"

    def test_a_comment_that_several_lines_cite_leads_to_the_list_of_them(
        self, browse, organiser, open_consultation, line, cited, publish
    ):
        whole = add_line(organiser, open_consultation, None, "En somme.")
        cite_comment(organiser, open_consultation, whole, cited)
        publish()
        link = browse().get(THREAD).find(f"#c-{cited.id} header a[href*='/report/']")
        page = browse().get(link["href"])
        assert [one["href"] for one in page.find_all("main .panel a")] == [
            f"{REPORT}#l-{whole.id}",
            f"{REPORT}#l-{line.id}",
        ]

    def test_the_list_of_citing_lines_is_nothing_before_publication_and_for_what_is_not_cited(
        self, browse, cited, write, publish
    ):
        other = write("Un autre argument.")
        browse().get(f"{REPORT}comments/{cited.id}/", status=404)
        publish()
        browse().get(f"{REPORT}comments/{cited.id}/")
        for comment_id in (other.id, "000000000000", "x"):
            browse().get(f"{REPORT}comments/{comment_id}/", status=404)

    def test_the_page_costs_the_same_statements_however_many_lines_and_citations(
        self, browse, organiser, open_consultation, line, write, publish, statements
    ):
        comments, totals = [write() for _ in range(4)], []
        cite_comment(organiser, open_consultation, line, comments[0])
        publish()
        for more in (comments, comments):
            with statements() as counted:
                browse().get(REPORT)
            totals.append(counted.total)
            for comment in more:
                added = add_line(organiser, open_consultation, None, "Encore.")
                cite_comment(organiser, open_consultation, added, comment)
            session.commit()
        assert totals[0] == totals[1]

    def test_a_change_after_publication_is_dated_and_a_line_that_is_taken_out_leaves_a_sentence(
        self, browse, organiser, open_consultation, line, cited, publish
    ):
        publish()
        change_line(organiser, open_consultation, line, "Deux lois.", line.version)
        session.commit()
        page = browse(language="en").get(REPORT)
        assert "changed on" in page.find(f"#l-{line.id} > p").get_text()
        assert "last changed on" in page.find(".eyebrow").get_text()
        take_line_out(organiser, open_consultation, line, line.version)
        session.commit()
        page = browse(language="en").get(REPORT)
        assert page.find(f"#l-{line.id}").get_text(strip=True).startswith("A line was withdrawn on")
        assert FIRST not in page.text
        assert not browse().get(THREAD).find_all("a[href*='#cites-']")


class TestTraces:
    """What a quotation becomes when its comment is changed, withheld or withdrawn: the same for everyone, at once."""

    @pytest.fixture
    def shown(self, browse):
        """The quotation as visitors read it, and again from what is kept of the page."""

        def read(comment):
            client = browse(language="en")
            first, again = client.get(REPORT), client.get(REPORT)
            assert first.html == again.html
            assert [one.get_text() for one in first.find_all("[id^=cites-]")] == [
                first.find(f"#cites-{comment.id}").get_text()
            ]
            return " ".join(first.find(f"#cites-{comment.id}").get_text(" ").split())

        return read

    def test_a_comment_edited_after_it_was_cited_stands_as_it_was_with_its_version(self, shown, cited, publish):
        edit(cited)
        publish()
        said = shown(cited)
        assert FIRST in said
        assert SECOND not in said
        assert "For" in said
        assert "Cited in version 1; its author has changed it since" in said

    def test_a_withheld_comment_leaves_a_trace_and_comes_back_when_it_is_restored(self, shown, cited, publish):
        publish()
        assert FIRST in shown(cited)
        withhold_comment(cited, "000000000000", "off_topic")
        session.commit()
        said = shown(cited)
        assert FIRST not in said
        assert "no longer public: it is withheld by moderation" in said
        assert "Sauge" not in said
        restore_comment(session.get_one(Comment, cited.id))
        session.commit()
        assert FIRST in shown(cited)

    def test_a_comment_withdrawn_by_its_author_leaves_a_trace(self, shown, cited, publish):
        edit(cited)
        publish()
        withdraw_comment(session.get_one(Account, cited.author_id), cited)
        session.commit()
        said = shown(cited)
        assert FIRST not in said
        assert SECOND not in said
        assert "no longer public: its author has withdrawn it" in said

    def test_a_version_that_a_decision_closed_is_quoted_no_more_even_where_a_later_one_is_public(
        self, shown, cited, publish
    ):
        edit(cited)
        publish()
        cited.closed_through = 1
        session.commit()
        said = shown(cited)
        assert FIRST not in said
        assert SECOND in said
        assert "the version that was cited is no longer shown" in said


class TestDesk:
    """Organisers write, order, cite and publish, without scripts."""

    @pytest.fixture
    def client(self, browse, organiser):
        """The organiser at work."""
        return browse(organiser, language="en")

    def test_a_report_is_written_cited_and_published_from_its_pages(
        self, client, browse, open_consultation, write, publish_results
    ):
        comment = write(FIRST)
        page = client.get(DESK)
        assert "It can be made public once the results are." in page.text
        form = "main form:has([name=about])"
        sent = client.submit(page, form, {"about": "3", "body": "Une loi."}, path=DESK)
        page = client.follow(sent)
        page = client.follow(client.submit(page, f"form:has([value='{comment.id}'])"))
        assert "1 comment cited" in page.text
        assert FIRST in page.text
        publish_results()
        public = client.follow(client.submit(client.get(DESK), "form[action$='/publish/']"))
        assert "Une loi." in public.text
        assert FIRST in browse().get(REPORT).text

    def test_a_line_without_words_or_about_what_is_not_there_is_refused_with_its_words_kept(self, client):
        page = client.get(DESK)
        form = "main form:has([name=about])"
        for fields in ({"about": "3", "body": "  "}, {"about": "99", "body": "Une loi."}):
            refused = client.submit(page, form, fields, path=DESK, status=422)
            assert refused.find(".error-summary, [role=alert]")
        assert session.scalars(select(ReportLine)).all() == []

    def test_a_line_changed_by_a_colleague_meanwhile_is_shown_beside_ones_own_words(
        self, client, organiser, open_consultation, line
    ):
        path = f"{DESK}lines/{line.id}/"
        page = client.get(path)
        change_line(organiser, open_consultation, line, "Les mots du collègue.", line.version)
        session.commit()
        stale = client.submit(page, fields={"body": "Mes mots."}, path=path, status=409)
        assert "Les mots du collègue." in stale.find(".panel").get_text()
        assert stale.find("textarea").get_text(strip=True) == "Mes mots."
        client.submit(stale, path=path)
        session.expire_all()
        assert session.get_one(ReportLine, line.id).body == "Mes mots."

    def test_a_line_moves_by_its_buttons_and_is_taken_out_after_a_question(
        self, client, organiser, open_consultation, line
    ):
        other = add_line(organiser, open_consultation, recommendation_by_number(open_consultation, 3), "Et encore.")
        page, button, path = (
            client.get(DESK),
            f"#l-{other.id} form[action$='/move/']",
            f"{DESK}lines/{other.id}/take-out/",
        )
        client.submit(page, button)
        session.expire_all()
        assert [one.id for one in lines_of(open_consultation)] == [other.id, line.id]
        client.submit(client.get(path), path=path)
        client.get(path, status=404)
        client.submit(page, button, status=404)

    def test_taking_out_a_line_that_a_colleague_changed_is_asked_again(
        self, client, organiser, open_consultation, line
    ):
        path = f"{DESK}lines/{line.id}/take-out/"
        page = client.get(path)
        change_line(organiser, open_consultation, line, "Les mots du collègue.", line.version)
        session.commit()
        again = client.follow(client.submit(page, path=path))
        assert "Les mots du collègue." in again.text
        client.submit(again, path=path)
        assert session.scalars(select(ReportLine)).all() == []

    def test_a_comment_is_cited_by_the_address_that_was_pasted_and_cited_no_more(self, client, line, write, people):
        reply = write("Une réponse.", parent=write(FIRST))
        path = f"{DESK}lines/{line.id}/citations/"
        form = "form:has(#address)"
        address = f"http://localhost/en/consultations/test/comments/{reply.id}/#c-{reply.id}"
        page = client.follow(client.submit(client.get(path), form, {"address": address}, path=path))
        assert "Une réponse." in page.text
        page = client.follow(client.submit(page, "form[action$='/remove/']"))
        assert "0 comments cited" in page.text

    @pytest.mark.parametrize(
        "address", ["", "n’importe quoi", "http://ailleurs.example/000000000000/", "\x00", "x" * 5000]
    )
    def test_an_address_that_names_no_comment_is_refused_in_words(self, client, line, address):
        path = f"{DESK}lines/{line.id}/citations/"
        refused = client.submit(client.get(path), "form:has(#address)", {"address": address}, path=path, status=422)
        assert "No comment has this address." in refused.text

    def test_a_comment_that_its_author_changed_since_the_list_was_shown_is_not_cited_unread(self, client, line, write):
        comment = write(FIRST)
        path = f"{DESK}lines/{line.id}/citations/"
        page = client.get(path)
        edit(comment)
        refused = client.submit(page, f"form:has([value='{comment.id}'])", path=path, status=422)
        assert "Its author has changed this comment since you read it" in refused.text
        assert session.scalars(select(Citation)).all() == []

    def test_the_desk_says_what_became_of_cited_comments_and_the_present_version_can_be_cited(
        self, client, line, cited
    ):
        assert not client.get(DESK).find_all(f"#l-{line.id} .small b")
        edit(cited)
        assert "1 comment cited here has changed since." in client.get(DESK).text
        path = f"{DESK}lines/{line.id}/citations/"
        page = client.get(path)
        assert FIRST in page.text
        page = client.follow(client.submit(page, "form:has([name=revision]):has(.btn[aria-label^='Cite the present'])"))
        assert SECOND in page.text
        assert revision_cited() == 2
        withhold_comment(session.get_one(Comment, cited.id), "000000000000", "off_topic")
        session.commit()
        assert "1 comment cited here is no longer public." in client.get(DESK).text

    def test_words_narrow_the_list_and_hostile_ones_find_nothing(self, client, line, write, people):
        author = people.citizen()
        write("Un argument sur la loi.", author=author)
        write("Tout autre chose.", author=author)
        path = f"{DESK}lines/{line.id}/citations/"
        page = client.get(f"{path}?q=LOI")
        assert "Un argument sur la loi." in page.text
        assert "Tout autre chose." not in page.text
        for words in ("%25", "_", "'%20OR%201=1", "a" * 300):
            assert "No such comment" in client.get(f"{path}?q={words}").text
        client.get(f"{path}?q=%00loi")
        client.get(f"{path}?after=%00", status=404)
