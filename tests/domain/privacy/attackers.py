"""What a reader of a release can work out, by linear programmes over the ballots that could lie behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import combinations, product

import numpy as np
from scipy.optimize import linprog

from consultation.domain.privacy.publication import duel_shares, steps_for
from consultation.domain.privacy.publication.rows import row_shares
from consultation.domain.privacy.publication.steps import Steps, row_steps_for
from consultation.domain.social_choice.irv import irv
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile

Cells = tuple[int, int]
NUMBERS = (1, 2, 3)
UNRANKED = 9
# Every ballot over three recommendations, as their ranks; a first place is shared by up to three.
KINDS = [
    tuple(rank or UNRANKED for rank in ranks)
    for ranks in product(range(4), repeat=3)
    if (given := set(ranks) - {0}) and given == set(range(1, max(given) + 1))
]
DUELS = {(a, b): np.array([kind[a] < kind[b] for kind in KINDS], float) for a in range(3) for b in range(3) if a != b}
SIXTHS = 6
FIRSTS = [np.array([SIXTHS // kind.count(1) if kind[a] == 1 else 0 for kind in KINDS], float) for a in range(3)]


def steps_of(ballots: int) -> Steps:
    """The steps of a number of ballots that has some."""
    steps = steps_for(ballots)
    assert steps is not None
    return steps


def row_steps_of(ballots: int) -> Steps:
    """The steps of rows that add up to all the ballots."""
    steps = row_steps_for(ballots)
    assert steps is not None
    return steps


def drawn(ballots: int, seed: int, alternatives: int = 3) -> Profile:
    """Ballots with a common taste, each cut short at random, one in five with its first two tied."""
    chance = np.random.default_rng([ballots, seed])
    tastes = chance.normal(size=(ballots, alternatives)) + np.linspace(0.4, 0, alternatives)
    ranks = (-tastes).argsort(axis=1).argsort(axis=1) + 1
    ranks[ranks > chance.integers(1, alternatives + 1, (ballots, 1))] = 0
    ranks = np.where((chance.random((ballots, 1)) < 0.2) & (ranks > 1), ranks - 1, ranks)
    return Profile.from_blobs(range(1, alternatives + 1), [bytes(ballot) for ballot in ranks.tolist()])


@cache
def counts_by_cells(ballots: int) -> dict[Cells, list[Cells]]:
    """The counts of a duel, before and after, by the two cells that they are released as."""
    steps, counts = steps_of(ballots), defaultdict(list)
    for before in range(ballots + 1):
        for after in range(ballots + 1 - before):
            counts[duel_shares(before, after, ballots, steps)].append((before, after))
    return counts


def behind(cells: Cells, ballots: int, winner: int | None = None) -> list[Cells]:
    """The counts that are released as these two cells, by the winner too where he is known."""
    return [duel for duel in counts_by_cells(ballots)[cells] if winner in (None, sign(duel[0] - duel[1]))]


class Attacker:
    """Somebody who reads tables of a release over three recommendations, and knows what they say of their ballots."""

    def __init__(self, profile: Profile) -> None:
        self.profile, self.ballots = profile, profile.ballots
        self.matrix = PairwiseMatrix.of_profile(profile)
        self.rows = [np.ones(len(KINDS))]
        self.ranges: list[tuple[float, float]] = [(self.ballots, self.ballots)]

    def reads_duels(self, with_winners: bool = False) -> None:
        """Both cells of each duel; with the winners, all that orders, paths and Copeland's duels can say of them."""
        for a, b in combinations(range(3), 2):
            before, after = int(self.matrix.counts[a, b]), int(self.matrix.counts[b, a])
            winner = sign(before - after) if with_winners else None
            cells = duel_shares(before, after, self.ballots, steps_of(self.ballots))
            counts = zip(*behind(cells, self.ballots, winner), strict=True)
            for duel, possible in zip(((a, b), (b, a)), counts, strict=True):
                self._learns(DUELS[duel], (min(possible), max(possible)))
            if winner is not None:
                margins = {1: (1, self.ballots), 0: (0, 0), -1: (-self.ballots, -1)}
                self._learns(DUELS[a, b] - DUELS[b, a], margins[winner])

    def reads_first_choices(self) -> None:
        """The shares of first places; and, which no release tells, which of them are rounded by themselves."""
        votes = irv(self.profile, self.matrix).rounds[0].votes
        counts = [int(SIXTHS * count) for count in votes.values()]
        bound = SIXTHS * row_steps_of(self.ballots).low * self.ballots
        apart = [index for index, count in enumerate(counts) if 100 * count >= bound]
        others = [index for index in range(3) if index not in apart]
        for index in others:
            self._learns(FIRSTS[index], (0, (bound - 1) // 100))
        for index in apart:
            self._learns(FIRSTS[index], (-(-bound // 100), SIXTHS * self.ballots))
        places = [*(FIRSTS[index] for index in apart), sum((FIRSTS[index] for index in others), np.zeros(len(KINDS)))]
        self._reads_row(places, [*(counts[index] for index in apart), sum(counts[index] for index in others)], SIXTHS)

    def reads_bands(self) -> None:
        """How many ballots rank each of the three and how many leave it out, all that the widest band can tell."""
        for index, column in enumerate(self.profile.ranks.T):
            left_out = np.array([kind[index] == UNRANKED for kind in KINDS], float)
            unranked = int((column == self.profile.unranked_rank).sum())
            self._reads_row([1 - left_out, left_out], [self.ballots - unranked, unranked])

    def _reads_row(self, cells: Sequence[np.ndarray], counts: Sequence[int], parts: int = 1) -> None:
        """The shares of a row, counted in parts of a ballot, before they are clipped.

        Largest remainders: no cell lacks more than a whole step beyond what another lacks; where it is just a step, the
        one that was rounded up comes before.
        """
        steps = row_steps_of(self.ballots)
        unclipped = replace(steps, low=0, high=100)
        shares = row_shares([Fraction(count, parts) for count in counts], self.ballots, unclipped)
        whole = parts * self.ballots

        def most(one: int, other: int) -> int:
            return ((shares[one] - shares[other] + steps.step) * whole - (one < other)) // 100

        for one, other in combinations(range(len(cells)), 2):
            self._learns(cells[one] - cells[other], (-most(other, one), most(one, other)))

    def counts_left(self) -> int:
        """How many counts remain possible for the duel of which least do."""
        return min(self._left(duel) for duel in DUELS.values())

    def _learns(self, row: np.ndarray, counts: tuple[float, float]) -> None:
        self.rows.append(row)
        self.ranges.append(counts)

    def _left(self, row: np.ndarray) -> int:
        rows, (least, greatest) = np.array(self.rows), zip(*self.ranges, strict=True)
        limits = {"A_ub": np.vstack([rows, -rows]), "b_ub": np.concatenate([greatest, -np.array(least)])}
        low, high = linprog(row, **limits).fun, -linprog(-row, **limits).fun
        return int(np.floor(high + 1e-6) - np.ceil(low - 1e-6)) + 1


def place_in(kind: Sequence[int], index: int) -> int:
    """The place of a recommendation on a ballot; beyond the last for one that is left unranked."""
    return UNRANKED if kind[index] == UNRANKED else 1 + sum(rank < kind[index] for rank in kind)


def relations_fixed(profile: Profile, ballot: int, with_winners: bool) -> Fraction:
    """The share of duels of one ballot that whoever knows all the others reads from the shares, or winners too."""
    ranks, steps = profile.ranks.astype(int), steps_of(profile.ballots)
    counts, fixed = PairwiseMatrix.of_profile(profile).counts, 0
    pairs = list(combinations(range(len(profile.alternatives)), 2))
    for a, b in pairs:
        before, after = int(counts[a, b]), int(counts[b, a])
        relation = sign(int(ranks[ballot, b] - ranks[ballot, a]))
        others = before - (relation > 0), after - (relation < 0)
        possible = [(before, after), *((others[0] + x, others[1] + y) for x, y in ((1, 0), (0, 0), (0, 1)))]
        released, *tried = [
            (duel_shares(*duel, profile.ballots, steps), sign(duel[0] - duel[1]) if with_winners else None)
            for duel in possible
        ]
        fixed += tried.count(released) == 1
    return Fraction(fixed, len(pairs))


def sign(difference: int) -> int:
    """-1, 0 or 1."""
    return (difference > 0) - (difference < 0)
