"""A ranking prepared without an account: kept for its browser, found after sign-in, counted only once it is cast."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consultation.app import create_app
from consultation.domain.errors import BallotTooLate
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import Account
from consultation.features.accounts.queries import account_by_address
from consultation.features.authentication.models import SignIn
from consultation.features.ballots.models import CONSENT_VERSION, Ballot, Draft, Sheet
from consultation.features.ballots.models.holders import Visitor
from consultation.features.ballots.queries import ballot_of, draft_of, keyring_of, papers_of
from consultation.features.ballots.services import (
    cast_ballot,
    close,
    drop_brought,
    save_draft,
    take_brought,
    take_up,
)
from consultation.features.ballots.views import doors
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock, jobs, passwords
from consultation.infrastructure.database import Model, db, session
from consultation.infrastructure.mail import OutgoingMail
from consultation.infrastructure.web import visits
from consultation.infrastructure.web.limits import limiter
from consultation.settings import Settings
from pages import Page, PageClient

PAPER = "/consultations/test/ballot/"
ADDRESS, PASSPHRASE = "camille@example.org", "la girafe mange huit nuages"
BROUGHT = WeakOrder.from_tiers([[3], [1, 7]])
OWN = WeakOrder.from_tiers([[6], [1]])
RANKS = {"rank-3": "1", "rank-1": "2", "rank-7": "2"}

Browse = Callable[..., PageClient]


@pytest.fixture
def account(context: None) -> Account:
    """Somebody who has registered and confirmed."""
    account = accounts.create_account(ADDRESS, passwords.hash_of(PASSPHRASE), "fr")
    accounts.confirm_address(account)
    session.commit()
    return account


@pytest.fixture
def visitor(open_consultation: Consultation, browse: Browse) -> PageClient:
    """Somebody without an account, in a browser of their own."""
    return browse(language="en")


@pytest.fixture
def prepared(visitor: PageClient) -> PageClient:
    """The same, once they have ranked some recommendations and saved."""
    page = visitor.get(PAPER)
    visitor.submit(page, form="#ballot", fields=RANKS, button=("action", "save"))
    return visitor


def count_of(row: type[Model]) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(row)) or 0


def sign_in(client: PageClient, way_back: str = f"{PAPER}review/") -> Page:
    page = client.get(f"/account/sign-in?next={way_back}")
    return client.submit(page, fields={"address": ADDRESS, "passphrase": PASSPHRASE})


def expire(account: Account) -> None:
    """End every sign-in of an account behind the back of its browsers."""
    for row in session.scalars(select(SignIn).where(SignIn.account_id == account.id)):
        session.delete(row)
    session.commit()


def ranks(page: Page) -> dict[str, str]:
    """The ranks that the lists of a paper show."""
    chosen = page.find_all("#ballot option[selected]")
    return {str(option.parent["name"]): option.get_text() for option in chosen if option.parent}


def places(page: Page) -> list[str]:
    return [place.get_text(" ", strip=True) for place in page.find_all(".place")]


def buttons(page: Page) -> list[str]:
    return [str(button["value"]) for button in page.find_all("button[name=choice]")]


def visit_of(client: PageClient) -> dict[str, object]:
    with client._client.session_transaction() as cookie:
        return dict(cookie.get("visit", {}))


# What a visitor sees and does.


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Nothing counts yet: you are not signed in"), ("fr", "Rien ne compte encore : vous n’êtes pas connecté")],
)
def test_a_visitor_has_the_whole_paper_and_is_told_that_nothing_counts_yet(
    open_consultation: Consultation, browse: Browse, language: str, sentence: str
) -> None:
    page = browse(language=language).get(PAPER)
    assert len(page.find_all("#ballot select")) == 4
    assert sentence in page.text.replace("\u00a0", " ")
    assert page.headers["Cache-Control"] == "no-store"
    for link in page.find_all("main .notice a"):
        assert "next=" in str(link["href"])


def test_looking_writes_nothing_and_draws_an_order_that_stays(visitor: PageClient) -> None:
    drawn = [str(row["id"]) for row in visitor.get(PAPER).find_all(".slot")]
    assert [str(row["id"]) for row in visitor.get(PAPER).find_all(".slot")] == drawn
    assert count_of(Draft) == 0


def test_a_visitors_draft_is_kept_and_moved_as_anybodys(prepared: PageClient) -> None:
    page = prepared.get(PAPER)
    assert ranks(page) == RANKS
    page = prepared.follow(prepared.submit(page, form="#ballot", button=("action", "up:7")))
    assert "Recommendation 7: 2nd. The draft is saved." in page.find("#done").get_text()
    assert count_of(Draft) == 1


def test_another_browser_sees_nothing_of_it(prepared: PageClient, browse: Browse) -> None:
    stranger = browse(language="en")
    assert stranger.get(PAPER).find_all("option[selected]") == []
    assert "/account/sign-in" in stranger.get(f"{PAPER}review/", 303).location


def test_the_identifier_is_random_and_the_row_names_it_nowhere(
    prepared: PageClient, open_consultation: Consultation
) -> None:
    identifier = uuid.UUID(str(visit_of(prepared)["id"]))
    assert identifier.version == 4
    session.rollback()
    (row,) = session.scalars(select(Draft))
    assert row.slot == keyring_of(open_consultation.id).draft_slot(identifier)
    assert identifier.bytes not in row.slot + row.box
    assert b"ranking" not in row.box


def test_the_cookie_says_that_something_waits_and_never_what(prepared: PageClient) -> None:
    assert set(visit_of(prepared)) == {"id", "until", "work"}
    assert visit_of(prepared)["work"] == ["ballot:test"]


def test_a_visitor_reviews_and_is_led_to_an_account_and_back(prepared: PageClient) -> None:
    answer = prepared.submit(prepared.get(PAPER), form="#ballot", button=("action", "review"))
    page = prepared.follow(answer)
    assert "nobody is signed in in this browser" in page.text
    assert places(page) == ["1st", "2nd tied", "2nd tied"]
    assert page.find_all("main form") == []
    ways = [str(link["href"]) for link in page.find_all("main .actions a")]
    assert ways == [f"/en/account/{name}?next=/en{PAPER}review/" for name in ("register", "sign-in")]


def test_a_visitor_can_erase_what_was_kept(prepared: PageClient) -> None:
    page = prepared.get(PAPER)
    after = prepared.follow(prepared.submit(page, form="#ballot", button=("action", "erase")))
    assert "is erased" in after.find("[role=status]").get_text()
    assert after.find_all("option[selected]") == []
    assert count_of(Draft) == 0
    assert visit_of(prepared)["work"] == []


def test_a_paper_that_ranks_nothing_is_not_kept(visitor: PageClient) -> None:
    visitor.submit(visitor.get(PAPER), form="#ballot", button=("action", "save"))
    assert count_of(Draft) == 0


def test_after_seven_days_the_browser_has_forgotten(prepared: PageClient) -> None:
    with clock.standing_at(clock.now() + visits.LASTS - timedelta(minutes=1)):
        assert places(prepared.get(PAPER)) != []
    with clock.standing_at(clock.now() + visits.LASTS):
        assert places(prepared.get(PAPER)) == []


def test_a_visitor_can_neither_cast_nor_withdraw(prepared: PageClient) -> None:
    assert "/account/sign-in" in prepared.get(f"{PAPER}receipt/", 303).location
    prepared.post(f"{PAPER}cast/", {"ranking": "3", "consent": "y"})
    assert count_of(Ballot) == 0


def test_a_static_file_never_carries_the_cookie(prepared: PageClient) -> None:
    script = prepared.get(str(prepared.get(PAPER).find("script[src]")["src"]))
    assert "Set-Cookie" not in script.headers
    assert "immutable" in script.headers["Cache-Control"]


def test_a_visitors_cookie_outlives_the_window_and_a_sign_in_does_not(prepared: PageClient, account: Account) -> None:
    assert is_permanent(prepared)
    sign_in(prepared)
    assert not is_permanent(prepared)
    page = prepared.get(PAPER)
    prepared.submit(page, form="#ballot", fields={"of": "visitor"}, button=("action", "save"))
    prepared.get(PAPER)
    assert not is_permanent(prepared)


def is_permanent(client: PageClient) -> bool:
    with client._client.session_transaction() as cookie:
        return bool(cookie.permanent)


# From a visitor to an account.


def test_a_ranking_waits_through_registration_confirmation_and_sign_in_and_is_cast_by_its_button_alone(
    prepared: PageClient, open_consultation: Consultation
) -> None:
    review = prepared.get(f"{PAPER}review/")
    page = prepared.get(str(review.find('main a[href*="register"]')["href"]))
    answers = {"address": ADDRESS, "passphrase": PASSPHRASE, "is_of_age": "y", "accepts_charter": "y"}
    page = prepared.follow(prepared.submit(page, fields=answers))
    assert "Your ranking waits in this browser" in page.text
    page = prepared.follow(prepared.submit(prepared.get(confirmation_link())))
    assert "Your ranking waits in this browser" in page.text
    assert count_of(Ballot) == 0
    page = prepared.submit(page, fields={"address": ADDRESS, "passphrase": PASSPHRASE})
    assert page.location == f"/en{PAPER}review/"
    page = prepared.follow(page)
    assert places(page) == ["1st", "2nd tied", "2nd tied"]
    assert (count_of(Ballot), count_of(Draft)) == (0, 1)
    prepared.submit(page, fields={"consent": "y"})
    found = account_by_address(ADDRESS)
    assert found is not None
    content = ballot_of(found, open_consultation)
    assert content is not None
    assert content.said().order == BROUGHT
    assert count_of(Draft) == 0
    prepared.get(PAPER)
    assert visit_of(prepared) == {}


def confirmation_link() -> str:
    session.commit()
    jobs.run_all()
    body = session.scalars(select(OutgoingMail).order_by(OutgoingMail.written_at)).all()[-1].body
    found = re.search(r"http://127\.0\.0\.1:8000(/en/account/confirm/\S+)", body)
    assert found, body
    return found[1]


def test_the_mails_link_opened_in_another_browser_leaves_the_ranking_in_the_first(
    prepared: PageClient, open_consultation: Consultation, browse: Browse
) -> None:
    page = prepared.get(f"/account/register?next={PAPER}review/")
    answers = {"address": ADDRESS, "passphrase": PASSPHRASE, "is_of_age": "y", "accepts_charter": "y"}
    prepared.submit(page, fields=answers)
    elsewhere = browse(language="en")
    page = elsewhere.follow(elsewhere.submit(elsewhere.get(confirmation_link())))
    assert "Your ranking waits" not in page.text
    page = elsewhere.submit(page, fields={"address": ADDRESS, "passphrase": PASSPHRASE})
    page = elsewhere.follow(elsewhere.get(page.location, 303))
    assert "waits in the browser where it was made" in page.find("[role=status]").get_text()
    assert places(prepared.follow(sign_in(prepared))) == ["1st", "2nd tied", "2nd tied"]


def test_a_look_moves_nothing_and_the_next_act_moves_it_whole(
    prepared: PageClient, account: Account, open_consultation: Consultation
) -> None:
    sign_in(prepared)
    page = prepared.get(PAPER)
    assert "prepared before signing in" in page.text
    assert ranks(page) == RANKS
    assert draft_of(account, open_consultation) is None
    prepared.submit(page, form="#ballot", button=("action", "save"))
    session.rollback()
    moved = draft_of(account, open_consultation)
    assert moved is not None
    assert moved.order == BROUGHT
    assert count_of(Draft) == 1
    page = prepared.get(PAPER)
    assert "prepared before signing in" not in page.text
    assert visit_of(prepared) == {}


def test_what_was_brought_can_be_withdrawn(prepared: PageClient, account: Account) -> None:
    sign_in(prepared)
    page = prepared.get(f"{PAPER}withdraw/")
    prepared.submit(page)
    assert count_of(Draft) == 0


@pytest.mark.parametrize("is_cast", [False, True], ids=["draft", "ballot"])
def test_of_two_rankings_none_is_lost_and_both_are_shown(
    prepared: PageClient, account: Account, open_consultation: Consultation, is_cast: bool
) -> None:
    give_own(account, open_consultation, is_cast=is_cast)
    sign_in(prepared)
    for path in (PAPER, f"{PAPER}review/"):
        page = prepared.get(path)
        assert "You have two rankings" in page.text
        both = ["Recommendations 3 › 1 = 7", "Recommendations 6 › 1"]
        assert [one.get_text(strip=True) for one in page.find_all(".notice dd")] == both
        assert buttons(page) == ["take", "keep"]
    page = prepared.get(PAPER)
    prepared.submit(page, form="#ballot", button=("action", "save"))
    assert buttons(prepared.get(PAPER)) == ["take", "keep"]
    assert papers_of(account, open_consultation).sheet.order == OWN


@pytest.mark.parametrize("is_cast", [False, True], ids=["draft", "ballot"])
def test_the_one_of_this_browser_is_taken_up_and_a_ballot_goes_on_counting(
    prepared: PageClient, account: Account, open_consultation: Consultation, is_cast: bool
) -> None:
    give_own(account, open_consultation, is_cast=is_cast)
    sign_in(prepared)
    page = prepared.get(PAPER)
    answer = prepared.submit(page, form="form:has([name=choice])", button=("choice", "take"))
    assert answer.location.endswith(f"{PAPER}review/")
    assert places(prepared.follow(answer)) == ["1st", "2nd tied", "2nd tied"]
    session.rollback()
    draft, ballot = draft_of(account, open_consultation), ballot_of(account, open_consultation)
    assert draft is not None
    assert draft.order == BROUGHT
    assert (ballot.said().order if ballot else None) == (OWN if is_cast else None)
    assert count_of(Draft) == 1
    assert buttons(prepared.get(PAPER)) == []
    assert visit_of(prepared) == {}


@pytest.mark.parametrize("is_cast", [False, True], ids=["draft", "ballot"])
def test_ones_own_is_kept_and_the_other_is_gone(
    prepared: PageClient, account: Account, open_consultation: Consultation, is_cast: bool
) -> None:
    give_own(account, open_consultation, is_cast=is_cast)
    sign_in(prepared)
    page = prepared.get(f"{PAPER}review/")
    prepared.submit(page, form="form:has([name=choice])", button=("choice", "keep"))
    session.rollback()
    assert papers_of(account, open_consultation).sheet.order == OWN
    assert count_of(Draft) == (0 if is_cast else 1)
    assert buttons(prepared.get(PAPER)) == []


def give_own(account: Account, consultation: Consultation, *, is_cast: bool) -> None:
    if is_cast:
        cast_ballot(account, consultation, OWN, CONSENT_VERSION)
    else:
        save_draft(account, consultation, Sheet.of(OWN))
    session.commit()


def test_the_same_ranking_in_both_places_asks_for_no_choice(
    prepared: PageClient, account: Account, open_consultation: Consultation
) -> None:
    save_draft(account, open_consultation, Sheet.of(BROUGHT))
    session.commit()
    sign_in(prepared)
    page = prepared.get(PAPER)
    assert buttons(page) == []
    prepared.submit(page, form="#ballot", button=("action", "save"))
    assert count_of(Draft) == 1


def test_an_empty_draft_of_the_account_is_no_rival(
    prepared: PageClient, account: Account, open_consultation: Consultation
) -> None:
    save_draft(account, open_consultation, Sheet())
    session.commit()
    assert places(prepared.follow(sign_in(prepared))) == ["1st", "2nd tied", "2nd tied"]


@pytest.mark.parametrize("choice", ["", "both", "TAKE"])
def test_a_choice_that_does_not_exist_changes_nothing(
    prepared: PageClient, account: Account, open_consultation: Consultation, choice: str
) -> None:
    give_own(account, open_consultation, is_cast=False)
    sign_in(prepared)
    prepared.post(f"{PAPER}choose/", {"choice": choice}, 422)
    assert count_of(Draft) == 2


def test_choosing_twice_or_with_nothing_to_choose_does_no_harm(
    prepared: PageClient, account: Account, open_consultation: Consultation
) -> None:
    give_own(account, open_consultation, is_cast=False)
    sign_in(prepared)
    for choice in ("keep", "take", "keep"):
        prepared.post(f"{PAPER}choose/", {"choice": choice})
    session.rollback()
    assert papers_of(account, open_consultation).sheet.order == OWN


def test_a_page_made_before_signing_in_does_not_write_over_what_the_account_has(
    prepared: PageClient, account: Account, open_consultation: Consultation
) -> None:
    give_own(account, open_consultation, is_cast=False)
    stale = prepared.get(PAPER)
    sign_in(prepared)
    again = prepared.submit(stale, form="#ballot", fields={"rank-6": "1"}, button=("action", "save"), status=400)
    prepared.submit(again, form='form:has([name="rank-6"])')
    session.rollback()
    assert papers_of(account, open_consultation).sheet.order == OWN
    page = prepared.get(PAPER)
    assert buttons(page) == ["take", "keep"]
    assert page.find(".notice dd").get_text(strip=True) == "Recommendations 3 = 6 › 1 = 7"


# Signing out, other people, expired sessions.


def test_signing_out_leaves_nothing_for_the_next_visitor(
    prepared: PageClient, account: Account, open_consultation: Consultation
) -> None:
    give_own(account, open_consultation, is_cast=False)
    sign_in(prepared)
    prepared.post("/account/sign-out")
    assert places(prepared.get(PAPER)) == []
    assert visit_of(prepared)["work"] == []


def test_whoever_signs_in_over_somebody_does_not_find_what_that_one_brought(
    prepared: PageClient, account: Account, open_consultation: Consultation, people
) -> None:
    other = people.citizen()
    accounts.set_passphrase_hash(other, passwords.hash_of(PASSPHRASE))
    session.commit()
    sign_in(prepared)
    prepared.post("/account/sign-in", {"address": other.address, "passphrase": PASSPHRASE})
    assert places(prepared.get(PAPER)) == []


def test_choosing_a_passphrase_anew_on_the_way_keeps_the_ranking(prepared: PageClient, account: Account) -> None:
    prepared.post("/account/forgot", {"address": ADDRESS})
    session.commit()
    jobs.run_all()
    body = session.scalars(select(OutgoingMail).order_by(OutgoingMail.written_at)).all()[-1].body
    link = re.search(r"http://127\.0\.0\.1:8000(/account/reset/\S+)", body)
    assert link
    prepared.submit(prepared.get(link[1]), fields={"passphrase": PASSPHRASE})
    assert places(prepared.follow(sign_in(prepared))) == ["1st", "2nd tied", "2nd tied"]


@pytest.mark.parametrize("button", ["save", "up:7", "review"])
def test_a_session_that_expired_meanwhile_loses_nothing_of_a_paper(
    account: Account, open_consultation: Consultation, browse: Browse, button: str
) -> None:
    client = browse(account, language="en")
    page = client.get(PAPER)
    expire(account)
    page = client.follow(client.submit(page, form="#ballot", fields=RANKS, button=("action", button)))
    if button == "review":
        assert "nobody is signed in in this browser" in page.text
    else:
        assert "You are no longer signed in" in page.find("[role=status]").get_text()
    assert draft_of(account, open_consultation) is None
    expected = BROUGHT.raised(7) if button == "up:7" else BROUGHT
    page = client.follow(sign_in(client))
    assert page.find("input[name=ranking]")["value"] == ">".join("=".join(map(str, tier)) for tier in expected)


def test_a_session_that_expired_before_casting_keeps_the_ranking_and_casts_nothing(
    account: Account, open_consultation: Consultation, browse: Browse
) -> None:
    client = browse(account, language="en")
    client.submit(client.get(PAPER), form="#ballot", fields=RANKS, button=("action", "review"))
    review = client.get(f"{PAPER}review/")
    expire(account)
    page = client.follow(client.submit(review, fields={"consent": "y"}))
    assert "nobody is signed in in this browser" in page.text
    assert count_of(Ballot) == 0
    page = client.follow(sign_in(client))
    assert buttons(page) == []
    client.submit(page, fields={"consent": "y"})
    content = ballot_of(account, open_consultation)
    assert content is not None
    assert content.said().order == BROUGHT


# Too late, too many, and all destroyed.


@pytest.mark.parametrize("path", ["", "review/"])
def test_a_ranking_that_meets_a_closed_consultation_is_said_to_be_too_late(
    prepared: PageClient, account: Account, open_consultation: Consultation, path: str
) -> None:
    with clock.standing_at(open_consultation.closes_at - timedelta(hours=1)):
        prepared.submit(prepared.get(PAPER), form="#ballot", fields=RANKS, button=("action", "save"))
    with clock.standing_at(open_consultation.closes_at):
        sign_in(prepared)
        page = prepared.get(PAPER + path, 409)
        assert page.find("h1").get_text(strip=True) == "Confirmed too late, not counted"
    assert count_of(Ballot) == 0


def test_who_prepared_nothing_is_told_no_such_thing(open_consultation: Consultation, browse: Browse) -> None:
    with clock.standing_at(open_consultation.closes_at):
        assert "Confirmed too late" not in browse(language="en").get(PAPER, 409).text


def test_the_close_destroys_the_drafts_of_visitors_and_says_so_still(
    prepared: PageClient, open_consultation: Consultation
) -> None:
    close(open_consultation)
    assert count_of(Draft) == 0
    assert "Confirmed too late, not counted" in prepared.get(PAPER, 409).text
    assert "Confirmed too late, not counted" in prepared.post(PAPER, RANKS, 409).text


def test_what_a_visitor_sends_at_the_last_second_is_refused_after_it(open_consultation: Consultation) -> None:
    with clock.standing_at(open_consultation.closes_at), pytest.raises(BallotTooLate):
        save_draft(Visitor(uuid.uuid4()), open_consultation, Sheet.of(OWN))


@pytest.fixture
def limited(settings: Settings, context: None) -> Iterator[Browse]:
    """Clients of an application with rate limits, counting from nothing."""
    application = create_app(replace(settings, testing=False))
    limiter.reset()

    def client(account: Account | None = None) -> PageClient:
        made = PageClient(application, "en")
        if account:
            sign_in(made, "/account/")
        return made

    yield client
    limiter.enabled = False
    with application.app_context():
        db.engine.dispose()


def test_a_network_begins_so_many_drafts_an_hour_without_an_account_and_people_signed_in_are_never_counted(
    open_consultation: Consultation, account: Account, limited: Browse
) -> None:
    first, known = limited(), limited(account)
    allowed = int(doors.NEW_DRAFTS.split()[0])
    assert {send(first), *(send(limited()) for _ in range(allowed - 1))} == {303}
    assert send(limited()) == 429
    assert send(first) == 303
    elsewhere = limited()
    elsewhere._client.environ_base["REMOTE_ADDR"] = "192.0.2.77"
    assert send(elsewhere) == 303
    before = dict(limiter.storage.events)
    assert {send(known) for _ in range(3)} == {303}
    assert limiter.storage.events == before
    assert not any("drafts" in name and str(account.id) in name for name in before)


def send(client: PageClient) -> int:
    """Save a draft and say the status of the answer."""
    fields = {"csrf_token": client._csrf_token(), "rank-3": "1", "action": "save"}
    return client._open(PAPER, method="POST", data=fields).status_code


# The services below the pages.


def test_taking_up_moves_one_row_and_a_second_time_nothing(open_consultation: Consultation, account: Account) -> None:
    visitor = Visitor(uuid.uuid4())
    save_draft(visitor, open_consultation, Sheet.of(BROUGHT))
    for _ in range(2):
        take_up(account, visitor, open_consultation)
        session.commit()
    assert count_of(Draft) == 1
    assert draft_of(account, open_consultation) == Sheet.of(BROUGHT)
    assert draft_of(visitor, open_consultation) is None


def test_without_anything_brought_the_account_keeps_what_it_has(
    open_consultation: Consultation, account: Account
) -> None:
    visitor = Visitor(uuid.uuid4())
    save_draft(account, open_consultation, Sheet.of(OWN))
    for act in (take_up, take_brought, drop_brought):
        act(account, visitor, open_consultation)
    session.commit()
    assert draft_of(account, open_consultation) == Sheet.of(OWN)


def test_a_visitors_empty_paper_removes_what_was_kept(open_consultation: Consultation) -> None:
    visitor = Visitor(uuid.uuid4())
    save_draft(visitor, open_consultation, Sheet.of(OWN))
    save_draft(visitor, open_consultation, Sheet())
    session.commit()
    assert count_of(Draft) == 0


def test_taking_up_writes_to_drafts_alone(
    prepared: PageClient, account: Account, open_consultation: Consultation
) -> None:
    sign_in(prepared)
    page = prepared.get(PAPER)
    before = others()
    prepared.submit(page, form="#ballot", button=("action", "save"))
    assert others() == before


def others() -> dict[str, list[str]]:
    session.rollback()
    return {
        table.name: sorted(repr(tuple(row)) for row in session.execute(table.select()))
        for table in Model.metadata.sorted_tables
        if table.name != "draft"
    }
