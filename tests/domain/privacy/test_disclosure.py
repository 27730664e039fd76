"""What a reader of a release can work out: every duel must keep at least five possible counts."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy.optimize import linprog

from consultation.domain.privacy.publication import duel_shares, steps_for
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile

THRESHOLDS = [50, 99, 100, 249, 250, 499, 500]
# Numbers of ballots at which both shares of a duel can fall on a half of a step.
HALVES = [60, 80, 120, 200, 240, 300, 350, 450, 520, 600]


@pytest.mark.parametrize("ballots", THRESHOLDS + HALVES)
def test_two_cells_of_a_duel_stand_for_five_counts_each_and_for_two_once_the_winner_is_known(ballots):
    steps = steps_for(ballots)
    assert steps is not None
    counts: dict[tuple[int, int], tuple[set[int], set[int]]] = {}
    with_winner: dict[tuple[int, int, int], tuple[set[int], set[int]]] = {}
    for before in range(ballots + 1):
        for after in range(ballots + 1 - before):
            cells = duel_shares(before, after, ballots, steps)
            winner = int(np.sign(before - after))
            for group in (
                counts.setdefault(cells, (set(), set())),
                with_winner.setdefault((*cells, winner), (set(), set())),
            ):
                group[0].add(before)
                group[1].add(after)
    assert min(min(map(len, group)) for group in counts.values()) >= 5
    assert min(min(map(len, group)) for group in with_winner.values()) >= 2


WEAK_ORDERS = [ranks for ranks in product(range(3), repeat=3) if set(ranks) == set(range(max(ranks) + 1))]
DUELS = [(a, b) for a in range(3) for b in range(3) if a != b]
PLACES_BEFORE = np.array([[ranks[a] < ranks[b] for ranks in WEAK_ORDERS] for a, b in DUELS], float)


def counts_behind(cells: tuple[int, int], ballots: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the least and greatest counts, before and after, that are released as these two cells."""
    steps = steps_for(ballots)
    assert steps is not None
    behind = [
        (b, a) for b in range(ballots + 1) for a in range(ballots + 1 - b) if duel_shares(b, a, ballots, steps) == cells
    ]
    before, after = zip(*behind, strict=True)
    return (min(before), max(before)), (min(after), max(after))


@pytest.mark.parametrize("ballots", THRESHOLDS)
def test_the_duels_of_three_recommendations_together_leave_five_counts_to_each(ballots):
    """Bound each count by linear programmes over how many ballots hold each of the 13 weak orders of three."""
    chance = np.random.default_rng(ballots)
    tastes = chance.normal(size=(ballots, 3)) + np.array([0.4, 0.2, 0.0])
    ranks = (-tastes).argsort(axis=1).argsort(axis=1) + 1
    ranks[ranks > chance.integers(1, 4, (ballots, 1))] = 0
    matrix = PairwiseMatrix.of_profile(Profile.from_blobs((1, 2, 3), [bytes(ballot) for ballot in ranks.tolist()]))
    bounds: dict[tuple[int, int], tuple[int, int]] = {}
    for a, b in combinations(range(3), 2):
        steps = steps_for(ballots)
        assert steps is not None
        cells = duel_shares(int(matrix.counts[a, b]), int(matrix.counts[b, a]), ballots, steps)
        bounds[a, b], bounds[b, a] = counts_behind(cells, ballots)
    least, greatest = (np.array([bounds[duel][end] for duel in DUELS]) for end in (0, 1))
    for objective in PLACES_BEFORE:
        low, high = (
            sign
            * linprog(
                sign * objective,
                A_ub=np.vstack([PLACES_BEFORE, -PLACES_BEFORE]),
                b_ub=np.concatenate([greatest, -least]),
                A_eq=np.ones((1, len(WEAK_ORDERS))),
                b_eq=[ballots],
            ).fun
            for sign in (1, -1)
        )
        assert np.floor(high + 1e-6) - np.ceil(low - 1e-6) + 1 >= 5
