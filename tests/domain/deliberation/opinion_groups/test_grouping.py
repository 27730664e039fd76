"""Groups: found where they are planted, the same whoever comes first, and none where nobody differs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultation.domain.deliberation.opinion_groups.axes import Axes
from consultation.domain.deliberation.opinion_groups.grouping import grouped
from consultation.domain.deliberation.opinion_groups.stability import LEAST_STABILITY, adjusted_rand, stability
from consultation.domain.deliberation.opinion_groups.votes import LEAST_VOTES, VoteMatrix

from .planted import noise, planted

MATRICES = st.integers(2, 14).flatmap(
    lambda comments: st.lists(
        st.lists(st.sampled_from([1.0, -1.0, 0.0, np.nan]), min_size=comments, max_size=comments),
        min_size=1,
        max_size=20,
    )
)


@pytest.mark.parametrize("sizes", [(60, 40), (50, 30, 20), (40, 30, 25, 20)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_groups_are_found_and_lettered_by_size(sizes, seed):
    matrix, labels = planted(sizes, seed=seed)
    grouping = grouped(matrix)
    assert adjusted_rand(grouping.labels, labels) > 0.9
    assert grouping.sizes == sorted(grouping.sizes, reverse=True)
    assert grouping.silhouette > 0.4


def test_planted_groups_hold_and_chance_does_not():
    matrix, _ = planted((50, 30, 20))
    assert stability(matrix, grouped(matrix).labels, 1, 30) > 0.95
    random = noise(120)
    assert stability(random, grouped(random).labels, 1, 30) < LEAST_STABILITY


def test_stability_is_the_same_for_the_same_seed_and_tells_of_each_resample():
    matrix, _ = planted((30, 20))
    told = []
    labels = grouped(matrix).labels
    assert stability(matrix, labels, 7, 5, told.append) == stability(matrix, labels, 7, 5)
    assert told == [1] * 5


def test_who_has_voted_little_has_no_group_but_is_part_of_the_axes():
    matrix, _ = planted((30, 20))
    matrix.votes[0, LEAST_VOTES - 1 :] = np.nan
    matrix.votes[0, : LEAST_VOTES - 1] = 1
    grouping = grouped(matrix)
    assert grouping.labels[0] == -1
    assert sum(grouping.sizes) == 49
    assert grouping.axes.center[0] == pytest.approx(np.nanmean(matrix.votes[:, 0]))


def test_where_there_are_fewer_than_seven_comments_all_of_them_are_enough():
    votes = np.array([[1.0, 1.0, -1.0], [1.0, np.nan, -1.0]])
    assert VoteMatrix(votes).has_enough.tolist() == [True, False]


@pytest.mark.parametrize(
    "votes",
    [
        np.zeros((30, 8)),
        np.ones((30, 8)),
        np.full((30, 8), np.nan),
        np.empty((0, 8)),
        np.empty((5, 0)),
        np.empty((0, 0)),
    ],
    ids=["all pass", "all agree", "nobody votes", "nobody", "no comment", "nothing"],
)
def test_where_nobody_differs_there_are_no_groups(votes):
    grouping = grouped(VoteMatrix(votes))
    assert (grouping.groups, grouping.silhouette, grouping.sizes) == (0, None, [])
    assert np.isfinite(grouping.places).all()


def test_one_comment_parts_those_who_agree_from_those_who_do_not():
    votes = np.array([[1.0]] * 30 + [[-1.0]] * 20)
    grouping = grouped(VoteMatrix(votes))
    assert grouping.sizes == [30, 20]
    assert grouping.silhouette == pytest.approx(1)
    assert grouping.axes.components.shape == (2, 1)


def test_people_who_say_the_same_are_in_the_same_group():
    matrix, _ = planted((15, 10))
    twice = grouped(VoteMatrix(np.repeat(matrix.votes, 2, axis=0)))
    assert (twice.labels[::2] == twice.labels[1::2]).all()


def test_a_comment_that_nobody_has_seen_changes_no_group():
    matrix, _ = planted((30, 20))
    wider = np.column_stack([matrix.votes, np.full(50, np.nan)])
    assert adjusted_rand(grouped(VoteMatrix(wider)).labels, grouped(matrix).labels) == 1


@settings(deadline=None, max_examples=60)
@given(st.randoms(use_true_random=False), st.integers(1, 20))
def test_the_order_of_people_and_of_comments_changes_nothing(random, seed):
    matrix, _ = planted((24, 16, 10), 12, seed=seed)
    people, comments = list(range(50)), list(range(12))
    random.shuffle(people)
    random.shuffle(comments)
    before, after = grouped(matrix), grouped(VoteMatrix(matrix.votes[people][:, comments]))
    assert adjusted_rand(after.labels, before.labels[people]) == pytest.approx(1)
    assert after.silhouette == pytest.approx(before.silhouette)
    assert np.abs(after.places) == pytest.approx(np.abs(before.places[people]), abs=1e-6)


@settings(deadline=None, max_examples=100)
@given(MATRICES)
def test_whatever_is_said_places_are_finite_and_labels_lawful(rows):
    matrix = VoteMatrix(np.array(rows))
    grouping = grouped(matrix)
    assert np.isfinite(grouping.places).all()
    assert set(grouping.labels) <= set(range(-1, grouping.groups))
    assert (grouping.labels >= 0).sum() in (0, matrix.has_enough.sum())
    assert grouping.sizes == sorted(grouping.sizes, reverse=True)
    assert grouping.silhouette is None or -1 <= grouping.silhouette <= 1


@settings(deadline=None, max_examples=100)
@given(MATRICES)
def test_axes_are_of_length_one_and_at_right_angles_or_nothing(rows):
    components = Axes.of_votes(VoteMatrix(np.array(rows))).components
    lengths = (components**2).sum(axis=1)
    assert all(length == pytest.approx(1) or length == 0 for length in lengths)
    assert components[0] @ components[1] == pytest.approx(0, abs=1e-6)


def test_weights_stand_for_people_who_come_several_times():
    matrix, _ = planted((12, 8))
    weights = np.arange(20) % 3
    several = VoteMatrix(np.repeat(matrix.votes, weights, axis=0))
    once, weighted = Axes.of_votes(several), Axes.of_votes(matrix, weights.astype(float))
    assert weighted.center == pytest.approx(once.center)
    assert np.abs((weighted.components * once.components).sum(axis=1)) == pytest.approx([1, 1])


def test_the_index_of_rand_is_one_for_the_same_parts_and_about_zero_by_chance():
    labels = np.repeat([0, 1, 2], 40)
    assert adjusted_rand(labels, (labels + 1) % 3) == 1
    assert adjusted_rand(np.zeros(5, int), np.zeros(5, int)) == 1
    random = np.random.default_rng(1)
    assert adjusted_rand(labels, random.permutation(labels)) == pytest.approx(0, abs=0.05)


def test_the_index_of_rand_is_that_of_hubert_and_arabies_table():
    one, other = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2])
    assert adjusted_rand(one, other) == pytest.approx((2 - 6 * 3 / 15) / ((6 + 3) / 2 - 6 * 3 / 15))
