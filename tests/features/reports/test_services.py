"""Lines of a report are written, ordered, rested on comments, and made public as a whole."""

import pytest
from sqlalchemy import func, select, update

from consultation.domain.errors import (
    CitationRefused,
    Invalid,
    Missing,
    NotAnOrganiser,
    NotPublished,
    ReportRefused,
    WrittenMeanwhile,
)
from consultation.features.audit.models import AuditEntry
from consultation.features.comments.models import Comment
from consultation.features.comments.services import withhold_comment
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.features.reports.models import Citation, ReportLine
from consultation.features.reports.queries import citations_in, line_of, lines_of, pick_page
from consultation.features.reports.services import (
    CITATIONS_MAXIMUM,
    add_line,
    change_line,
    cite_comment,
    move_line,
    publish_report,
    take_line_out,
    uncite_comment,
)
from consultation.infrastructure import clock
from consultation.infrastructure.database import session


@pytest.fixture
def line(organiser, open_consultation):
    """A line about recommendation 3."""
    return added(organiser, open_consultation, "Beaucoup *demandent* une loi.", 3)


def added(organiser, consultation, text, number=None):
    """Write a line and commit."""
    about = recommendation_by_number(consultation, number) if number else None
    line = add_line(organiser, consultation, about, text)
    session.commit()
    return line


def texts(consultation):
    """The lines in their order, as written."""
    session.expire_all()
    return [line.body for line in lines_of(consultation)]


def cited(comment):
    """What the comment counts."""
    session.expire_all()
    return session.get_one(Comment, comment.id).cited


def events():
    """The names of the events of reports in the log."""
    found = session.scalars(select(AuditEntry.event)).all()
    return sorted(name for name in found if name.startswith(("Report", "CommentCited", "CommentUncited")))


class TestLines:
    """Written, changed, ordered, taken out."""

    def test_lines_stand_by_recommendation_the_whole_first_each_in_its_order(self, organiser, open_consultation):
        for text, number in (("a", 6), ("b", 3), ("c", None), ("d", 3), ("e", None)):
            added(organiser, open_consultation, text, number)
        assert texts(open_consultation) == ["c", "e", "b", "d", "a"]

    def test_a_line_is_rendered_once_and_logged_without_its_words(self, line):
        assert line.html == "<p>Beaucoup <em>demandent</em> une loi.</p>"
        entry = session.scalars(select(AuditEntry).where(AuditEntry.event == "ReportLineWritten")).one()
        assert "loi" not in entry.identifiers

    def test_a_line_moves_among_those_of_its_recommendation_alone(self, organiser, open_consultation):
        first, second, third = (added(organiser, open_consultation, text, 3) for text in "abc")
        added(organiser, open_consultation, "z", 6)
        move_line(organiser, open_consultation, third, up=True, position=3)
        assert texts(open_consultation) == ["a", "c", "b", "z"]
        move_line(organiser, open_consultation, first, up=False, position=1)
        assert texts(open_consultation) == ["c", "a", "b", "z"]
        move_line(organiser, open_consultation, second, up=False, position=3)
        assert texts(open_consultation) == ["c", "a", "b", "z"]

    def test_a_move_sent_twice_moves_once(self, organiser, open_consultation):
        for text in "abc":
            added(organiser, open_consultation, text, 3)
        last = lines_of(open_consultation)[-1]
        for _ in range(2):
            move_line(organiser, open_consultation, last, up=True, position=3)
        assert texts(open_consultation) == ["a", "c", "b"]

    def test_a_line_that_a_colleague_changed_meanwhile_is_not_overwritten(self, organiser, open_consultation, line):
        change_line(organiser, open_consultation, line, "Ses mots.", line.version)
        session.commit()
        with pytest.raises(WrittenMeanwhile):
            change_line(organiser, open_consultation, line, "Les miens.", 1)
        with pytest.raises(WrittenMeanwhile):
            take_line_out(organiser, open_consultation, line, 1)
        assert texts(open_consultation) == ["Ses mots."]

    def test_a_line_of_a_draft_goes_with_its_citations(self, organiser, open_consultation, line, write):
        cite_comment(organiser, open_consultation, line, write())
        session.commit()
        take_line_out(organiser, open_consultation, line, line.version)
        session.commit()
        assert session.scalar(select(func.count()).select_from(ReportLine)) == 0
        assert session.scalar(select(func.count()).select_from(Citation)) == 0

    @pytest.mark.parametrize("text", ["", " \n", "x" * 2001])
    def test_a_line_has_words(self, organiser, open_consultation, text):
        with pytest.raises(Invalid):
            add_line(organiser, open_consultation, None, text)

    def test_only_organisers_of_this_consultation_write(self, people, open_consultation, line, write):
        comment = write()
        for actor in (people.citizen(), people.moderator(open_consultation)):
            for act in (
                lambda actor: add_line(actor, open_consultation, None, "x"),
                lambda actor: change_line(actor, open_consultation, line, "x", 1),
                lambda actor: move_line(actor, open_consultation, line, up=True, position=1),
                lambda actor: take_line_out(actor, open_consultation, line, 1),
                lambda actor: cite_comment(actor, open_consultation, line, comment),
                lambda actor: uncite_comment(actor, open_consultation, line, comment.id),
                lambda actor: publish_report(actor, open_consultation),
            ):
                with pytest.raises(NotAnOrganiser):
                    act(actor)

    @pytest.mark.parametrize("line_id", ["", "x", "000000000000", "' OR 1=1 --"])
    def test_a_line_that_is_not_there_is_missing(self, open_consultation, line_id):
        with pytest.raises(Missing):
            line_of(open_consultation, line_id)


