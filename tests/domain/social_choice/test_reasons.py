from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings

from consultation.domain.social_choice.explanation import Message
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.reasons import REASONS, reasons
from consultation.domain.social_choice.schulze import BeatPaths

from .generated import ballots


def counted(alternatives, orders) -> tuple[PairwiseMatrix, BeatPaths]:
    matrix = PairwiseMatrix.of_profile(Profile.of_orders(alternatives, orders))
    return matrix, BeatPaths.of_matrix(matrix)


# 3 > 4 > 2 > 1, where 1 follows 2 by the path 2, 3, 1 of strength 10, and leads back to 2 by 4 with 6.
CIRCLES = {(2, 3): 10, (3, 1): 14, (3, 4): 12, (1, 4): 6, (4, 2): 16}


def by_margins(won: dict[tuple[int, int], int]) -> PairwiseMatrix:
    """A matrix of four alternatives in which every duel is lost with 10 ballots."""
    counts = np.full((4, 4), 10) - 10 * np.eye(4, dtype=np.int64)
    for (first, second), margin in won.items():
        counts[first - 1, second - 1] += max(margin, 0)
        counts[second - 1, first - 1] += max(-margin, 0)
    return PairwiseMatrix((1, 2, 3, 4), 40, counts)


def strict(text: str) -> WeakOrder:
    return WeakOrder.from_tiers([int(number)] for number in text)


def test_a_place_won_in_the_direct_duel_is_explained_by_its_two_counts():
    said = reasons(*counted((1, 2), [(strict("21"), 5), (strict("12"), 2), (WeakOrder.from_tiers([[1, 2]]), 4)]))
    assert said == [Message("exact.duel", {"first": 2, "second": 1, "before": 5, "after": 2})]


def test_a_circle_is_named_and_each_step_says_why_the_way_back_weighs_less():
    said = reasons(*counted((1, 2, 3), [(strict("123"), 9), (strict("231"), 8), (strict("312"), 6)]))
    assert said == [
        Message("exact.cycle", {"members": (1, 2, 3)}),
        Message("exact.duel", {"first": 1, "second": 2, "before": 15, "after": 8}),
        Message("exact.way_back", {"first": 1, "second": 2, "forth": 7, "back": 5}),
        Message("exact.duel", {"first": 2, "second": 3, "before": 17, "after": 6}),
        Message("exact.way_back", {"first": 2, "second": 3, "forth": 11, "back": 5}),
    ]


def test_a_place_won_against_the_direct_duel_says_so():
    orders = [("1234", 4), ("4312", 4), ("2314", 5), ("4123", 5), ("3124", 7), ("4231", 7), ("3412", 6), ("2134", 6)]
    orders += [("4123", 3), ("3241", 3), ("4213", 8), ("3142", 8)]
    matrix, paths = counted((1, 2, 3, 4), [(strict(ballot), count) for ballot, count in orders])
    longer = [path for path in paths.explaining_paths() if len(path) > 2]
    for path in longer:
        assert any(
            message.id in ("exact.duel_against", "exact.duel_even", "exact.duel_too_weak")
            and (message.values["first"], message.values["second"]) == (path[0], path[-1])
            for message in reasons(matrix, paths)
        )
    assert longer


@pytest.mark.parametrize(
    ("margin", "reason"),
    [(-8, "exact.duel_against"), (0, "exact.duel_even"), (1, "exact.duel_too_weak"), (6, "exact.duel_too_weak")],
)
def test_a_place_won_by_a_path_is_told_duel_by_duel_and_why_the_direct_duel_does_not_count(margin, reason):
    paths = BeatPaths.of_matrix(matrix := by_margins({**CIRCLES, (2, 1): margin}))
    assert paths.explaining_paths()[-1] == (2, 3, 1)
    assert reasons(matrix, paths)[-5:] == [
        Message("exact.path", {"first": 2, "second": 1, "through": (3,), "strength": 10}),
        Message("exact.duel", {"first": 2, "second": 3, "before": 20, "after": 10}),
        Message("exact.duel", {"first": 3, "second": 1, "before": 24, "after": 10}),
        Message(reason, {"first": 2, "second": 1, "before": 10 + max(margin, 0), "after": 10 + max(-margin, 0)}),
        Message("exact.way_back", {"first": 2, "second": 1, "forth": 10, "back": max(6, -margin)}),
    ]


def test_a_direct_duel_that_outweighs_the_way_back_suffices_even_where_a_path_is_stronger():
    matrix = by_margins({**CIRCLES, (2, 1): 8})
    assert reasons(matrix, BeatPaths.of_matrix(matrix))[-2:] == [
        Message("exact.duel", {"first": 2, "second": 1, "before": 18, "after": 10}),
        Message("exact.way_back", {"first": 2, "second": 1, "forth": 8, "back": 6}),
    ]


def test_ties_are_explained_by_an_even_duel_or_by_equal_chains():
    assert reasons(*counted((1, 2), [(strict("12"), 3), (strict("21"), 3)])) == [
        Message("exact.tied", {"first": 1, "second": 2, "each": 3})
    ]
    said = reasons(*counted((1, 2, 3), [(strict("123"), 1), (strict("231"), 1), (strict("312"), 1)]))
    assert said == [
        Message("exact.cycle", {"members": (1, 2, 3)}),
        Message("exact.tied_in_circle", {"first": 1, "second": 2, "strength": 1}),
        Message("exact.tied_in_circle", {"first": 2, "second": 3, "strength": 1}),
    ]


def test_every_reason_is_given_somewhere_with_the_values_that_it_names():
    chance = Random(0)
    said = reasons(*counted((1, 2), []))
    for _ in range(100):
        orders = [(strict("".join(chance.sample("123456", 6))), chance.randint(1, 3)) for _ in range(5)]
        said += reasons(*counted((1, 2, 3, 4, 5, 6), orders))
    assert {message.id for message in said} == REASONS.keys()
    assert all(message.values.keys() == set(REASONS[message.id]) for message in said)


def test_without_ballots_there_is_nothing_to_explain():
    assert reasons(*counted((1, 2), [])) == [Message("exact.no_ballots", {})]


@settings(max_examples=300)
@given(ballots().filter(lambda drawn: drawn[1]))
def test_every_neighbour_is_spoken_of_and_every_number_is_true(drawn):
    alternatives, orders = drawn
    matrix, paths = counted(alternatives, [(order, 1) for order in orders])
    said = reasons(matrix, paths)
    assert {message.id for message in said} <= REASONS.keys()
    placed_below = {m.values["second"] for m in said if m.id in ("exact.duel", "exact.path")}
    for above, tier in pairwise(((), *paths.order)):
        assert not above or set(tier) <= placed_below
        for first, second in pairwise(tier):
            assert any(
                m.id.startswith("exact.tied") and (m.values["first"], m.values["second"]) == (first, second)
                for m in said
            )
    for message in said:
        if "after" in message.values:
            first, second = message.values["first"], message.values["second"]
            assert message.values["before"] == matrix.before(first, second)
            assert message.values["after"] == matrix.before(second, first)
            won = message.values["before"] - message.values["after"]
            assert won == 0 if message.id == "exact.duel_even" else won < 0 if "against" in message.id else won > 0
        if "back" in message.values:
            assert message.values["forth"] > message.values["back"] > 0
