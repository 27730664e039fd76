import hashlib
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.domain.social_choice.agreement import tau_b
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.permutation import drawn_group, permutation_reference, permutation_seed
from consultation.domain.social_choice.profile import InvalidProfile, Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.schulze import BeatPaths

from .generated import rankings

SEED = permutation_seed(bytes(32))
NUMBERS = (1, 3, 6, 7)


def order(orders) -> WeakOrder:
    return BeatPaths.of_matrix(PairwiseMatrix.of_profile(Profile.from_orders(NUMBERS, orders))).order


@given(st.integers(0, 999), st.integers(1, 60), st.integers(0, 60))
def test_a_group_is_made_of_the_first_different_words_of_shake_256(division, size, more):
    ballots = size + more
    stream = hashlib.shake_256(SEED + division.to_bytes(4, "big")).digest(40_000)
    group: list[int] = []
    for start in range(0, len(stream), 4):
        word = int.from_bytes(stream[start : start + 4], "little") % ballots
        if len(group) < size and word not in group:
            group.append(word)
    assert drawn_group(SEED, division, size, ballots).tolist() == sorted(group)


def test_the_seed_is_the_hash_of_prefix_and_root():
    root = bytes(range(32))
    assert permutation_seed(root) == hashlib.sha256(b"consultation:permutation:1\x00" + root).digest()


@settings(max_examples=15)
@given(st.lists(rankings(NUMBERS), min_size=1, max_size=6), st.lists(rankings(NUMBERS), min_size=1, max_size=6))
def test_the_reference_is_the_middle_of_the_agreements_of_groups_counted_one_by_one(here, there):
    pooled, size = here + there, min(len(here), len(there))
    expected = []
    for division in range(80):
        group = set(drawn_group(SEED, division, size, len(pooled)).tolist())
        inside, outside = ([o for i, o in enumerate(pooled) if (i in group) is wanted] for wanted in (True, False))
        expected.append(tau_b(order(inside), order(outside)).signed_square)
    done = []
    found = permutation_reference(*(Profile.from_orders(NUMBERS, o) for o in (here, there)), SEED, 80, done.append)
    assert found.observed == tau_b(order(here), order(there))
    assert (found.low.signed_square, found.high.signed_square) == (sorted(expected)[2], sorted(expected)[-3])
    no_better = sum(tau <= found.observed.signed_square for tau in expected)
    assert found.p_value == Fraction(no_better + 1, 81)
    assert sum(done) == 80


def test_colleges_of_one_mind_lie_within_the_reference_and_opposed_ones_below():
    chance = np.random.default_rng(7)

    def college(ballots: int, lean: int) -> Profile:
        scores = chance.normal(size=(ballots, 6)) + lean * np.linspace(0, 1.5, 6)
        return Profile(tuple(range(1, 7)), np.asfortranarray(np.argsort(np.argsort(scores)).astype(np.uint8)))

    alike = permutation_reference(college(300, 1), college(120, 1), SEED, 200)
    assert alike.low.signed_square <= alike.observed.signed_square <= alike.high.signed_square
    opposed = permutation_reference(college(300, 1), college(120, -1), SEED, 200)
    assert opposed.observed.signed_square < opposed.low.signed_square
    assert opposed.p_value == Fraction(1, 201)


def test_colleges_that_are_empty_or_whose_ballots_are_counted_together_are_not_compared():
    ballot = WeakOrder.from_tiers([[1]])
    one, empty, counted = (
        Profile.from_orders((1,), [ballot]),
        Profile.from_orders((1,), []),
        Profile.of_orders((1,), [(ballot, 2)]),
    )
    for first, second in [(one, empty), (empty, one), (one, counted), (counted, one)]:
        with pytest.raises(InvalidProfile, match="two colleges are compared ballot by ballot, and neither is empty"):
            permutation_reference(first, second, SEED)


def test_of_1000_divisions_the_26th_from_either_end_bounds_the_reference():
    ranks = np.random.default_rng(2018).integers(0, 6, (37, 12)).astype(np.uint8)
    here, there = (Profile(tuple(range(1, 13)), rows) for rows in (ranks[:30], ranks[30:]))
    drawn = []
    for division in range(1000):
        inside = np.isin(np.arange(37), drawn_group(SEED, division, 7, 37))
        matrices = (PairwiseMatrix.of_profile(Profile(here.alternatives, ranks[part])) for part in (inside, ~inside))
        drawn.append(tau_b(*(BeatPaths.of_matrix(matrix).order for matrix in matrices)).signed_square)
    drawn.sort()
    found = permutation_reference(here, there, SEED)
    assert (found.low.signed_square, found.high.signed_square) == (drawn[25], drawn[974])
