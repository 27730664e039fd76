"""A comment whose author asks for a reading first: seen by nobody else, public in its time, or returned with advice."""

import json
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.argument import Argument
from consultation.domain.deliberation.texts import Source
from consultation.domain.deliberation.waiting import KEPT_FOR_AUTHORS, over_at
from consultation.domain.errors import AdviceMissing, AlreadyRead, ConflictOfInterest, NotAModerator, RuleBroken
from consultation.features.accounts.models import Account
from consultation.features.accounts.services import erase_account
from consultation.features.audit.models import AuditEntry
from consultation.features.comments import services
from consultation.features.comments.models import Comment, ReturnedComment, State
from consultation.features.comments.queries.waiting import held_comment
from consultation.features.comments.services.recounting import recounted_recommendation
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure import clock, jobs
from consultation.infrastructure.database import session
from consultation.infrastructure.mail import OutgoingMail

THREAD = "/consultations/test/recommendations/6/"
WORDS = "Ma patiente Mme Durand souffrait."
ADVICE = "Dites « une patiente » à la place de son nom, s’il vous plaît."
READINGS = "/moderation/test/readings/"


@dataclass
class Scene:
    """A held comment with its author, and a moderator."""

    author: Account
    moderator: Account
    comment: Comment
    id: str

    @property
    def way(self) -> str:
        return f"/consultations/test/comments/{self.id}/"

    @property
    def desk(self) -> str:
        return f"{READINGS}{self.id}/"

    def state(self) -> str | None:
        session.rollback()
        return session.scalar(select(Comment.state).where(Comment.id == self.id))


@pytest.fixture
def hold(open_consultation: Consultation, recommendation: Recommendation) -> Callable[..., Comment]:
    """Ask for a reading of a comment."""

    def held(author: Account, name: str = "Sauge", parent: Comment | None = None) -> Comment:
        services.choose_name(author, open_consultation, name)
        source = Source("Un avis", "https://example.org/")
        argument = Argument(Alignment.FOR, WORDS, [source], secrets.token_urlsafe(18))
        comment = services.hold_comment(author, recommendation, argument, parent)
        session.commit()
        return comment

    return held


@pytest.fixture
def scene(people, open_consultation: Consultation, hold) -> Scene:
    author = people.citizen()
    comment = hold(author)
    return Scene(author, people.moderator(open_consultation), comment, comment.id)


def count_of(recommendation: Recommendation) -> int:
    session.expire_all()
    return recommendation.comments()


class TestNotPublicYet:
    @pytest.mark.parametrize(
        "path",
        [
            THREAD,
            f"{THREAD}?order=newest",
            f"{THREAD}?college=citizens&alignment=for",
            "/consultations/test/",
            "/consultations/test/feed.atom",
            "/consultations/test/recommendations/6/feed.atom",
            "/search?q=Durand",
            "/search?q=patiente",
        ],
    )
    def test_no_page_feed_or_search_shows_it_to_others(self, scene: Scene, browse, people, path: str) -> None:
        jobs.run_all()
        for client in (browse(), browse(people.citizen()), browse(scene.moderator)):
            page = client.get(path)
            assert "Durand" not in page.html.replace("q=Durand", "").replace('value="Durand"', "") or "search" in path
            assert "souffrait" not in page.html
            assert scene.comment.id not in page.html

    @pytest.mark.parametrize("place", ["", "held/", "history/", "reply/", "edit/", "withdraw/", "replies/"])
    def test_its_addresses_exist_for_its_author_alone(self, scene: Scene, browse, people, place: str) -> None:
        for client in (browse(), browse(people.citizen()), browse(scene.moderator)):
            response = client.raw("GET", scene.way + place)
            assert response.status_code == 404 or "/account/sign-in" in response.location
            assert "souffrait" not in response.text

    def test_it_is_counted_nowhere(self, scene: Scene, recommendation, browse) -> None:
        assert count_of(recommendation) == 0
        assert recounted_recommendation(recommendation.id, repair=False) == []
        assert not browse().get(THREAD).find_all("li.comment")

    def test_nobody_reacts_to_it_replies_to_it_or_reports_it(self, scene: Scene, browse, people) -> None:
        client = browse(people.citizen())
        for path in (f"{scene.way}react/", f"{scene.way}reply/"):
            assert client.raw("POST", path).status_code == 404
        for method in ("GET", "POST"):
            report = client.raw(method, f"/moderation/notices/new?comment={scene.comment.id}")
            assert report.status_code == 404
            assert "souffrait" not in report.text

    def test_its_reply_is_not_under_the_comment_that_it_answers(self, people, write, hold, browse) -> None:
        root = write(people.citizen(), "Une question.")
        hold(people.citizen(), "Verveine", root)
        session.refresh(root)
        assert root.replies == 0
        assert "souffrait" not in browse().get(THREAD).html

    def test_the_log_holds_no_word_of_it(self, scene: Scene) -> None:
        assert all("Durand" not in one.identifiers for one in session.scalars(select(AuditEntry)))


