import hashlib
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.domain.social_choice import bootstrap
from consultation.domain.social_choice.bootstrap import (
    Bootstrap,
    RankInterval,
    _resampled_margins,
    bootstrap_seed,
    drawn_blocks,
    drawn_order,
    file_seed,
    rank_intervals,
)
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import InvalidProfile, Profile, Unranked
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.schulze import BeatPaths

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


def spread(margins: np.ndarray) -> float:
    return float(np.mean(np.std(margins, axis=0)[np.triu_indices(margins.shape[1], 1)]))


@pytest.mark.parametrize("ballots", [60, 700, 5000])
def test_blocks_spread_the_margins_as_plain_resampling_does(ballots):
    chance = np.random.default_rng(ballots)
    ranks = np.asfortranarray(chance.integers(0, 6, (ballots, 8)).astype(np.uint8))
    profile = Profile(tuple(range(1, 9)), ranks)
    by_blocks = np.concatenate(list(_resampled_margins(profile, SEED, 1000, Unranked.LAST)))
    signs = np.sign(ranks[:, None, :].astype(np.int8) - ranks[:, :, None]).reshape(ballots, -1).astype(np.float64)
    plain = chance.multinomial(ballots, np.full(ballots, 1 / ballots), 1000) @ signs
    # The spread of 1,000 draws is uncertain by 2.2 % a pair, and by less than 1 % on the mean over 28 pairs.
    assert spread(by_blocks) == pytest.approx(spread(plain.reshape(1000, 8, 8)), rel=0.03)


def test_equal_ballots_side_by_side_are_put_in_a_drawn_order_before_they_fall_into_blocks():
    counted = [(WeakOrder.from_tiers([[1], [2]]), 1100), (WeakOrder.from_tiers([[2], [1]]), 1000)]
    profile = Profile.of_orders((1, 2), counted)
    with pytest.raises(InvalidProfile, match="in random order: see drawn_order"):
        Bootstrap.of_profile(profile, SEED)
    ordered = drawn_order(profile, SEED)
    keys = hashlib.shake_256(SEED + b"order").digest(8 * 2100)
    drawn = sorted(range(2100), key=lambda ballot: int.from_bytes(keys[8 * ballot : 8 * ballot + 8], "little"))
    assert ordered.ranks[:, 0].tolist() == [0 if ballot < 1100 else 1 for ballot in drawn]
    # 1,100 of 2,100 is 2.2 standard deviations above one half: within 95 % it is the winner, but not always.
    chance = Bootstrap.of_profile(ordered, SEED).chance_of_top(1)
    assert Fraction(95, 100) < chance[1] < 1
    side_by_side = Profile(profile.alternatives, np.repeat(profile.ranks, profile.weights, axis=0))
    assert np.array_equal(drawn_order(side_by_side, SEED).ranks, ordered.ranks)
    assert Bootstrap.of_profile(side_by_side, SEED).chance_of_top(1)[1] == 1


@settings(max_examples=20)
@given(ballots(most=8), st.sampled_from(Unranked))
def test_chances_of_the_first_places_add_up_and_are_those_of_the_resampled_orders(drawn, unranked):
    alternatives, orders = drawn
    steps = []
    profile = Profile.from_orders(alternatives, orders)
    resampled = Bootstrap.of_profile(profile, SEED, 40, unranked, steps.append)
    assert sum(steps) == (40 if orders else 0)
    first = dict.fromkeys(alternatives, Fraction())
    for resample in range(40):
        blocks = drawn_blocks(SEED, resample, len(orders)).tolist() if orders else []
        again = Profile.from_orders(alternatives, [orders[block] for block in blocks])
        tier = BeatPaths.of_matrix(PairwiseMatrix.of_profile(again, unranked)).order.tiers[0]
        for number in tier:
            first[number] += Fraction(1, 40 * len(tier))
    assert resampled.chance_of_top(1) == first
    for places in range(1, 7):
        assert sum(resampled.chance_of_top(places).values()) == min(places, len(alternatives))


def test_of_1000_resamples_the_26th_place_from_either_end_bounds_the_interval():
    drawn = np.random.default_rng(3).permutation(np.arange(1, 1001))[:, None]
    assert Bootstrap((7,), drawn, drawn + 1000).intervals() == {7: RankInterval(26, 1975)}


def test_fewer_resamples_leave_as_much_outside_the_interval():
    orders = [WeakOrder.from_tiers([[1], [2]])] * 5 + [WeakOrder.from_tiers([[2], [1]])] * 4
    resampled = Bootstrap.of_profile(Profile.from_orders((1, 2), orders), SEED, resamples=80)
    assert resampled.intervals()[1].low == sorted(resampled.best[:, 0])[2]
    assert resampled.intervals()[1].high == sorted(resampled.worst[:, 0])[-3]


def test_large_matrices_are_resampled_in_batches(monkeypatch):
    orders = [WeakOrder.from_tiers([[2], [1, 3]])] * 3 + [WeakOrder.from_tiers([[1], [3]])] * 2
    profile = Profile.from_orders((1, 2, 3), orders)
    whole = Bootstrap.of_profile(profile, SEED)
    monkeypatch.setattr(bootstrap, "LARGEST_BATCH", 7 * 9)
    batches = []
    assert Bootstrap.of_profile(profile, SEED, advance=batches.append).intervals() == whole.intervals()
    assert (batches[0], sum(batches)) == (7, 1000)


def test_the_seed_of_a_file_is_its_hash():
    assert file_seed(b"1,2") == hashlib.sha256(b"1,2").digest()