class TestCitations:
    """What lines rest on, and what comments count of it."""

    def test_a_comment_is_cited_in_the_revision_that_is_public(self, organiser, open_consultation, line, write):
        comment = write()
        comment.revision = 4
        cite_comment(organiser, open_consultation, line, comment)
        cite_comment(organiser, open_consultation, line, comment)
        session.commit()
        assert session.scalars(select(Citation)).one().revision == 4
        assert events() == ["CommentCited", "ReportLineWritten"]

    @pytest.mark.parametrize("reason", ["unknown", "elsewhere", "hidden", "many"])
    def test_what_cannot_be_cited_is_refused_with_its_reason(
        self, organiser, open_consultation, line, write, people, reason
    ):
        author = people.citizen()
        author_comment = write(author=author)
        comment = {"unknown": None, "elsewhere": write(number=6)}.get(reason, author_comment)
        if reason == "hidden":
            withhold_comment(author_comment, "000000000000", "off_topic")
            session.commit()
            session.expire_all()
        if reason == "many":
            for _ in range(CITATIONS_MAXIMUM):
                cite_comment(organiser, open_consultation, line, write(author=author))
        with pytest.raises(CitationRefused) as refusal:
            cite_comment(organiser, open_consultation, line, comment)
        assert refusal.value.values == {"reason": reason}

    def test_comments_stand_in_the_order_in_which_they_were_cited(self, organiser, open_consultation, line, write):
        comments = [write() for _ in range(5)]
        for comment in comments:
            cite_comment(organiser, open_consultation, line, comment)
        uncite_comment(organiser, open_consultation, line, comments[2].id)
        cite_comment(organiser, open_consultation, line, comments[2])
        session.commit()
        assert [one.comment.id for one in citations_in(line)] == [comments[n].id for n in (0, 1, 3, 4, 2)]

    def test_a_line_that_a_colleague_took_out_meanwhile_takes_nothing_any_more(
        self, organiser, open_consultation, line, write, publish_results
    ):
        comment = write()
        publish_results()
        publish_report(organiser, open_consultation)
        session.execute(update(ReportLine).values(body="", html="", withdrawn_on=clock.today()))
        for act in (
            lambda: cite_comment(organiser, open_consultation, line, comment),
            lambda: uncite_comment(organiser, open_consultation, line, comment.id),
            lambda: change_line(organiser, open_consultation, line, "x", 1),
            lambda: move_line(organiser, open_consultation, line, up=True, position=1),
            lambda: take_line_out(organiser, open_consultation, line, 1),
        ):
            with pytest.raises(Missing):
                act()
        assert cited(comment) == 0

    def test_a_line_about_the_whole_cites_any_recommendation(self, organiser, open_consultation, write):
        line = added(organiser, open_consultation, "En somme.")
        for number in (3, 6):
            cite_comment(organiser, open_consultation, line, write(number=number))
        session.commit()
        assert session.scalar(select(func.count()).select_from(Citation)) == 2

    def test_a_draft_says_nothing_on_comments_and_publication_says_all_at_once(
        self, organiser, open_consultation, line, write, publish_results
    ):
        once, twice, other = write(), write(), write()
        second = added(organiser, open_consultation, "Et encore.", 3)
        for one, comment in ((line, once), (line, twice), (second, twice)):
            cite_comment(organiser, open_consultation, one, comment)
        session.commit()
        assert [cited(one) for one in (once, twice, other)] == [0, 0, 0]
        publish_results()
        before = session.scalar(select(Recommendation.stamp).filter_by(number=3))
        publish_report(organiser, open_consultation)
        session.commit()
        assert [cited(one) for one in (once, twice, other)] == [1, 2, 0]
        assert session.scalar(select(Recommendation.stamp).filter_by(number=3)) > before
        assert open_consultation.report_published_on == clock.today()
        assert "ReportPublished" in events()

    def test_after_publication_each_citation_counts_at_once_and_changes_are_dated(
        self, organiser, open_consultation, line, write, publish_results
    ):
        comment, gone = write(), write()
        cite_comment(organiser, open_consultation, line, gone)
        publish_results()
        publish_report(organiser, open_consultation)
        cite_comment(organiser, open_consultation, line, comment)
        uncite_comment(organiser, open_consultation, line, gone.id)
        uncite_comment(organiser, open_consultation, line, gone.id)
        session.commit()
        assert (cited(comment), cited(gone)) == (1, 0)
        assert line.changed_on == clock.today()
        take_line_out(organiser, open_consultation, line, line.version)
        session.commit()
        assert cited(comment) == 0
        (kept,) = lines_of(open_consultation)
        assert (kept.body, kept.withdrawn_on) == ("", clock.today())
        with pytest.raises(Missing):
            line_of(open_consultation, line.id)

    def test_the_list_to_pick_from_is_narrowed_paged_and_leaves_out_what_is_cited(
        self, organiser, open_consultation, line, write, people
    ):
        author = people.citizen()
        comments = [write(f"Argument {n} 100%", author=author) for n in range(12)]
        write("Argument ailleurs", number=6)
        cite_comment(organiser, open_consultation, line, comments[0])
        session.commit()
        first = pick_page(line, "", None)
        rest = pick_page(line, "", first.cursor)
        assert {one.id for one in (*first.rows, *rest.rows)} == {one.id for one in comments[1:]}
        assert (len(first.rows), len(rest.rows), rest.cursor) == (10, 1, None)
        assert [one.id for one in pick_page(line, "argument 7", None).rows] == [comments[7].id]
        assert pick_page(line, "100%", None).rows
        assert not pick_page(line, "1_0%", None).rows
        with pytest.raises(Missing):
            pick_page(line, "", "nothing")