class TestItsAuthor:
    def test_sees_the_state_in_words_and_until_when(self, scene: Scene, browse) -> None:
        client = browse(scene.author, language="en")
        page = client.follow(client.get(scene.way, 302))
        assert page.find("h1").get_text() == "Not public yet: reading asked for"
        assert "24 hours of working days" in page.text
        assert "Not public yet: reading asked for" in client.get("/consultations/test/waiting/").text

    def test_may_change_it_and_leave_it_to_be_read(self, scene: Scene, browse) -> None:
        client, way = browse(scene.author, language="en"), f"{scene.way}held/"
        until = scene.comment.held_until
        client.submit(client.get(way), "form.panel", {"body": "Une patiente."}, ("act", "read_first"), path=way)
        session.expire_all()
        assert (scene.comment.body, scene.comment.state, scene.comment.held_until) == ("Une patiente.", "held", until)

    def test_may_publish_it_without_waiting_once_it_names_nobody(self, scene: Scene, browse, recommendation) -> None:
        client, way = browse(scene.author, language="en"), f"{scene.way}held/"
        page = client.submit(client.get(way), "form.panel", button=("act", "publish"), status=422, path=way)
        assert page.find("mark").get_text() == "Ma patiente Mme Durand"
        client.submit(page, "form.panel", {"body": "Une patiente."}, ("act", "publish"), path=way)
        assert scene.state() == State.PUBLISHED
        assert count_of(recommendation) == 1
        assert "Une patiente." in browse().get(THREAD).text

    def test_may_take_it_back_and_nothing_is_kept(self, scene: Scene, browse) -> None:
        client = browse(scene.author, language="en")
        page = client.get(f"{scene.way}withdraw/")
        assert "It was never public" in page.text
        client.submit(page, path=f"{scene.way}withdraw/")
        assert scene.state() is None

    def test_leaves_nothing_of_it_when_they_leave(self, scene: Scene) -> None:
        erase_account(scene.author)
        session.commit()
        assert scene.state() is None


class TestInItsTime:
    def test_it_is_public_by_itself_after_twenty_four_working_hours_and_not_before(
        self, scene: Scene, recommendation, browse
    ) -> None:
        until = scene.comment.held_until
        assert until == over_at(scene.comment.posted_at.astimezone(clock.PARIS))
        with clock.standing_at(until - timedelta(seconds=1)):
            jobs.run_all()
            assert scene.state() == State.HELD
        with clock.standing_at(until):
            jobs.run_all()
            assert scene.state() == State.PUBLISHED
            assert session.get_one(Comment, scene.comment.id).posted_on == clock.today()
        assert count_of(recommendation) == 1
        assert "souffrait" in browse().get(THREAD).text
        assert "souffrait" in browse().get("/search?q=souffrait").html

    def test_a_visitor_who_looked_before_sees_it_afterwards(self, scene: Scene, browse) -> None:
        client = browse()
        assert "souffrait" not in client.get(THREAD).html
        services.clear_comment(scene.moderator, scene.comment)
        session.commit()
        assert "souffrait" in client.get(THREAD).html

    def test_the_close_does_not_keep_it_from_being_public(self, scene: Scene, open_consultation) -> None:
        open_consultation.closes_at = clock.now() + timedelta(minutes=1)
        session.commit()
        with clock.standing_at(scene.comment.held_until):
            jobs.run_all()
        assert scene.state() == State.PUBLISHED

    def test_a_reading_that_ended_before_ends_nothing_then(self, scene: Scene) -> None:
        services.return_comment(scene.moderator, scene.comment, ADVICE)
        session.commit()
        with clock.standing_at(clock.now() + timedelta(days=5)):
            jobs.run_all()
        assert scene.state() is None

    def test_a_reply_counts_under_its_root_from_then_on(self, people, write, hold) -> None:
        root = write(people.citizen(), "Une question.")
        reply = hold(people.citizen(), "Verveine", root)
        services.release_comment(reply)
        session.commit()
        session.refresh(root)
        assert root.replies == 1


