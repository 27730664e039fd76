"""Sheets keep their rows in place; slots and boxes open for nobody else."""

import uuid

import pytest

from consultation.domain.social_choice.insertion import Answer, Insertion
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.ballots.models import Ballot, BallotContent, Draft, Keyring, Sheet
from consultation.infrastructure.boxes import BLOCK, BoxBroken

SOMEBODY, SOMEBODY_ELSE = uuid.UUID(int=1), uuid.UUID(int=2)


def sheet(*tiers: tuple[int, ...], shown: tuple[int, ...] = ()) -> Sheet:
    order = WeakOrder.from_tiers(tiers)
    return Sheet(order, shown or order.ranked())


@pytest.fixture
def keyring() -> Keyring:
    return Keyring(uuid.UUID(int=9), bytes(range(32)))


def test_up_joins_the_tier_above_and_up_again_stands_alone_above_it() -> None:
    once = sheet((24,), (10,), (3,)).with_raised(3)
    assert once == sheet((24,), (3, 10), shown=(24, 10, 3))
    assert once.with_raised(3) == sheet((24,), (3,), (10,))


def test_down_joins_the_tier_below_and_down_again_stands_alone_below_it() -> None:
    once = sheet((24,), (10,), (3,)).with_lowered(24)
    assert once == sheet((10, 24), (3,), shown=(24, 10, 3))
    assert once.with_lowered(24) == sheet((10,), (24,), (3,))


def test_a_move_leaves_the_other_rows_where_they_were() -> None:
    unsorted = sheet((10,), (3,), (24,), shown=(24, 10, 3))
    assert unsorted.with_lowered(10).shown == (10, 24, 3)
    assert unsorted.with_raised(24).shown == (10, 3, 24)


def test_put_in_order_sorts_the_rows_and_keeps_the_ranking() -> None:
    assert sheet((10,), (3,), (24,), shown=(24, 10, 3)).in_order() == sheet((10,), (3,), (24,))


def test_what_is_added_comes_after_all_and_once() -> None:
    assert Sheet().with_added(7) == sheet((7,))
    assert sheet((7,)).with_added(3).with_added(3) == sheet((7,), (3,))


def test_a_move_of_what_is_not_ranked_changes_nothing() -> None:
    assert Sheet().with_raised(7) == Sheet()
    assert sheet((3,)).with_lowered(7) == sheet((3,))


DUELS = Insertion(WeakOrder.from_tiers([[10], [3, 24]]), (7, 6), "<")


@pytest.mark.parametrize(
    "paper",
    [
        Sheet(),
        sheet((10,), (3, 7), shown=(7, 10, 3)),
        Sheet.by_duels(DUELS),
        Sheet.by_duels(Insertion(None, (7, 6, 3))),
        Sheet.by_duels(Insertion(None, (7, 6, 3), "s>")),
    ],
)
def test_a_sheet_comes_out_of_its_text_as_it_went_in(paper: Sheet) -> None:
    assert Sheet.from_text(paper.to_text() + b"   ") == paper


def test_the_texts_of_sheets_are_golden_with_duels_and_without() -> None:
    assert sheet((10,), (3, 7), shown=(7, 10, 3)).to_text() == b'{"ranking":[[10],[3,7]],"shown":[7,10,3]}'
    assert Sheet.by_duels(DUELS).to_text() == b'{"answers":"<","presented":[7,6],"start":[[10],[3,24]]}'


def test_duels_build_the_ranking_of_their_sheet() -> None:
    placed = Sheet.by_duels(DUELS.answered(Answer.AFTER))
    assert (placed.order, placed.shown) == (WeakOrder.from_tiers([[10], [7], [3, 24]]), (10, 7, 3, 24))


def test_any_change_by_hand_forgets_the_duels_and_the_next_ones_ask_for_what_is_not_ranked() -> None:
    built = Sheet.by_duels(DUELS.answered(Answer.AFTER))
    changed = [built.with_raised(3), built.with_lowered(10), built.with_added(6), built.in_order()]
    assert [paper.duels for paper in changed] == [None] * 4
    assert built.with_raised(3).duels_over((7, 6, 3, 24, 10)) == Insertion(
        WeakOrder.from_tiers([[10], [7], [3], [24]]), (6,)
    )
    assert built.duels_over((7, 6, 3, 24, 10)) is built.duels


def test_a_sheet_is_blank_until_something_is_ranked_or_answered() -> None:
    begun = Insertion(None, (7, 6, 3))
    assert Sheet().is_blank
    assert Sheet.by_duels(begun).is_blank
    assert not Sheet.by_duels(begun.answered(Answer.ASIDE)).is_blank
    assert not sheet((7,)).is_blank


def test_thirty_three_recommendations_ranked_by_duels_take_the_room_of_any_other_draft() -> None:
    duels = Insertion.into(None, range(1, 34))
    while duels.question:
        duels = duels.answered(Answer.BEFORE)
    assert len(Sheet.by_duels(duels).to_text()) <= BLOCK


def test_a_ballot_comes_out_of_its_text_as_it_went_in() -> None:
    content = BallotContent("{« é »}".encode(), bytes(range(32)), "phrase témoin", "ranking-1")
    assert BallotContent.from_text(content.to_text() + b"   ") == content


def test_the_formats_of_slot_and_box_are_golden(keyring: Keyring) -> None:
    assert keyring.ballot_slot(SOMEBODY).hex() == "2091e933b5153e330621e1123fcae649f04e926300d6e9a0cd720927291498d9"
    assert keyring.draft_slot(SOMEBODY) != keyring.ballot_slot(SOMEBODY)
    box = keyring.seal(Ballot, b"slot", b"text")
    assert len(box) == 12 + BLOCK + 16
    assert keyring.unsealed(Ballot, b"slot", box) == b"text".ljust(BLOCK)


def test_a_box_opens_in_no_other_place_and_with_no_other_key(keyring: Keyring) -> None:
    box = keyring.seal(Ballot, b"slot", b"text")
    elsewhere = Keyring(uuid.UUID(int=8), keyring.key)
    other_key = Keyring(keyring.consultation_id, bytes(32))
    for opening in (
        lambda: keyring.unsealed(Ballot, b"another", box),
        lambda: keyring.unsealed(Draft, b"slot", box),
        lambda: elsewhere.unsealed(Ballot, b"slot", box),
        lambda: other_key.unsealed(Ballot, b"slot", box),
        lambda: keyring.unsealed(Ballot, b"slot", box[:-1]),
        lambda: keyring.unsealed(Ballot, b"slot", b""),
    ):
        with pytest.raises(BoxBroken):
            opening()


def test_the_order_of_presentation_is_the_same_at_each_visit_and_differs_between_people(keyring: Keyring) -> None:
    numbers = list(range(1, 34))
    drawn = keyring.presented(SOMEBODY, numbers)
    assert drawn == keyring.presented(SOMEBODY, reversed(numbers))
    assert sorted(drawn) == numbers
    assert drawn not in (numbers, keyring.presented(SOMEBODY_ELSE, numbers))


def test_the_key_is_not_shown_where_a_keyring_is(keyring: Keyring) -> None:
    assert repr(keyring.key) not in repr(keyring)
