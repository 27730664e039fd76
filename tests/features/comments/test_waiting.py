"""Written first, registered last: a visitor's comment waits in their browser, and nothing of it appears by itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.argument import Argument
from consultation.domain.deliberation.waiting import KEPT_FOR_VISITORS, WAITING_MAXIMUM
from consultation.domain.errors import NotOpen, TooManyWaiting
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import Account
from consultation.features.audit.models import AuditEntry
from consultation.features.comments import services
from consultation.features.comments.models import Comment, State, WaitingComment, WaitingCount
from consultation.features.comments.models.drafts import Visitor
from consultation.features.comments.queries.waiting import WaitingFigures, waiting_figures, waiting_of
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure import charter, clock, jobs, passwords
from consultation.infrastructure.database import Model, new_uuid, session
from pages import Page, PageClient

THREAD = "/consultations/test/recommendations/6/"
WRITE, WAITING = f"{THREAD}write/", "/consultations/test/waiting/"
FORM = "form.panel"
WORDS = "Les aidants passent en premier."
FIELDS = {"alignment": "nuanced", "body": WORDS, "source_title_1": "Un avis", "source_url_1": "https://example.org/"}
ADDRESS, PASSPHRASE = "camille@example.org", "la girafe mange huit nuages"


@pytest.fixture
def visitor(browse, open_consultation: Consultation) -> PageClient:
    """Somebody without an account, who reads English."""
    return browse(language="en")


@pytest.fixture
def kept(visitor: PageClient) -> PageClient:
    """The same, once they have written a comment."""
    visitor.submit(visitor.get(WRITE), FORM, FIELDS, path=WRITE)
    return visitor


@pytest.fixture
def account(context: None) -> Account:
    """Somebody who has registered, confirmed, and accepted the charter."""
    account = accounts.create_account(ADDRESS, passwords.hash_of(PASSPHRASE), "fr")
    accounts.confirm_address(account)
    accounts.accept_charter(account, charter.in_force())
    session.commit()
    return account


@pytest.fixture
def keep(open_consultation: Consultation, recommendation: Recommendation) -> Callable[..., WaitingComment]:
    """Let comments wait for a visitor."""

    def kept(visitor: Visitor, submission: str = "a form that was shown") -> WaitingComment:
        argument = Argument(Alignment.FOR, WORDS, [], submission)
        row = services.keep_comment(visitor, recommendation, argument)
        session.commit()
        return row

    return kept


def sign_in(client: PageClient) -> Page:
    page = client.get(f"/account/sign-in?next={WAITING}")
    return client.submit(page, fields={"address": ADDRESS, "passphrase": PASSPHRASE})


def number_of(row: type[Model]) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(row)) or 0


def everything() -> dict[str, int]:
    """How many rows each table has."""
    session.rollback()
    tables = Model.metadata.sorted_tables
    return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def review(client: PageClient) -> tuple[Page, str]:
    """The one comment that waits, in its form, and where that is."""
    way = str(client.get(WAITING).find("main .acts a")["href"])
    return client.get(way), way


class TestWritingFirst:
    def test_a_thread_leads_a_visitor_to_writing(self, visitor: PageClient) -> None:
        links = [link["href"] for link in visitor.get(THREAD).find_all("main a")]
        assert f"/en{WRITE}" in links

    def test_what_is_kept_is_said_not_to_be_public(self, kept: PageClient) -> None:
        page = kept.get(WAITING)
        assert "Not public yet: address to be confirmed" in page.text
        assert WORDS in page.text
        assert f"/en/account/register?next=/en{WAITING}" in [link["href"] for link in page.find_all("main a")]

    def test_nobody_else_finds_it_anywhere(self, kept: PageClient, browse, people) -> None:
        for client in (browse(), browse(people.citizen())):
            for path in (THREAD, WAITING, "/consultations/test/", "/search?q=aidants"):
                assert WORDS not in client.get(path).html
        assert (number_of(Comment), number_of(WaitingComment)) == (0, 1)

    def test_it_lies_sealed_and_the_cookie_does_not_hold_it(self, kept: PageClient) -> None:
        row = session.scalars(select(WaitingComment)).one()
        assert b"aidants" not in row.box
        assert "aidants" not in kept.cookies()
        assert len(row.slot) == 32

    def test_the_log_says_nothing_of_a_visitor(self, kept: PageClient) -> None:
        assert session.scalars(select(AuditEntry).where(AuditEntry.event.like("CommentKept%"))).all() == []

    def test_a_form_sent_twice_is_kept_once(self, visitor: PageClient) -> None:
        page = visitor.get(WRITE)
        visitor.submit(page, FORM, FIELDS, path=WRITE)
        visitor.submit(page, FORM, {**FIELDS, "body": "Changé."}, path=WRITE)
        assert number_of(WaitingComment) == 1
        assert "Changé." in visitor.get(WAITING).text

    def test_it_can_be_changed_before_there_is_an_account(self, kept: PageClient) -> None:
        page, way = review(kept)
        assert page.find("h1").get_text() == "Change your comment"
        kept.submit(page, FORM, {"body": "Changé."}, path=way)
        assert number_of(WaitingComment) == 1
        assert "Changé." in kept.get(WAITING).text

    def test_personal_data_is_pointed_out_when_it_is_published_not_while_it_is_kept(
        self, visitor: PageClient, account: Account
    ) -> None:
        visitor.submit(visitor.get(WRITE), FORM, {**FIELDS, "body": "Au 06 39 98 12 34."}, path=WRITE)
        sign_in(visitor)
        page, way = review(visitor)
        page = visitor.submit(page, FORM, {"display_name": "Sauge"}, path=way, status=422)
        assert page.find("mark").get_text() == "06 39 98 12 34"
        visitor.submit(page, FORM, button=("act", "as_is"), path=way)
        assert (number_of(Comment), number_of(WaitingComment)) == (1, 0)

    def test_what_is_missing_is_said_beside_its_field_and_nothing_is_kept(self, visitor: PageClient) -> None:
        page = visitor.submit(visitor.get(WRITE), FORM, {"alignment": "for"}, path=WRITE, status=422)
        assert page.find(".error-summary")
        assert number_of(WaitingComment) == 0
        assert not visitor.get(WAITING).find_all("main .acts")

    def test_pages_that_show_it_are_stored_nowhere(self, kept: PageClient) -> None:
        for path in (WRITE, WAITING, review(kept)[1]):
            assert kept.get(path).headers["Cache-Control"] == "no-store"

    def test_looking_changes_nothing(self, kept: PageClient) -> None:
        before = everything()
        for path in (THREAD, WRITE, WAITING, review(kept)[1], "/account/sign-in", "/account/register"):
            kept.get(path)
        assert everything() == before

    def test_twenty_may_wait_in_one_browser(self, keep, open_consultation) -> None:
        visitor = Visitor(new_uuid())
        for number in range(WAITING_MAXIMUM):
            keep(visitor, f"a form that was shown {number}")
        with pytest.raises(TooManyWaiting):
            keep(visitor, "one form more")
        session.rollback()
        keep(visitor, "a form that was shown 0")
        keep(Visitor(new_uuid()), "somebody else's form")
        assert number_of(WaitingComment) == WAITING_MAXIMUM + 1

    def test_too_many_are_refused_above_the_form(self, visitor: PageClient, monkeypatch) -> None:
        for number in range(WAITING_MAXIMUM + 1):
            is_last = number == WAITING_MAXIMUM
            page = visitor.submit(visitor.get(WRITE), FORM, FIELDS, path=WRITE, status=422 if is_last else 303)
        assert page.find(".error-summary")
        assert page.find("textarea").get_text().strip() == WORDS


class TestSigningIn:
    def test_the_way_to_an_account_says_that_something_waits(self, kept: PageClient) -> None:
        for path in ("/account/sign-in", "/account/mail-sent"):
            assert "Comments wait in this browser" in kept.get(path).text

    def test_it_is_found_again_in_that_browser_and_published_by_a_button_alone(
        self, kept: PageClient, account: Account, browse
    ) -> None:
        assert sign_in(kept).location.endswith(WAITING)
        page = kept.get(WAITING)
        assert "it waits for you to publish it" in page.text
        assert number_of(Comment) == 0
        page, way = review(kept)
        assert page.find("[name=source_title_1]")["value"] == "Un avis"
        kept.submit(page, FORM, {"display_name": "Sauge"}, path=way)
        comment = session.scalars(select(Comment)).one()
        assert (comment.author_id, comment.body, comment.state) == (account.id, WORDS, State.PUBLISHED)
        assert number_of(WaitingComment) == 0
        assert WORDS in browse().get(THREAD).text
        assert "Nothing waits here" in kept.get(WAITING).text

    def test_it_is_published_once_however_often_the_button_is_pressed(self, kept: PageClient, account: Account) -> None:
        sign_in(kept)
        page, way = review(kept)
        kept.submit(page, FORM, {"display_name": "Sauge"}, path=way)
        again = kept.follow(kept.submit(page, FORM, {"display_name": "Sauge"}, path=way))
        assert "waits here no longer" in again.text
        assert number_of(Comment) == 1

    def test_it_can_be_given_to_read_first(self, kept: PageClient, account: Account) -> None:
        sign_in(kept)
        page, way = review(kept)
        kept.submit(page, FORM, {"display_name": "Sauge"}, ("act", "read_first"), path=way)
        assert session.scalars(select(Comment)).one().state == State.HELD
        assert number_of(WaitingComment) == 0

    def test_it_can_be_dropped(self, kept: PageClient, account: Account) -> None:
        sign_in(kept)
        page = kept.follow(kept.submit(kept.get(WAITING), "main .acts form"))
        assert "nothing of it is kept" in page.text
        assert (number_of(Comment), number_of(WaitingComment)) == (0, 0)

    def test_another_browser_of_the_same_person_does_not_see_it(self, kept, account: Account, browse) -> None:
        assert WORDS not in browse(account).get(WAITING).text

    def test_nobody_else_drops_or_opens_it(self, kept: PageClient, people, browse) -> None:
        draft_id = session.scalars(select(WaitingComment.id)).one()
        for client in (browse(), browse(people.citizen())):
            client.post(f"{WAITING}{draft_id}/drop/")
            assert WORDS not in client.raw("GET", f"{WAITING}{draft_id}/").text
        assert number_of(WaitingComment) == 1

    def test_whoever_has_not_accepted_the_charter_is_led_to_it_and_loses_nothing(self, kept, context) -> None:
        accounts.confirm_address(accounts.create_account(ADDRESS, passwords.hash_of(PASSPHRASE), "fr"))
        session.commit()
        sign_in(kept)
        page = kept.get(WAITING)
        assert WORDS in page.text
        assert f"/en/account/charter/?next=/en{WAITING}" in [link["href"] for link in page.find_all("main a")]

    def test_a_reply_to_what_is_gone_stands_by_itself(self, visitor, account: Account, people, write) -> None:
        author = people.citizen()
        target = write(author, "Une question.")
        way = f"/consultations/test/comments/{target.id}/reply/"
        visitor.submit(visitor.get(way), FORM, FIELDS, path=way)
        services.withdraw_comment(author, target)
        sign_in(visitor)
        page, way = review(visitor)
        assert "no longer public" in page.text
        visitor.submit(page, FORM, {"display_name": "Verveine"}, path=way)
        assert session.scalars(select(Comment.parent_id).where(Comment.body == WORDS)).one() is None

    def test_a_reply_is_one_once_it_is_published(self, visitor, account: Account, people, write) -> None:
        target = write(people.citizen(), "Une question.")
        way = f"/consultations/test/comments/{target.id}/reply/"
        visitor.submit(visitor.get(way), FORM, FIELDS, path=way)
        sign_in(visitor)
        page, way = review(visitor)
        visitor.submit(page, FORM, {"display_name": "Verveine"}, path=way)
        assert session.scalars(select(Comment.parent_id).where(Comment.body == WORDS)).one() == target.id


class TestTooLate:
    def test_after_the_close_it_is_said_to_be_too_late_and_is_not_published(
        self, kept: PageClient, account: Account, open_consultation: Consultation
    ) -> None:
        open_consultation.closes_at = clock.now() + timedelta(days=2)
        sign_in(kept)
        page, way = review(kept)
        with clock.standing_at(open_consultation.closes_at):
            kept.submit(page, FORM, {"display_name": "Sauge"}, path=way)
            told = kept.get(WAITING)
        assert told.text.count("Confirmed too late, not published") == 2
        assert WORDS in told.text
        assert not told.find_all("main .acts a")
        assert number_of(Comment) == 0

    def test_at_the_last_second_it_is_in_time(self, keep, open_consultation: Consultation) -> None:
        with clock.standing_at(open_consultation.closes_at - timedelta(seconds=1)):
            keep(Visitor(new_uuid()))
        with clock.standing_at(open_consultation.closes_at), pytest.raises(NotOpen):
            keep(Visitor(new_uuid()))

    def test_after_seven_days_it_is_gone_by_itself(self, kept: PageClient) -> None:
        with clock.standing_at(clock.now() + KEPT_FOR_VISITORS - timedelta(minutes=5)):
            jobs.run_all()
            assert number_of(WaitingComment) == 1
        with clock.standing_at(clock.now() + KEPT_FOR_VISITORS + timedelta(seconds=1)):
            assert "Nothing waits here" in kept.get(WAITING).text
            jobs.run_all()
            assert number_of(WaitingComment) == 0

    def test_what_cannot_be_opened_is_not_shown(self, keep, open_consultation: Consultation) -> None:
        visitor = Visitor(new_uuid())
        row, other = keep(visitor), keep(visitor, "another form that was shown")
        row.box = other.box
        session.flush()
        assert [draft.id for draft in waiting_of(visitor, open_consultation)] == [other.id]


class TestFigures:
    def test_what_became_of_all_that_was_kept_is_counted(self, keep, open_consultation, people) -> None:
        visitors = [Visitor(new_uuid()) for _ in range(4)]
        rows = [keep(visitor) for visitor in visitors]
        keep(visitors[0])
        services.finish_draft(people.citizen(), visitors[0], open_consultation, rows[0].id)
        services.drop_draft(None, visitors[1], open_consultation, rows[1].id)
        services.drop_draft(None, visitors[1], open_consultation, rows[1].id)
        with clock.standing_at(clock.now() + timedelta(days=3)):
            keep(visitors[3])
        with clock.standing_at(clock.now() + KEPT_FOR_VISITORS + timedelta(days=1)):
            services.let_overdue_go()
            figures = waiting_figures(open_consultation)
        assert figures == WaitingFigures(kept=4, published=1, dropped=1, waiting=1)
        assert figures.lapsed == 1

    def test_they_are_public(self, kept: PageClient, browse) -> None:
        text = browse(language="en").get(WAITING).text
        assert "Comments written without an account: 1. Published since by their authors: 0;" in text
        assert "still to be confirmed: 1;" in text

    def test_organisers_see_them(self, kept: PageClient, browse, people, open_consultation) -> None:
        desk = browse(people.organiser(open_consultation), language="en").get("/organise/test/")
        assert "still to be confirmed: 1;" in desk.text

    def test_a_consultation_without_any_says_so(self, browse, open_consultation) -> None:
        assert waiting_figures(open_consultation) == WaitingFigures()
        assert number_of(WaitingCount) == 0
        assert "No comment has been written without an account" in browse(language="en").get(WAITING).text

    def test_the_page_costs_few_statements(self, kept: PageClient, statements) -> None:
        kept.get(WAITING)
        with statements() as count:
            kept.get(WAITING)
        assert count.total <= 5
