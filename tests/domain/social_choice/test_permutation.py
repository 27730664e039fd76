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
    assert hashlib.sha256(b"consultation:permutation:1\x00" + bytes(32)).digest() == SEED


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


def test_an_empty_college_is_not_compared():
    empty, one = (Profile.from_orders((1,), orders) for orders in ([], [WeakOrder.from_tiers([[1]])]))
    with pytest.raises(InvalidProfile):
        permutation_reference(one, empty, SEED)
    with pytest.raises(InvalidProfile):
        permutation_reference(Profile.of_orders((1,), [(WeakOrder.from_tiers([[1]]), 2)]), one, SEED)
