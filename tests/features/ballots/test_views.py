"""The pages of the ballot, without JavaScript."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from consultation.domain.colleges import College
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import Account
from consultation.features.ballots.models import CONSENT_VERSION, key_name
from consultation.features.ballots.queries import ballot_of, draft_of
from consultation.features.ballots.services import cast_ballot
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock, keys
from consultation.infrastructure.database import session

PAPER = "/consultations/test/ballot/"
TEXTS = "1.1,3.1,6.1,7.1"
ORDER = WeakOrder.from_tiers([[3], [1, 7]])


@pytest.fixture
def voter(people) -> Account:
    return people.citizen()


@pytest.fixture
def client(open_consultation: Consultation, voter: Account, browse):
    return browse(voter, language="en")


def selected(page) -> dict[str, str]:
    return {
        str(select["name"]): select.select_one("option[selected]").get_text()
        for select in page.find_all("select")
        if select.select_one("option[selected]")
    }


def ranked_rows(page) -> list[str]:
    return [str(row["id"]) for row in page.find_all(".slot:not(.slot--unranked)")]


def test_a_ballot_goes_from_ranks_to_receipt(client, voter: Account, open_consultation: Consultation) -> None:
    page = client.get(PAPER)
    answer = client.submit(
        page, form="#ballot", fields={"rank-3": "1", "rank-1": "2", "rank-7": "2"}, button=("action", "review")
    )
    review = client.follow(answer)
    assert "Nothing is cast yet" in review.text
    assert "1 recommendation left aside" in review.text
    receipt = client.follow(client.submit(review, fields={"consent": "y"}))
    content = ballot_of(voter, open_consultation)
    assert content.said().order == ORDER
    assert content.commitment.hex() in receipt.text
    assert [place.get_text(" ", strip=True) for place in receipt.find_all(".place")] == ["1st", "2nd tied", "2nd tied"]


def test_a_review_sent_twice_casts_one_ballot_with_one_receipt(
    client, voter: Account, open_consultation: Consultation
) -> None:
    client.post(PAPER, {"rank-3": "1", "action": "review"})
    review = client.get(f"{PAPER}review/")
    client.submit(review, fields={"consent": "y"})
    first = ballot_of(voter, open_consultation).commitment
    client.submit(review, fields={"consent": "y"})
    session.rollback()
    assert ballot_of(voter, open_consultation).commitment == first


def test_what_was_reviewed_is_cast_although_the_draft_has_changed_since(
    client, voter: Account, open_consultation: Consultation
) -> None:
    client.post(PAPER, {"rank-3": "1", "action": "review"})
    review = client.get(f"{PAPER}review/")
    client.post(PAPER, {"rank-7": "1", "action": "save"})
    client.submit(review, fields={"consent": "y"})
    assert ballot_of(voter, open_consultation).said().order == WeakOrder.from_tiers([[3]])


def test_without_consent_nothing_is_cast_and_the_ranking_is_kept(
    client, voter: Account, open_consultation: Consultation
) -> None:
    client.post(PAPER, {"rank-3": "1", "action": "review"})
    page = client.submit(client.get(f"{PAPER}review/"), status=422)
    assert page.find("input[name=ranking]")["value"] == "3"
    assert page.find("title").get_text().strip().startswith("Error")
    assert not page.find("input[name=consent]").has_attr("checked")
    assert ballot_of(voter, open_consultation) is None


def test_every_select_has_a_name_of_its_own_that_starts_with_its_number(client) -> None:
    labels = [str(select["aria-label"]) for select in client.get(PAPER).find_all("select")]
    assert sorted(labels)[0] == "Rank of recommendation 1: Titre de la recommandation 1"
    assert len(set(labels)) == len(labels) == 4


def test_any_button_saves_the_draft_and_leads_back_to_what_was_moved(
    client, voter: Account, open_consultation: Consultation
) -> None:
    answer = client.post(PAPER, {"rank-3": "1", "rank-7": "2", "rank-1": "3", "action": "up:1"})
    assert answer.location.endswith("#r1")
    assert draft_of(voter, open_consultation).order == WeakOrder.from_tiers([[3], [1, 7]])
    page = client.follow(answer)
    assert "Recommendation 1: 2nd, tied" in page.find("[role=status]").get_text()
    assert ranked_rows(page) == ["r3", "r7", "r1"]
    assert page.find("#r1")["class"] == ["slot", "slot--tied"]


def test_what_is_added_comes_last_and_has_left_the_aside(client) -> None:
    page = client.follow(client.post(PAPER, {"rank-3": "1", "rank-7": "", "action": "add:7"}))
    assert ranked_rows(page) == ["r3", "r7"]
    assert selected(page) == {"rank-3": "1", "rank-7": "2"}


def test_rows_stay_where_they_are_until_they_are_put_in_order(client) -> None:
    ranks = {"rank-7": "4", "rank-3": "1", "rank-6": "2"}
    page = client.follow(client.post(PAPER, {**ranks, "action": "save"}))
    assert ranked_rows(page) == ["r7", "r3", "r6"]
    assert [place.get_text(strip=True) for place in page.find_all(".place")] == ["3rd", "1st", "2nd"]
    page = client.follow(client.submit(page, form="#ballot", button=("action", "sort")))
    assert ranked_rows(page) == ["r3", "r6", "r7"]


def test_ranks_are_shown_dense_with_ties_counted(client) -> None:
    page = client.follow(
        client.post(PAPER, {"rank-1": "2", "rank-3": "4", "rank-6": "2", "rank-7": "1", "action": "sort"})
    )
    assert selected(page) == {"rank-7": "1", "rank-1": "2", "rank-6": "2", "rank-3": "4"}


@pytest.mark.parametrize("typed", ["0", "5", "-1", "1.0", "１", "abc", " 1", "1 ", "٣", "9" * 5000, "<script>"])
def test_a_rank_that_is_none_is_refused_and_what_was_typed_is_kept(
    client, voter: Account, open_consultation: Consultation, typed: str
) -> None:
    page = client.post(PAPER, {"rank-3": "2", "rank-7": typed, "action": "save"}, status=422)
    assert page.find('a[href="#rank-7"]')
    assert selected(page) == {"rank-3": "2", "rank-7": typed[:20]}
    assert page.find("#rank-7")["aria-invalid"] == "true"
    assert page.find("title").get_text().strip().startswith("Error")
    assert draft_of(voter, open_consultation) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"rank-2": "1"},
        {"rank-x": "1"},
        {"rank-3": ["1", "2"]},
        {"rank-3": "1", "action": "up:2"},
        {"rank-3": "1", "action": "up:"},
        {"rank-3": "1", "action": "explode"},
        {"rank-3": "1", "action": "save:3"},
    ],
)
def test_what_is_not_on_the_paper_is_refused_whole(
    client, voter: Account, open_consultation: Consultation, fields: dict[str, object]
) -> None:
    page = client.post(PAPER, fields, status=422)
    assert page.find(".error-summary")
    assert draft_of(voter, open_consultation) is None


def test_an_empty_paper_can_be_saved_but_not_reviewed(client, voter: Account, open_consultation: Consultation) -> None:
    assert "Rank at least one recommendation" in client.post(PAPER, {"action": "review"}, status=422).text
    client.post(PAPER, {"action": "save"})
    assert draft_of(voter, open_consultation).order is None
    assert client.get(f"{PAPER}review/", status=303).location.endswith(f"{PAPER}?done=elsewhere")


@pytest.mark.parametrize("ranking", ["", "3>3", "3=3", "3>", ">", "3>x", "0", "3 > 7", "2", "3>99999999999"])
def test_a_ranking_that_is_none_or_foreign_cannot_be_cast(
    client, voter: Account, open_consultation: Consultation, ranking: str
) -> None:
    client.post(f"{PAPER}cast/", {"ranking": ranking, "consent": "y"}, status=422)
    assert ballot_of(voter, open_consultation) is None


def test_a_foreign_ranking_without_consent_is_refused_all_the_same(client) -> None:
    client.post(f"{PAPER}cast/", {"ranking": "2"}, status=422)


def test_the_order_of_presentation_is_drawn_and_numeric_on_demand(client) -> None:
    drawn = [str(row["id"]) for row in client.get(PAPER).find_all(".slot")]
    assert [str(row["id"]) for row in client.get(PAPER).find_all(".slot")] == drawn
    page = client.get(f"{PAPER}?order=numeric")
    assert [str(row["id"]) for row in page.find_all(".slot")] == ["r1", "r3", "r6", "r7"]
    answer = client.submit(page, form="#ballot", button=("action", "save"))
    assert "order=numeric" in answer.location


def test_the_bar_says_what_is_cast_and_whether_the_draft_differs(
    client, voter: Account, open_consultation: Consultation
) -> None:
    assert client.get(PAPER).find(".savebar span").get_text() == "0 ranked, 4 left aside. Nothing is cast yet."
    cast_ballot(voter, open_consultation, ORDER, CONSENT_VERSION)
    session.commit()
    assert "is cast as shown here" in client.get(PAPER).find(".savebar").get_text()
    client.post(PAPER, {"rank-3": "1", "rank-1": "2", "rank-7": "2", "action": "save"})
    assert "this draft says the same" in client.get(PAPER).find(".savebar").get_text()
    client.post(PAPER, {"rank-3": "1", "action": "save"})
    assert "differs from it" in client.get(PAPER).find(".savebar").get_text()


def test_an_address_cannot_make_the_page_say_what_it_wants(client) -> None:
    for done in ("Send us your passphrase.", "3", "9999999999", "", "save:", "&over=1"):
        assert [one.get_text() for one in client.get(f"{PAPER}?done={done}").find_all("[role=status]")] == [""]


def test_a_ballot_is_withdrawn_by_a_button_on_a_page_of_its_own(
    client, voter: Account, open_consultation: Consultation
) -> None:
    assert client.get(f"{PAPER}withdraw/", status=303).location.endswith(PAPER)
    cast_ballot(voter, open_consultation, ORDER, CONSENT_VERSION)
    session.commit()
    page = client.get(f"{PAPER}withdraw/")
    assert ballot_of(voter, open_consultation) is not None
    after = client.follow(client.submit(page))
    assert "withdrawn" in after.find("[role=status]").get_text()
    session.rollback()
    assert ballot_of(voter, open_consultation) is None


def test_a_draft_alone_can_be_discarded(client, voter: Account, open_consultation: Consultation) -> None:
    client.post(PAPER, {"rank-3": "1", "action": "save"})
    page = client.get(f"{PAPER}withdraw/")
    assert "Discard my draft" in page.text
    client.submit(page)
    assert draft_of(voter, open_consultation) is None


def test_a_pending_physician_is_told_to_take_part_as_a_citizen(open_consultation: Consultation, people, browse) -> None:
    page = browse(people.pending_physician(), language="en").get(PAPER)
    assert "You take part as a citizen for now" in page.text


def test_whoever_changed_college_is_asked_to_cast_again(
    client, voter: Account, open_consultation: Consultation
) -> None:
    cast_ballot(voter, open_consultation, ORDER, CONSENT_VERSION)
    accounts.set_college(voter, College.PHYSICIANS)
    session.commit()
    assert "another college" in client.get(PAPER).text
    client.submit(client.get(f"{PAPER}review/"), fields={"consent": "y"})
    assert ballot_of(voter, open_consultation).said().college == "physicians"


def test_the_receipt_as_a_file_holds_all_that_the_commitment_is_made_of(
    client, voter: Account, open_consultation: Consultation
) -> None:
    content = cast_ballot(voter, open_consultation, ORDER, CONSENT_VERSION)
    session.commit()
    receipt = json.loads(client.get(f"{PAPER}receipt.txt").html.splitlines()[-1])
    assert (receipt["ballot"], receipt["random"]) == (content.ballot.decode(), content.random.hex())
    assert receipt["commitment"] == content.commitment.hex()


def test_no_page_of_the_ballot_is_stored(client, voter: Account, open_consultation: Consultation) -> None:
    cast_ballot(voter, open_consultation, ORDER, CONSENT_VERSION)
    session.commit()
    for path in ("", "review/", "receipt/", "receipt.txt", "withdraw/"):
        assert client.get(PAPER + path).headers["Cache-Control"] == "no-store"
    assert client.post(PAPER, {"rank-3": "1"}).headers["Cache-Control"] == "no-store"


def test_a_missing_key_is_said_and_nothing_is_stored(client, voter: Account, open_consultation: Consultation) -> None:
    keys.store().destroy(key_name(open_consultation.id))
    assert "key of this consultation" in client.get(PAPER, status=503).text
    client.post(PAPER, {"rank-3": "1"}, status=503)
    client.post(f"{PAPER}cast/", {"ranking": "3", "texts": TEXTS, "consent": "y"}, status=503)


def test_after_the_close_every_page_says_so(client, open_consultation: Consultation) -> None:
    with clock.standing_at(open_consultation.closes_at):
        for path in ("", "review/", "receipt/", "receipt.txt", "withdraw/"):
            client.get(PAPER + path, status=409)
        client.post(f"{PAPER}cast/", {"ranking": "3", "consent": "y"}, status=409)


def test_who_is_not_signed_in_is_led_to_sign_in(open_consultation: Consultation, browse) -> None:
    visitor = browse()
    assert "/account/sign-in" in visitor.post(f"{PAPER}cast/", {"ranking": "", "consent": "y"}).location
    for path in ("review/", "receipt/", "withdraw/"):
        assert "/account/sign-in" in visitor.get(PAPER + path, status=303).location


def test_a_request_without_token_casts_nothing(client, voter: Account, open_consultation: Consultation) -> None:
    client.post(f"{PAPER}cast/", {"ranking": "3", "consent": "y"}, status=400, csrf=False)
    client.post(PAPER, {"rank-3": "1"}, status=400, csrf=False)
    assert ballot_of(voter, open_consultation) is None


def test_the_paper_is_complete_in_french(open_consultation: Consultation, voter: Account, browse) -> None:
    client = browse(voter)
    page = client.follow(client.post(PAPER, {"rank-3": "1", "rank-7": "2", "rank-1": "2", "action": "save"}))
    assert "Rang de la recommandation 7\u00a0: Titre de la recommandation 7" in page.html
    assert "3 classées, 1 de côté. Rien n’est encore déposé." in page.text
    assert "1ᵉʳ" in page.text


def test_the_number_of_statements_does_not_depend_on_what_is_ranked(client, statements) -> None:
    client.get(PAPER)
    with statements() as empty:
        client.get(PAPER)
    client.post(PAPER, {f"rank-{number}": "1" for number in (1, 3, 6, 7)})
    with statements() as full:
        client.get(PAPER)
    assert full.total == empty.total <= 12


# Several windows, and the script that asks for the paper alone.


def alone(client, fields: dict[str, str], status: int = 200, path: str = PAPER) -> dict[str, str]:
    """What the script receives when it sends the paper."""
    return json.loads(client.post(path, fields, status, headers={"X-Requested-With": "fetch"}).html)


def test_of_two_windows_the_last_one_sent_is_kept_and_that_is_said(
    client, voter: Account, open_consultation: Consultation
) -> None:
    first, second = client.get(PAPER), client.get(PAPER)
    client.submit(first, form="#ballot", fields={"rank-3": "1"}, button=("action", "save"))
    page = client.follow(client.submit(second, form="#ballot", fields={"rank-7": "1"}, button=("action", "save")))
    assert "It replaces what was saved in another window meanwhile." in page.find("#done").get_text()
    assert draft_of(voter, open_consultation).order == WeakOrder.from_tiers([[7]])
    page = client.follow(client.submit(page, form="#ballot", fields={"rank-3": "1"}, button=("action", "save")))
    assert "It replaces" not in page.text


def test_a_window_that_says_the_same_as_the_other_replaces_nothing(client) -> None:
    first, second = client.get(PAPER), client.get(PAPER)
    for page in (first, second):
        after = client.submit(page, form="#ballot", fields={"rank-3": "1"}, button=("action", "save"))
    assert "over" not in after.location


def test_a_page_that_names_what_is_not_put_to_the_vote_is_refused_whole(client, voter, open_consultation) -> None:
    stale = {"rank-1": "1", "rank-3": "2", "rank-33": "3", "action": "save"}
    assert client.post(PAPER, stale, status=422).find(".error-summary")
    assert draft_of(voter, open_consultation) is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"rank-3": "1", "rank-7": "2", "rank-1": "3", "action": "up:1"}, "Recommendation 1: 2nd, tied."),
        ({"rank-3": "1", "rank-7": "2", "action": "down:3"}, "Recommendation 3: 1st, tied."),
        ({"rank-3": "1", "action": "add:6"}, "Recommendation 6: 2nd."),
        ({"rank-3": "2", "rank-6": "4", "action": "rank:6"}, "Recommendation 6: 2nd."),
        ({"rank-3": "2", "rank-6": "", "action": "rank:6"}, "Recommendation 6: left aside."),
        ({"rank-3": "2", "action": "sort"}, "The ranking is put in order and the draft is saved."),
    ],
)
def test_the_paper_alone_is_that_of_the_page_with_its_sentence(client, fields: dict[str, str], sentence: str) -> None:
    answer = alone(client, fields)
    page = client.get(PAPER)
    assert answer["said"].startswith(sentence)
    assert normal(answer["paper"]) == normal(str(page.find("#paper")))
    assert answer["mark"] == page.find("#mark")["value"]
    assert answer["status"] == page.find("#status").get_text()


def normal(html: str) -> str:
    """HTML without what its writers differ in."""
    found = BeautifulSoup(html, "html5lib").find(id="paper")
    assert found is not None
    return " ".join(str(found).split())


def test_the_paper_alone_keeps_the_order_of_numbers_where_it_was_asked_for(client) -> None:
    answer = alone(client, {"action": "save"}, path=f"{PAPER}?order=numeric")
    assert re.findall(r'<li id="(r\d)"', answer["paper"]) == ["r1", "r3", "r6", "r7"]


def test_what_is_wrong_is_told_to_the_script_by_the_status_alone(client, open_consultation: Consultation) -> None:
    script = {"X-Requested-With": "fetch"}
    client.post(PAPER, {"rank-3": "0", "action": "save"}, 422, headers=script)
    client.post(PAPER, {"rank-3": "1", "action": "save"}, 400, headers=script, csrf=False)
    with clock.standing_at(open_consultation.closes_at):
        client.post(PAPER, {"rank-3": "1", "action": "save"}, 409, headers=script)


def test_the_script_is_light_and_served_for_ever(client) -> None:
    source = client.get(str(client.get(PAPER).find("script[src]")["src"]))
    assert source.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in source.headers["Cache-Control"]
    assert len(source.html.encode()) <= 10_000
    assert client.get(PAPER).find("script[src]").has_attr("defer")
