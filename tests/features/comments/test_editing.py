"""A comment changed by its author: freely at first, then in sight of all, and never over what they have not read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.reactions import Reaction
from consultation.domain.deliberation.revisions import FREE_FOR
from consultation.domain.deliberation.texts import Source
from consultation.domain.errors import CommentChanged, CommentNotPublic, Forbidden, Invalid, Missing, NotOpen
from consultation.features.accounts.models import Account
from consultation.features.audit.models import AuditEntry
from consultation.features.comments.models import Comment, CommentRevision
from consultation.features.comments.queries import comment_by_id, history_of
from consultation.features.comments.services import (
    answer_comment,
    edit_comment,
    react,
    restore_comment,
    withdraw_comment,
    withhold_comment,
)
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

THREAD = "/consultations/test/recommendations/6/"
LATER = FREE_FOR + timedelta(seconds=1)
AVIS = Source("Avis 129", "https://www.ccne.example/129")


def changed(
    author: Account,
    comment: Comment,
    body: str = "Un autre texte.",
    seen: int | None = None,
    alignment: Alignment = Alignment.FOR,
    sources: tuple[Source, ...] = (),
    after: timedelta = timedelta(0),
) -> Comment:
    """Change a comment some time from now, from the text that stands unless another was seen."""
    with clock.standing_at(clock.now() + after):
        found = comment_by_id(comment.id)
        edit_comment(author, found, found.revision if seen is None else seen, alignment, body, sources)
        session.commit()
    return stored(comment)


def stored(comment: Comment) -> Comment:
    """The comment as the database holds it."""
    session.expire_all()
    return comment_by_id(comment.id)


def former(comment: Comment) -> list[str]:
    """The former texts that can be read, the latest first."""
    return [one.body for one in history_of(stored(comment))]


def count(model: type) -> int:
    """The rows of a table."""
    return session.scalar(select(func.count()).select_from(model)) or 0


class TestFreely:
    def test_in_the_first_quarter_of_an_hour_the_new_text_takes_the_place_of_the_old(self, people, write) -> None:
        author = people.citizen()
        comment = changed(author, write(author), "Un *autre* texte.", after=FREE_FOR - timedelta(seconds=1))
        assert comment.html == "<p>Un <em>autre</em> texte.</p>"
        assert (comment.edited_on, comment.revision, former(comment)) == (None, 2, [])

    @pytest.mark.parametrize("said", ["reaction", "reply", "answer"])
    def test_once_anybody_has_said_anything_of_it_readers_are_told(
        self, people, write, open_consultation, said: str
    ) -> None:
        author = people.citizen()
        comment = write(author, "Le premier texte.")
        if said == "reaction":
            react(people.citizen(), comment, Reaction.PASS)
        elif said == "reply":
            write(people.citizen(), parent=comment)
        else:
            answer_comment(people.organiser(open_consultation), comment, "Une réponse.", 0, 1)
        comment = changed(author, comment)
        assert comment.edited_on == clock.today()
        assert former(comment) == ["Le premier texte."]

    def test_a_reaction_that_was_taken_back_binds_nobody(self, people, write) -> None:
        author, reader = people.citizen(), people.citizen()
        comment = write(author)
        react(reader, comment, Reaction.AGREE)
        react(reader, comment, None)
        assert changed(author, comment).edited_on is None


class TestInSightOfAll:
    def test_each_former_text_is_kept_whole_with_its_day(self, people, write) -> None:
        author = people.citizen()
        with clock.standing_at(clock.now() - timedelta(days=2)):
            comment = write(author, "Le premier.", sources=[AVIS])
        with clock.standing_at(clock.now() - timedelta(days=1)):
            changed(author, comment, "Le deuxième.", alignment=Alignment.NUANCED)
        comment = changed(author, comment, "Le troisième.", alignment=Alignment.AGAINST)
        second, first = history_of(comment)
        assert (first.body, first.alignment, first.written_on) == ("Le premier.", "for", comment.posted_on)
        assert first.sources == '[["Avis 129", "https://www.ccne.example/129"]]'
        assert (second.body, second.alignment) == ("Le deuxième.", "nuanced")
        assert second.written_on == clock.today() - timedelta(days=1)
        assert (comment.revision, comment.edited_on) == (3, clock.today())

    def test_reactions_stay_counted_and_are_those_to_an_earlier_text(self, people, write) -> None:
        author = people.citizen()
        comment = write(author)
        for kind in (Reaction.AGREE, Reaction.DISAGREE, Reaction.PASS):
            react(people.citizen(), comment, kind)
        comment = changed(author, comment)
        assert (comment.agrees, comment.disagrees, comment.passes, comment.earlier) == (1, 1, 1, 3)
        react(people.citizen(), comment, Reaction.AGREE)
        assert (comment.agrees, comment.earlier) == (2, 3)

    def test_whoever_reacts_again_speaks_of_the_new_text(self, people, write) -> None:
        author, reader = people.citizen(), people.citizen()
        comment = write(author)
        react(reader, comment, Reaction.AGREE)
        comment = changed(author, comment)
        react(reader, comment, Reaction.AGREE)
        assert (comment.agrees, comment.earlier) == (1, 0)
        comment = changed(author, comment, "Encore un.")
        react(reader, comment, None)
        assert (comment.agrees, comment.earlier) == (0, 0)

    def test_the_recommendation_counts_the_new_position(self, people, write, recommendation) -> None:
        author = people.citizen()
        changed(author, write(author), alignment=Alignment.AGAINST)
        session.refresh(recommendation)
        assert (recommendation.citizens_for, recommendation.citizens_against) == (0, 1)

    def test_the_pages_that_show_it_change_and_the_log_names_no_word(self, people, write, recommendation) -> None:
        author = people.citizen()
        comment = write(author)
        before = stored(comment).recommendation.stamp
        changed(author, comment, "Un texte secret.")
        assert session.get_one(Recommendation, recommendation.id).stamp > before
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.event == "CommentEdited"))
        assert "secret" not in entry.identifiers

    def test_sources_are_replaced_in_their_order(self, people, write) -> None:
        author, other = people.citizen(), Source("Autre", "https://example.org/")
        comment = changed(author, write(author, sources=[AVIS]), sources=(other, AVIS))
        assert [one.title for one in comment.sources] == ["Autre", "Avis 129"]


class TestRefused:
    def test_the_same_change_sent_twice_is_made_once(self, people, write) -> None:
        author = people.citizen()
        comment = write(author)
        changed(author, comment, after=LATER)
        comment = changed(author, comment, seen=1, after=LATER)
        assert (comment.revision, len(former(comment))) == (2, 1)

    def test_nothing_is_put_over_a_text_that_was_not_read(self, people, write) -> None:
        author = people.citizen()
        comment = write(author)
        changed(author, comment, "Dans une fenêtre.")
        for seen in (0, 1, 3):
            with pytest.raises(CommentChanged):
                changed(author, comment, "Dans une autre.", seen=seen)
        assert stored(comment).body == "Dans une fenêtre."

    def test_a_comment_that_is_gone_meanwhile_is_missing(self, people, write) -> None:
        author = people.citizen()
        comment = write(author)
        session.execute(delete(Comment).where(Comment.id == comment.id).execution_options(synchronize_session=False))
        with pytest.raises(Missing):
            edit_comment(author, comment, 1, Alignment.FOR, "Un autre texte.", ())

    def test_only_its_author_changes_a_comment(self, people, write, open_consultation) -> None:
        comment = write(people.citizen())
        for other in (people.citizen(), people.moderator(open_consultation), people.organiser(open_consultation)):
            with pytest.raises(Forbidden):
                changed(other, comment)

    def test_what_is_not_public_is_not_changed(self, people, write) -> None:
        author = people.citizen()
        withheld, withdrawn = write(author), write(author)
        withhold_comment(withheld, "decision0001", "insult")
        withdraw_comment(author, withdrawn)
        for comment in (withheld, withdrawn):
            with pytest.raises(CommentNotPublic):
                changed(author, comment)

    def test_after_the_close_nothing_changes(self, people, write, open_consultation) -> None:
        author = people.citizen()
        comment = write(author)
        with clock.standing_at(open_consultation.closes_at), pytest.raises(NotOpen):
            changed(author, comment)

    @pytest.mark.parametrize("body", ["", " \n", "x" * 2001])
    def test_an_empty_or_overlong_text_is_refused(self, people, write, body: str) -> None:
        author = people.citizen()
        comment = write(author)
        with pytest.raises(Invalid):
            changed(author, comment, body)


class TestClosing:
    """A decision judges a revision: it and all before it are shown nowhere."""

    def test_withholding_closes_the_text_judged_and_those_before_it(self, people, write) -> None:
        author = people.citizen()
        comment = write(author, "Le premier.")
        changed(author, comment, "Le deuxième.", after=LATER)
        withhold_comment(stored(comment), "decision0001", "insult")
        session.commit()
        assert (stored(comment).closed_through, former(comment)) == (2, [])

    def test_restoring_opens_them_again(self, people, write) -> None:
        author = people.citizen()
        comment = write(author, "Le premier.")
        changed(author, comment, "Le deuxième.", after=LATER)
        withhold_comment(stored(comment), "decision0001", "insult")
        restore_comment(stored(comment))
        session.commit()
        assert (stored(comment).closed_through, former(comment)) == (0, ["Le premier."])

    def test_withdrawing_erases_every_former_text(self, people, write) -> None:
        author = people.citizen()
        comment = write(author, "Le premier.")
        changed(author, comment, "Le deuxième.", after=LATER)
        withdraw_comment(author, stored(comment))
        session.commit()
        assert count(CommentRevision) == 0
        assert former(comment) == []


class TestPages:
    @pytest.fixture
    def path(self, people, write) -> Callable[..., str]:
        """The address of the form to change a comment."""
        return lambda comment: f"/consultations/test/comments/{comment.id}/edit/"

    def test_the_form_holds_what_the_comment_says_and_leads_back_to_it(self, browse, people, write, path) -> None:
        author = people.citizen()
        comment = write(author, "Un argument.", sources=[AVIS], alignment=Alignment.NUANCED)
        client = browse(author)
        page = client.get(str(client.get(THREAD).find(".acts a[href$='/edit/']")["href"]))
        fields = page.fields("form.panel")
        assert (fields["body"], fields["alignment"], fields["revision"]) == (["Un argument."], ["nuanced"], ["1"])
        assert (fields["source_title_1"], fields["source_url_1"]) == ([AVIS.title], [AVIS.url])
        sent = client.submit(page, "form.panel", {"body": "Un autre."}, path=path(comment))
        shown = client.follow(client.follow(sent, status=302))
        assert shown.find(f"#c-{comment.id} .body").get_text(strip=True) == "Un autre."
        assert "Votre contribution est modifiée." in shown.find(".notice--success").get_text()

    def test_a_page_that_has_gone_stale_shows_both_texts_and_loses_none(self, browse, people, write, path) -> None:
        author = people.citizen()
        comment = write(author, "Le premier.")
        client = browse(author)
        page = client.get(path(comment))
        changed(author, comment, "D’une autre fenêtre.")
        stale = client.submit(page, "form.panel", {"body": "De celle-ci."}, status=409, path=path(comment))
        assert "D’une autre fenêtre." in stale.find(".comment .body").get_text()
        assert stale.fields("form.panel")["body"] == ["De celle-ci."]
        assert stored(comment).body == "D’une autre fenêtre."
        client.submit(stale, "form.panel", path=path(comment))
        assert stored(comment).body == "De celle-ci."

    def test_what_cannot_be_taken_is_said_and_kept(self, browse, people, write, path) -> None:
        author = people.citizen()
        comment = write(author, "Le premier.")
        client = browse(author)
        sent = {"body": "", "source_title_1": "Avis"}
        page = client.submit(client.get(path(comment)), "form.panel", sent, status=422, path=path(comment))
        assert page.find("#body-error")
        assert page.fields("form.panel")["source_title_1"] == ["Avis"]
        assert stored(comment).body == "Le premier."

    @pytest.mark.parametrize("revision", ["", "x", "-1", "0", "99999999999999999999"])
    def test_a_form_that_lost_its_revision_changes_nothing_unseen(
        self, browse, people, write, path, revision: str
    ) -> None:
        author = people.citizen()
        comment = write(author, "Le premier.")
        sent = {"alignment": "for", "body": "Un autre.", "revision": revision}
        browse(author).post(path(comment), sent, status=409)
        assert stored(comment).body == "Le premier."

    def test_a_comment_says_that_it_was_changed_and_leads_to_what_it_said(self, browse, people, write) -> None:
        author = people.citizen()
        comment = write(author, "Le médecin garde la main.", sources=[AVIS])
        changed(author, comment, "Le médecin tient la main.", alignment=Alignment.AGAINST, after=LATER)
        visitor = browse()
        link = visitor.get(THREAD).find(f"#c-{comment.id} header a[href$='/history/']")
        assert link.get_text().startswith("modification du")
        page = visitor.get(str(link["href"]))
        assert page.find("h1").get_text() == "Ce que disait auparavant la contribution de Sauge"
        assert [one.get_text() for one in page.find_all(".diff del")][:1] == ["garde"]
        assert [one.get_text() for one in page.find_all(".diff ins")] == ["tient"]
        words = page.text.replace("\u00a0", " ")
        assert "Source enlevée : Avis 129" in words
        assert "Position : ▲ Pour → devient ▼ Contre" in words
        assert not page.find_all("main form")

    def test_the_history_of_a_comment_that_never_changed_says_so(self, browse, people, write) -> None:
        comment = write(people.citizen())
        page = browse().get(f"/consultations/test/comments/{comment.id}/history/")
        assert "Rien avant ce texte" in page.find(".empty").get_text()

    def test_what_is_not_public_has_no_history_to_read(self, browse, people, write) -> None:
        author = people.citizen()
        comment = write(author, "Le premier.")
        changed(author, comment, "Le deuxième.", after=LATER)
        path = f"/consultations/test/comments/{comment.id}/history/"
        visitor = browse()
        assert "premier" in visitor.get(path).text
        withhold_comment(stored(comment), "decision0001", "insult")
        session.commit()
        for client in (visitor, browse(author)):
            assert "premier" not in client.get(path, status=409).html

    def test_a_long_history_takes_as_many_statements_as_a_short_one(self, browse, people, write, statements) -> None:
        author = people.citizen()
        comment = write(author, "Texte 0.")
        path, visitor, counts = f"/consultations/test/comments/{comment.id}/history/", browse(), []
        for last in (2, 12):
            for place in range(comment.revision, last):
                changed(author, comment, f"Texte {place}.", after=LATER)
            with statements() as seen:
                visitor.get(path)
            counts.append(seen.total)
        assert counts[0] == counts[1] <= 6


class TestInterests:
    PATH = "/consultations/test/interests/"

    def test_they_are_shown_with_every_comment_and_gone_when_emptied(self, browse, people, write) -> None:
        author = people.citizen()
        comment = write(author)
        client = browse(author)
        page = client.get(self.PATH)
        client.submit(page, "main form.panel", {"interests": "Salariée d’un éditeur de logiciels"}, path=self.PATH)
        shown = "Intérêts déclarés\u00a0: Salariée d’un éditeur de logiciels"
        visitor = browse()
        assert shown in visitor.get(THREAD).find(f"#c-{comment.id}").get_text()
        client.submit(client.get(self.PATH), "main form.panel", {"interests": ""}, path=self.PATH)
        assert "Intérêts déclarés" not in visitor.get(THREAD).find(f"#c-{comment.id}").get_text()

    def test_they_hold_a_line(self, browse, people, write) -> None:
        author = people.citizen()
        write(author)
        page = browse(author).post(self.PATH, {"interests": "x" * 201}, status=422)
        assert "200" in page.find("#interests-error").get_text()

    def test_they_need_a_name_to_stand_under(self, browse, people, recommendation) -> None:
        browse(people.citizen()).get(self.PATH, status=404)
        assert browse().get(self.PATH, status=303).location.startswith("/account/sign-in")