class TestTheDesk:
    def test_shows_the_words_and_nothing_of_their_author(self, scene: Scene, browse) -> None:
        client = browse(scene.moderator, language="en")
        listed = client.get(READINGS)
        assert scene.desk.removeprefix("/en") in listed.html
        page = client.get(scene.desk)
        assert "souffrait" in page.text
        assert "Sauge" not in page.text
        assert "Collège" not in page.find("article").get_text()
        assert page.find("mark").get_text() == "Ma patiente Mme Durand"

    def test_the_queue_leads_to_it(self, scene: Scene, browse) -> None:
        assert READINGS in [link.get("href") for link in browse(scene.moderator).get("/moderation/test/").find_all("a")]

    def test_publishes_at_once(self, scene: Scene, browse, recommendation) -> None:
        client = browse(scene.moderator, language="en")
        page = client.follow(client.submit(client.get(scene.desk), "main form"))
        assert "No reading is asked for" in page.text
        assert scene.state() == State.PUBLISHED
        assert count_of(recommendation) == 1
        logged = session.scalars(select(AuditEntry).where(AuditEntry.event == "CommentCleared")).one()
        assert json.loads(logged.identifiers)["moderator_id"]

    def test_returns_with_advice_by_mail(self, scene: Scene, browse) -> None:
        client = browse(scene.moderator, language="en")
        form = f"main form[action$='{scene.id}/return/']"
        refused = client.submit(client.get(scene.desk), form, {"advice": "Trop court."}, status=422)
        assert "20 to 1,000 characters" in refused.find(".error-summary").get_text()
        client.submit(client.get(scene.desk), form, {"advice": ADVICE})
        assert scene.state() is None
        mail = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
        assert mail is not None
        assert mail.recipient == scene.author.address
        assert ADVICE in mail.body
        assert "Durand" not in mail.body
        returned = session.scalars(select(ReturnedComment)).one()
        assert (returned.body, returned.advice) == (WORDS, ADVICE)

    def test_what_was_returned_is_found_changed_and_published_by_its_author(self, scene: Scene, browse) -> None:
        returned = services.return_comment(scene.moderator, scene.comment, ADVICE)
        client, way = browse(scene.author, language="en"), f"/consultations/test/waiting/{returned.id}/"
        page = client.get("/consultations/test/waiting/")
        assert "returned to you with advice" in page.text
        page = client.get(way)
        assert ADVICE in page.text
        assert page.find("[name=source_url_1]")["value"] == "https://example.org/"
        client.submit(page, "form.panel", {"body": "Une patiente."}, path=way)
        assert "Une patiente." in browse().get(THREAD).text
        assert session.scalar(select(func.count()).select_from(ReturnedComment)) == 0

    def test_what_was_returned_is_nobody_elses(self, scene: Scene, browse, people) -> None:
        way = f"/consultations/test/waiting/{services.return_comment(scene.moderator, scene.comment, ADVICE).id}/"
        assert "/account/sign-in" in browse().raw("GET", way).location
        assert browse(people.citizen()).raw("GET", way).location.endswith("/waiting/")
        browse(people.citizen()).post(f"{way}drop/")
        assert session.scalar(select(func.count()).select_from(ReturnedComment)) == 1

    def test_what_was_returned_goes_after_thirty_days(self, scene: Scene) -> None:
        services.return_comment(scene.moderator, scene.comment, ADVICE)
        session.commit()
        with clock.standing_at(clock.now() + KEPT_FOR_AUTHORS + timedelta(seconds=1)):
            jobs.run_all()
        assert session.scalar(select(func.count()).select_from(ReturnedComment)) == 0

    def test_a_reading_that_is_over_is_said_to_be(self, scene: Scene, browse) -> None:
        client = browse(scene.moderator, language="en")
        page = client.get(scene.desk)
        services.release_comment(scene.comment)
        session.commit()
        assert "This reading is over" in client.follow(client.submit(page, "main form")).text

    @pytest.mark.parametrize("advice", ["", "Non.", "x" * 1001, "\u200b" * 40])
    def test_nothing_is_returned_without_a_reason(self, scene: Scene, advice: str) -> None:
        with pytest.raises(AdviceMissing):
            services.return_comment(scene.moderator, scene.comment, advice)

    def test_nobody_ends_the_reading_of_their_own_comment(self, people, open_consultation, hold) -> None:
        moderator = people.moderator(open_consultation)
        with pytest.raises(ConflictOfInterest):
            services.clear_comment(moderator, hold(moderator))

    def test_nobody_else_ends_a_reading(self, scene: Scene, people) -> None:
        for act in (lambda who: services.clear_comment(who, scene.comment),
                    lambda who: services.return_comment(who, scene.comment, ADVICE)):  # fmt: skip
            with pytest.raises(NotAModerator):
                act(people.citizen())

    def test_of_two_moderators_at_once_one_ends_the_reading(self, app: Flask, scene: Scene, people) -> None:
        other = people.moderator(session.get_one(Consultation, scene.comment.consultation_id))
        acts = [
            lambda who, held: services.clear_comment(who, held),
            lambda who, held: services.return_comment(who, held, ADVICE),
        ]
        consultation_id, ids = scene.comment.consultation_id, [scene.moderator.id, other.id]

        def attempt(place: int) -> str:
            with app.app_context():
                try:
                    held = held_comment(session.get_one(Consultation, consultation_id), scene.id)
                    acts[place](session.get_one(Account, ids[place]), held)
                    session.commit()
                except RuleBroken as refusal:
                    session.rollback()
                    return type(refusal).__name__
                return "done"

        session.commit()
        with ThreadPoolExecutor(2) as pool:
            done = sorted(pool.map(attempt, (0, 1)))
        assert done == [AlreadyRead.__name__, "done"]
