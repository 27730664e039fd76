import numpy as np
import pytest
from hypothesis import given

from consultation.domain.social_choice.pairwise import CHUNK, PairwiseMatrix
from consultation.domain.social_choice.profile import InvalidProfile, Profile, Unranked, rank_type, ranks_blob
from consultation.domain.social_choice.ranking import UnknownAlternative, WeakOrder

from .generated import ballots


def test_a_ballot_is_one_byte_per_alternative_with_zero_for_unranked():
    order = WeakOrder.from_tiers([[24], [3, 10]])
    assert ranks_blob(order, (3, 7, 10, 24)) == bytes([2, 0, 2, 1])


def test_beyond_255_alternatives_a_rank_takes_two_little_endian_bytes():
    alternatives = tuple(range(1, 301))
    blob = ranks_blob(WeakOrder.from_tiers([n] for n in reversed(alternatives)), alternatives)
    assert (len(blob), blob[:2], blob[-2:]) == (600, bytes([300 - 256, 1]), bytes([1, 0]))
    matrix = PairwiseMatrix.of_profile(Profile.from_blobs(alternatives, [blob]))
    assert (matrix.before(300, 1), matrix.before(1, 300)) == (1, 0)


@pytest.mark.parametrize("count", [127, 128, 255, 256])
def test_the_unranked_come_last_whatever_the_width_of_a_rank(count):
    alternatives = tuple(range(1, count + 1))
    order = WeakOrder.from_tiers([n] for n in alternatives[1:])
    matrix = PairwiseMatrix.of_profile(Profile.from_orders(alternatives, [order]))
    assert [matrix.before(count, 1), matrix.before(1, count), matrix.before(2, count)] == [1, 0, 1]


def test_an_alternative_that_is_not_put_to_the_vote_is_refused():
    with pytest.raises(UnknownAlternative, match="a ballot ranks an alternative that is not put to the vote"):
        ranks_blob(WeakOrder.from_tiers([[24]]), (3, 7))


@pytest.mark.parametrize("alternatives", [(), (3, 1), (1, 1), (0, 1)])
def test_alternatives_that_are_missing_below_1_or_out_of_order_are_refused(alternatives):
    with pytest.raises(InvalidProfile, match="alternatives are numbered from 1 and strictly ascend"):
        Profile.from_blobs(alternatives, [])


@pytest.mark.parametrize(
    ("blob", "reason"),
    [
        (b"\1", "a ballot has one rank per alternative"),
        (b"\1\2\3", "a ballot has one rank per alternative"),
        (b"\1\3", "a rank is at most the number of alternatives"),
    ],
)
def test_a_ballot_of_another_shape_or_with_too_great_a_rank_is_refused(blob, reason):
    with pytest.raises(InvalidProfile, match=reason):
        Profile.from_blobs((1, 3), [b"\1\2", blob])


@pytest.mark.parametrize("shape", [(2,), (2, 1), (2, 3), (2, 2, 2)])
def test_ranks_are_an_array_of_ballots_times_alternatives(shape):
    with pytest.raises(InvalidProfile, match="a ballot has one rank per alternative"):
        Profile((1, 3), np.zeros(shape, np.uint8))


def test_a_profile_and_its_matrix_cannot_be_written_to():
    profile = Profile.from_blobs((1, 3), [b"\1\2"], [4])
    for array in (profile.ranks, profile.weights, PairwiseMatrix.of_profile(profile).counts):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 1


def test_a_count_over_several_chunks_is_the_sum_of_its_ballots():
    blobs = [b"\1\2\0"] * CHUNK + [b"\2\1\1"] * (CHUNK + 5)
    matrix = PairwiseMatrix.of_profile(Profile.from_blobs((1, 2, 3), blobs))
    expected = [[0, CHUNK, CHUNK], [CHUNK + 5, 0, CHUNK], [CHUNK + 5, 0, 0]]
    assert np.array_equal(matrix.counts, expected)
    assert matrix.ballots == 2 * CHUNK + 5


@given(ballots())
def test_no_ballot_is_on_both_sides_of_a_duel(drawn):
    alternatives, orders = drawn
    counts = PairwiseMatrix.of_profile(Profile.from_orders(alternatives, orders)).counts
    assert np.all(counts + counts.T <= len(orders))
    assert not counts.diagonal().any()


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ([1], "each row of ranks has one weight, a whole number"),
        ([1.0, 2.0], "each row of ranks has one weight, a whole number"),
        ([[1, 2]], "each row of ranks has one weight, a whole number"),
        ([1, -1], r"weights are not negative, and at most 2 \*\* 40 ballots together"),
        ([2**40, 1], r"weights are not negative, and at most 2 \*\* 40 ballots together"),
    ],
)
def test_weights_are_one_whole_number_a_row_and_not_too_many_ballots_together(weights, reason):
    ranks = Profile.from_blobs((1, 3), [b"\1\2", b"\2\1"]).ranks
    with pytest.raises(InvalidProfile, match=reason):
        Profile((1, 3), ranks, np.array(weights))


@pytest.mark.parametrize("count", [-1, 2**40 + 1, 2**70])
def test_an_order_is_given_by_a_number_of_ballots(count):
    with pytest.raises(InvalidProfile, match=r"an order is given by a number of ballots from 0 to 2 \*\* 40"):
        Profile.of_orders((1, 3), [(WeakOrder.from_tiers([[1]]), count)])


def test_as_many_ballots_as_may_be_are_counted_exactly():
    first, second = WeakOrder.from_tiers([[1]]), WeakOrder.from_tiers([[3]])
    for counts in [(2**40 - 1, 1), (2**40, 0)]:
        matrix = PairwiseMatrix.of_profile(Profile.of_orders((1, 3), zip((first, second), counts, strict=True)))
        assert (matrix.ballots, matrix.before(1, 3), matrix.before(3, 1)) == (2**40, *counts)


def test_more_alternatives_than_two_bytes_can_number_are_refused():
    assert rank_type(65_535).itemsize == 2
    with pytest.raises(InvalidProfile, match="at most 65,535 alternatives can be counted"):
        rank_type(65_536)


def test_a_weighted_count_over_several_chunks_is_the_sum_of_its_ballots():
    blobs = [b"\1\2\0"] * (CHUNK + 3)
    one = Profile.from_blobs((1, 2, 3), blobs)
    weighted = Profile(one.alternatives, one.ranks, np.arange(CHUNK + 3))
    matrix = PairwiseMatrix.of_profile(weighted, Unranked.NO_OPINION)
    total = (CHUNK + 3) * (CHUNK + 2) // 2
    assert np.array_equal(matrix.counts, [[0, total, 0], [0, 0, 0], [0, 0, 0]])
    assert matrix.ballots == total
