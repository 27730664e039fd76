"""Casting: one ballot each, the last one counts, nothing is written in part or beside an account."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consultation.domain.errors import (
    BallotUnreadable,
    ConsentMissing,
    EmptyRanking,
    ForeignRecommendation,
    KeyUnavailable,
    NotConfirmed,
    NotOpen,
    NotSignedIn,
)
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import Account
from consultation.features.ballots.models import CONSENT_VERSION, Ballot, Draft, Sheet, Urn, key_name
from consultation.features.ballots.queries import ballot_of, draft_of, keyring_of, papers_of
from consultation.features.ballots.services import (
    cast_ballot,
    cast_with_receipt,
    issue_receipt,
    open_urn,
    save_draft,
    withdraw_ballot,
)
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure import clock, keys
from consultation.infrastructure.database import session

FIRST = WeakOrder.from_tiers([[3], [1, 7]])
SECOND = WeakOrder.from_tiers([[7], [6]])


@pytest.fixture
def voter(people) -> Account:
    return people.citizen()


def rows(table) -> int:
    return session.scalar(select(func.count()).select_from(table))


def test_the_last_of_two_ballots_is_the_only_one(open_consultation: Consultation, voter: Account) -> None:
    cast_ballot(voter, open_consultation, FIRST, CONSENT_VERSION)
    cast_ballot(voter, open_consultation, SECOND, CONSENT_VERSION)
    assert rows(Ballot) == 1
    assert ballot_of(voter, open_consultation).said().order == SECOND


def test_the_same_ballot_cast_again_keeps_its_commitment(open_consultation: Consultation, voter: Account) -> None:
    first = cast_ballot(voter, open_consultation, FIRST, CONSENT_VERSION)
    again = cast_ballot(voter, open_consultation, FIRST, CONSENT_VERSION)
    assert again.commitment == first.commitment
    assert cast_ballot(voter, open_consultation, FIRST, CONSENT_VERSION, "rouge-gorge").commitment != first.commitment


def test_equal_rankings_of_two_people_have_different_commitments(open_consultation: Consultation, people) -> None:
    one, other = (cast_ballot(people.citizen(), open_consultation, FIRST, CONSENT_VERSION) for _ in range(2))
    assert one.ballot == other.ballot
    assert one.commitment != other.commitment


def test_the_bytes_name_college_consultation_versions_and_what_is_left_out(
    open_consultation: Consultation, people
) -> None:
    recommendation_by_number(open_consultation, 3).version = 2
    content = cast_ballot(people.physician(), open_consultation, FIRST, CONSENT_VERSION)
    assert content.ballot == (
        b'{"college":"physicians","consultation":"test","ranking":[[3],[1,7]],'
        b'"texts":[[1,1],[3,2],[6,1],[7,1]],"unranked":[6],"v":1}'
    )


def test_a_pending_physician_votes_as_a_citizen(open_consultation: Consultation, people) -> None:
    content = cast_ballot(people.pending_physician(), open_consultation, FIRST, CONSENT_VERSION)
    assert content.said().college == "citizens"


def test_a_cast_takes_three_statements(open_consultation: Consultation, voter: Account, statements) -> None:
    said = (voter.college, voter.is_confirmed, open_consultation.phase)
    with statements() as count:
        cast_with_receipt(voter, open_consultation, FIRST, CONSENT_VERSION)
    assert said
    assert count.total == 3, count.all  # both locks, or the draft; all that it depends on; the ballot


def test_the_receipt_given_with_a_cast_is_the_one_that_its_owner_sees_afterwards(
    open_consultation: Consultation, voter: Account
) -> None:
    content, receipt = cast_with_receipt(voter, open_consultation, FIRST, CONSENT_VERSION, "rouge-gorge")
    assert receipt == issue_receipt(open_consultation, content)
    assert receipt == issue_receipt(open_consultation, ballot_of(voter, open_consultation))


def test_casting_deletes_the_draft(open_consultation: Consultation, voter: Account) -> None:
    save_draft(voter, open_consultation, Sheet.of(SECOND))
    cast_ballot(voter, open_consultation, FIRST, CONSENT_VERSION)
    assert rows(Draft) == 0
    assert papers_of(voter, open_consultation).sheet == Sheet.of(FIRST)


def test_a_draft_counts_for_nothing_and_leaves_the_ballot(open_consultation: Consultation, voter: Account) -> None:
    cast_ballot(voter, open_consultation, FIRST, CONSENT_VERSION)
    save_draft(voter, open_consultation, Sheet(SECOND, (6, 7)))
    assert draft_of(voter, open_consultation) == Sheet(SECOND, (6, 7))
    assert ballot_of(voter, open_consultation).said().order == FIRST


def test_a_draft_may_rank_nothing(open_consultation: Consultation, voter: Account) -> None:
    save_draft(voter, open_consultation, Sheet())
    assert draft_of(voter, open_consultation) == Sheet()


def test_withdrawing_deletes_ballot_and_draft_and_may_be_done_twice(
    open_consultation: Consultation, voter: Account
) -> None:
    cast_ballot(voter, open_consultation, FIRST, CONSENT_VERSION)
    save_draft(voter, open_consultation, Sheet.of(SECOND))
    withdraw_ballot(voter, open_consultation)
    withdraw_ballot(voter, open_consultation)
    assert (rows(Ballot), rows(Draft)) == (0, 0)


def test_withdrawing_leaves_the_ballots_of_others(open_consultation: Consultation, people, voter: Account) -> None:
    other = people.citizen()
    cast_ballot(other, open_consultation, FIRST, CONSENT_VERSION)
    withdraw_ballot(voter, open_consultation)
    assert ballot_of(other, open_consultation).said().order == FIRST


@pytest.mark.parametrize(
    ("order", "consent", "refusal"),
    [
        (None, CONSENT_VERSION, EmptyRanking),
        (WeakOrder.from_tiers([[2]]), CONSENT_VERSION, ForeignRecommendation),
        (FIRST, "", ConsentMissing),
        (FIRST, "another", ConsentMissing),
    ],
)
def test_a_ballot_that_breaks_a_rule_leaves_the_old_one(
    open_consultation: Consultation, voter: Account, order, consent: str, refusal: type[Exception]
) -> None:
    cast_ballot(voter, open_consultation, SECOND, CONSENT_VERSION)
    with pytest.raises(refusal):
        cast_ballot(voter, open_consultation, order, consent)
    assert ballot_of(voter, open_consultation).said().order == SECOND


def test_a_draft_names_recommendations_of_this_consultation_alone(
    open_consultation: Consultation, voter: Account
) -> None:
    with pytest.raises(ForeignRecommendation):
        save_draft(voter, open_consultation, Sheet.of(WeakOrder.from_tiers([[2]])))


def test_a_ballot_needs_a_confirmed_account(open_consultation: Consultation) -> None:
    unconfirmed = accounts.create_account("late@example.org", None, "fr")
    for voter, refusal in ((unconfirmed, NotConfirmed), (None, NotSignedIn)):
        with pytest.raises(refusal):
            cast_ballot(voter, open_consultation, FIRST, CONSENT_VERSION)


def test_the_closing_second_is_too_late_and_the_one_before_is_not(
    open_consultation: Consultation, voter: Account
) -> None:
    with clock.standing_at(open_consultation.closes_at - timedelta(microseconds=1)):
        cast_ballot(voter, open_consultation, FIRST, CONSENT_VERSION)
    with clock.standing_at(open_consultation.closes_at):
        for act in (
            lambda: cast_ballot(voter, open_consultation, SECOND, CONSENT_VERSION),
            lambda: save_draft(voter, open_consultation, Sheet.of(SECOND)),
            lambda: withdraw_ballot(voter, open_consultation),
        ):
            with pytest.raises(NotOpen):
                act()
    assert ballot_of(voter, open_consultation).said().order == FIRST


def test_a_draft_consultation_takes_no_ballot(draft_consultation: Consultation, people) -> None:
    with pytest.raises(NotOpen):
        cast_ballot(people.organiser(draft_consultation), draft_consultation, FIRST, CONSENT_VERSION)


def test_opening_makes_the_key_and_notes_its_fingerprint(open_consultation: Consultation) -> None:
    key = keys.store().read(key_name(open_consultation.id))
    assert keyring_of(open_consultation.id).key == key
    assert key not in session.get_one(Urn, open_consultation.id).key_fingerprint


def test_a_key_left_by_an_opening_that_failed_is_taken(draft_consultation: Consultation) -> None:
    key = keys.store().create(key_name(draft_consultation.id))
    open_urn(draft_consultation.id)
    assert keyring_of(draft_consultation.id).key == key


def test_a_missing_key_takes_no_ballot_and_is_never_made_again(open_consultation: Consultation, voter: Account) -> None:
    name = key_name(open_consultation.id)
    keys.store().destroy(name)
    for act in (
        lambda: cast_ballot(voter, open_consultation, FIRST, CONSENT_VERSION),
        lambda: save_draft(voter, open_consultation, Sheet.of(FIRST)),
        lambda: withdraw_ballot(voter, open_consultation),
        lambda: papers_of(voter, open_consultation),
    ):
        with pytest.raises(KeyUnavailable):
            act()
    assert not keys.store().exists(name)
    assert (rows(Ballot), rows(Draft)) == (0, 0)


def test_another_key_takes_no_ballot(open_consultation: Consultation, voter: Account) -> None:
    name = key_name(open_consultation.id)
    keys.store().destroy(name)
    keys.store().create(name)
    with pytest.raises(KeyUnavailable):
        cast_ballot(voter, open_consultation, FIRST, CONSENT_VERSION)
    assert rows(Ballot) == 0


def test_boxes_swapped_between_two_people_open_for_neither(open_consultation: Consultation, people) -> None:
    one, other = people.citizen(), people.citizen()
    for voter, order in ((one, FIRST), (other, SECOND)):
        cast_ballot(voter, open_consultation, order, CONSENT_VERSION)
    first, second = session.scalars(select(Ballot)).all()
    first.box, second.box = second.box, first.box
    session.flush()
    for voter in (one, other):
        with pytest.raises(BallotUnreadable):
            ballot_of(voter, open_consultation)
