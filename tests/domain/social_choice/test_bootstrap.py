import hashlib

import pytest
from hypothesis import given, settings

from consultation.domain.social_choice.bootstrap import RankInterval, bootstrap_seed, drawn_blocks, rank_intervals
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder

from . import oracle
from .generated import ballots

SEED = bootstrap_seed(bytes(32), "citizens")


def test_the_seed_is_the_hash_of_prefix_root_and_college():
    root = bytes(range(32))
    hashed = b"consultation:bootstrap:1\x00" + root + b"physicians"
    assert bootstrap_seed(root, "physicians") == hashlib.sha256(hashed).digest()


def test_the_draws_of_a_resample_are_the_words_of_shake_256_modulo_the_blocks():
    stream = hashlib.shake_256(SEED + b"\x00\x00\x03\xe7").digest(12)
    words = [int.from_bytes(stream[start : start + 4], "little") for start in (0, 4, 8)]
    assert drawn_blocks(SEED, 999, 3).tolist() == [word % 3 for word in words]


@settings(max_examples=12)
@given(ballots(most=8))
def test_a_slow_plain_resampling_gives_the_same_intervals(drawn):
    alternatives, orders = drawn
    if orders:
        found = rank_intervals(Profile.from_orders(alternatives, orders), SEED)
        assert {number: (i.low, i.high) for number, i in found.items()} == oracle.intervals(orders, alternatives, SEED)


def test_beyond_1024_ballots_blocks_of_unequal_size_are_drawn():
    orders = [
        WeakOrder.from_tiers([[1], [2]] if i * i % 7 in (1, 2) or i % 14 == 0 else [[2], [1]]) for i in range(1030)
    ]
    found = rank_intervals(Profile.from_orders((1, 2), orders), SEED)
    assert {number: (i.low, i.high) for number, i in found.items()} == oracle.intervals(orders, (1, 2), SEED)


def test_unanimous_ballots_leave_no_doubt():
    profile = Profile.from_orders((1, 3, 7), [WeakOrder.from_tiers([[7], [1, 3]])] * 30)
    assert rank_intervals(profile, SEED) == {1: RankInterval(2, 3), 3: RankInterval(2, 3), 7: RankInterval(1, 1)}


@pytest.mark.parametrize("orders", [[], [WeakOrder.from_tiers([[1, 3]])] * 5])
def test_without_ballots_or_preferences_every_place_is_possible(orders):
    profile = Profile.from_orders((1, 3), orders)
    assert rank_intervals(profile, SEED) == {1: RankInterval(1, 2), 3: RankInterval(1, 2)}


def test_one_alternative_has_one_place():
    assert rank_intervals(Profile.from_orders((7,), [WeakOrder.from_tiers([[7]])]), SEED) == {7: RankInterval(1, 1)}