class TestPublication:
    """Once, whole, and not before the results."""

    def test_a_report_waits_for_the_results(self, organiser, open_consultation, line):
        with pytest.raises(NotPublished):
            publish_report(organiser, open_consultation)

    def test_an_empty_report_is_not_made_public(self, organiser, open_consultation, publish_results):
        publish_results()
        with pytest.raises(ReportRefused) as refusal:
            publish_report(organiser, open_consultation)
        assert refusal.value.values == {"reason": "empty"}

    def test_a_report_is_made_public_once(self, organiser, open_consultation, line, write, publish_results):
        comment = write()
        cite_comment(organiser, open_consultation, line, comment)
        publish_results()
        publish_report(organiser, open_consultation)
        with pytest.raises(ReportRefused) as refusal:
            publish_report(organiser, open_consultation)
        assert refusal.value.values == {"reason": "published"}
        assert cited(comment) == 1

    def test_every_act_raises_the_stamp_of_the_consultation(self, organiser, open_consultation, line, write):
        comment, stamps = write(), []
        for act in (
            lambda: add_line(organiser, open_consultation, recommendation_by_number(open_consultation, 3), "x"),
            lambda: change_line(organiser, open_consultation, line, "y", line.version),
            lambda: move_line(organiser, open_consultation, line, up=False, position=1),
            lambda: cite_comment(organiser, open_consultation, line, comment),
            lambda: uncite_comment(organiser, open_consultation, line, comment.id),
            lambda: take_line_out(organiser, open_consultation, line, line.version),
        ):
            act()
            session.commit()
            stamps.append(session.scalar(select(Consultation.stamp).filter_by(slug="test")))
        assert stamps == sorted(set(stamps))
