"""The count beside two independent packages, on generated profiles with ties and truncated ballots: `./run oracles`.

Each test says what a package is not asked, and why: there it answers another question than ours, or a wrong one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import numpy as np
import pytest

from consultation.domain.social_choice.borda import borda
from consultation.domain.social_choice.copeland import copeland
from consultation.domain.social_choice.irv import InstantRunoffCount, irv
from consultation.domain.social_choice.kemeny import kemeny
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile, Unranked
from consultation.domain.social_choice.ranked_pairs import ranked_pairs
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.schulze import BeatPaths, Strength
from consultation.domain.social_choice.smith import condorcet_winner, smith_set

ABSENT = "pref_voting and votelib are in no lock: ./run oracles brings them"
margin_methods = pytest.importorskip("pref_voting.margin_based_methods", reason=ABSENT)
majority_methods = pytest.importorskip("pref_voting.c1_methods", reason=ABSENT)
scoring_methods = pytest.importorskip("pref_voting.scoring_methods", reason=ABSENT)
iterative_methods = pytest.importorskip("pref_voting.iterative_methods", reason=ABSENT)
other_methods = pytest.importorskip("pref_voting.other_methods", reason=ABSENT)
profiles_with_ties = pytest.importorskip("pref_voting.profiles_with_ties", reason=ABSENT)
votelib_condorcet = pytest.importorskip("votelib.evaluate.condorcet", reason=ABSENT)
votelib_convert = pytest.importorskip("votelib.convert", reason=ABSENT)
votelib_sequential = pytest.importorskip("votelib.evaluate.sequential", reason=ABSENT)

Pairs = set[tuple[int, int]]


@dataclass(frozen=True)
class Election:
    """Generated ballots under one rule, as we hold them and as each package does."""

    seed: int
    alternatives: tuple[int, ...]
    orders: tuple[WeakOrder, ...]
    unranked: Unranked

    @cached_property
    def profile(self) -> Profile:
        """Our own."""
        return Profile.from_orders(self.alternatives, self.orders)

    @cached_property
    def matrix(self) -> PairwiseMatrix:
        """Our own."""
        return PairwiseMatrix.of_profile(self.profile, self.unranked)

    @cached_property
    def pref_voting(self) -> Any:
        """Theirs: by its default the unranked are compared with nothing."""
        rankings = [{number: rank for rank, tier in enumerate(order, 1) for number in tier} for order in self.orders]
        profile = profiles_with_ties.ProfileWithTies(rankings, candidates=list(self.alternatives))
        if self.unranked is Unranked.LAST:
            profile.use_extended_strict_preference()
        return profile

    @cached_property
    def votelib_ballots(self) -> Any:
        """Theirs: equal rankings together, ties as sets."""
        return Counter(tuple(tier[0] if len(tier) == 1 else frozenset(tier) for tier in order) for order in self.orders)

    @cached_property
    def votelib_duels(self) -> Any:
        """Theirs, by pairs; a pair that no ballot places so is absent."""
        converter = votelib_convert.RankedToCondorcetVotes(unranked_at_bottom=self.unranked is Unranked.LAST)
        return converter.convert(self.votelib_ballots)

    @property
    def known_to_votelib(self) -> bool:
        """Tell whether each alternative is in a pair: votelib has no list of candidates, and leaves out the others."""
        return {number for pair in self.votelib_duels for number in pair} == set(self.alternatives)

    @cached_property
    def runoff(self) -> InstantRunoffCount:
        """Our own."""
        return irv(self.profile, self.matrix)

    @property
    def one_leaves_at_a_time(self) -> bool:
        """Tell whether nobody ties for the last place in any round of the instant run-off."""
        alone = [len(finished.eliminated) == 1 for finished in self.runoff.rounds[:-1]]
        return all(alone) and self.runoff.winner is not None

    @property
    def strict(self) -> bool:
        """Tell whether no ballot ties what it ranks."""
        return all(len(tier) == 1 for order in self.orders for tier in order)

    @property
    def duels_differ(self) -> bool:
        """Tell whether no duel is even and no two are won by the same margin."""
        margins = np.abs(self.matrix.margins()[np.triu_indices(len(self.alternatives), 1)]).tolist()
        return 0 not in margins and len(set(margins)) == len(margins)

    def pairs(self) -> Pairs:
        """All the pairs of two alternatives."""
        return {(a, b) for a in self.alternatives for b in self.alternatives if a != b}


def drawn_order(chance: Random, alternatives: tuple[int, ...], ties: float, truncated: bool) -> WeakOrder:
    """Draw a ballot: a shuffle, cut off where ballots may be truncated, with some neighbours tied."""
    ranked = chance.sample(alternatives, chance.randint(1, len(alternatives)) if truncated else len(alternatives))
    tiers = [[ranked[0]]]
    for number in ranked[1:]:
        if chance.random() < ties:
            tiers[-1].append(number)
        else:
            tiers.append([number])
    return WeakOrder.from_tiers(tiers)


def elections(unranked: Unranked) -> list[Election]:
    """Draw 300 elections of 2 to 6 alternatives and 1 to 40 ballots, which tie or truncate or neither."""
    made = []
    for seed in range(300):
        chance = Random(seed)
        alternatives = tuple(sorted(chance.sample(range(1, 30), chance.randint(2, 6))))
        ties, truncated = chance.choice([(0.0, False), (0.0, True), (0.3, False), (0.3, True)])
        orders = [drawn_order(chance, alternatives, ties, truncated) for _ in range(chance.randint(1, 40))]
        made.append(Election(seed, alternatives, tuple(orders), unranked))
    return made


@pytest.fixture(scope="module", params=Unranked)
def drawn(request: pytest.FixtureRequest) -> list[Election]:
    """The elections, under each rule for what is unranked."""
    return elections(request.param)


def asked(drawn: list[Election], at_least: int, **conditions: bool) -> list[Election]:
    """The elections for which some conditions hold, enough of them to say something."""
    chosen = [one for one in drawn if all(getattr(one, name) is wanted for name, wanted in conditions.items())]
    assert len(chosen) >= at_least
    return chosen


def test_the_duels_are_those_that_both_packages_count(drawn: list[Election]) -> None:
    """Pref_voting everywhere; votelib where it knows every alternative."""
    for one in drawn:
        ours = {pair: one.matrix.before(*pair) for pair in one.pairs()}
        assert ours == {pair: one.pref_voting.support(*pair) for pair in one.pairs()}, one.seed
        if one.known_to_votelib:
            assert ours == {pair: one.votelib_duels.get(pair, 0) for pair in one.pairs()}, one.seed


@pytest.mark.parametrize("strength", Strength)
def test_schulze_places_one_above_another_where_pref_voting_does(drawn: list[Election], strength: Strength) -> None:
    """Everywhere, by margins and by winning votes."""
    for one in drawn:
        theirs = one.pref_voting
        weight = theirs.margin if strength is Strength.MARGINS else theirs.support
        defeats = set(margin_methods.beat_path_defeat(theirs, strength_function=weight).edges)
        ours = BeatPaths.of_matrix(one.matrix, strength)
        assert {pair for pair in one.pairs() if ours.beats(*pair)} == defeats, one.seed
        assert list(ours.order.tiers[0]) == margin_methods.beat_path(theirs, strength_function=weight), one.seed


def test_schulze_by_winning_votes_has_the_strongest_paths_of_votelib(drawn: list[Election]) -> None:
    """By winning votes, its only measure. Its order is left out: it ranks by the number of pairs won, not by tiers."""
    for one in asked(drawn, 200, known_to_votelib=True):
        theirs = votelib_condorcet.Schulze.widest_paths(one.votelib_duels)
        ours = BeatPaths.of_matrix(one.matrix, Strength.WINNING_VOTES)
        assert all(ours.strength(*pair) == theirs.get(pair, 0) for pair in one.pairs()), one.seed


def test_ranked_pairs_locks_what_both_packages_lock(drawn: list[Election]) -> None:
    """Where no duel is even and no two are won by the same margin.

    Elsewhere both break the tie: pref_voting tries the orders of equal duels, even ones among them, and votelib takes
    them in an order of its own; we lock equal duels together, or none of them.
    """
    for one in asked(drawn, 60, duels_differ=True):
        ours = ranked_pairs(one.profile, one.matrix)
        (defeats,) = margin_methods.ranked_pairs_defeats(one.pref_voting)
        assert {pair for lock in ours.locks for pair in lock.locked} == set(defeats.edges), one.seed
        theirs = votelib_condorcet.RankedPairs("margins").evaluate(one.votelib_duels, len(one.alternatives))
        assert list(ours.order.ranked()) == theirs, one.seed


def test_borda_points_are_those_of_pref_voting(drawn: list[Election]) -> None:
    """By its symmetric points, those placed behind less those before, where the unranked are last: its only rule.

    Votelib is left out: it gives those who tie the full points of their place, and the unranked none.
    """
    for one in drawn:
        if one.unranked is Unranked.LAST:
            theirs = scoring_methods.symmetric_borda_scores(one.pref_voting)
            even = len(one.orders) * (len(one.alternatives) - 1)
            scores = borda(one.profile, one.matrix).scores
            assert {number: 2 * score - even for number, score in scores.items()} == theirs, one.seed


def test_copeland_scores_are_those_of_both_packages(drawn: list[Election]) -> None:
    """Pref_voting everywhere; votelib where it knows every alternative.

    The order of votelib is left out: by its default it breaks ties by a second score.
    """
    for one in drawn:
        ours = {n: duels.won - duels.lost for n, duels in copeland(one.profile, one.matrix).duels.items()}
        assert ours == one.pref_voting.copeland_scores(), one.seed
        if one.known_to_votelib:
            theirs = votelib_condorcet.Copeland.scores(votelib_condorcet.pairwise_wins(one.votelib_duels))
            assert ours == {number: theirs.get(number, 0) for number in one.alternatives}, one.seed


def test_kemeny_orders_are_those_of_both_packages(drawn: list[Election]) -> None:
    """Up to five alternatives, because both try every order.

    Votelib is asked where there is one optimal order only, and it knows every alternative: of several it makes ties of
    its own, or fails.
    """
    for one in drawn:
        if len(one.alternatives) <= 5:
            ours = kemeny(one.profile, one.matrix)
            heads = other_methods.kemeny_young(one.pref_voting)
            assert ours.order.ranked()[0] == heads[0], one.seed
            assert len(heads) == 1 or not ours.sole, one.seed
            if ours.sole and one.known_to_votelib:
                theirs = votelib_condorcet.KemenyYoung().evaluate(one.votelib_duels, len(one.alternatives))
                assert list(ours.order.ranked()) == theirs, one.seed


def test_instant_runoff_of_strict_ballots_elects_whom_pref_voting_elects(drawn: list[Election]) -> None:
    """Where no ballot ties what it ranks: all the lowest leave together, as with us.

    Both rules elect the same there, because an exhausted ballot gives all that remain the same share.
    """
    for one in asked(drawn, 100, strict=True):
        theirs = iterative_methods.instant_runoff_for_truncated_linear_orders(one.pref_voting)
        assert list(one.runoff.order.tiers[0]) == theirs, one.seed


def test_instant_runoff_with_shared_first_places_elects_whom_pref_voting_elects(drawn: list[Election]) -> None:
    """By its split of a shared first place, where one at a time leaves.

    Its default gives a whole first place to each of those who share it, which is another method.
    """
    for one in asked(drawn, 120, one_leaves_at_a_time=True):
        assert iterative_methods.split_irv(one.pref_voting) == list(one.runoff.order.tiers[0]), one.seed


def test_instant_runoff_of_strict_ballots_elects_whom_votelib_elects(drawn: list[Election]) -> None:
    """Where no ballot ties what it ranks and one at a time leaves: votelib has rules of its own for the rest."""
    for one in asked(drawn, 60, strict=True, known_to_votelib=True, one_leaves_at_a_time=True):
        theirs = votelib_sequential.TransferableVoteSelector().evaluate(one.votelib_ballots)
        assert list(one.runoff.order.tiers[0]) == theirs, one.seed


def test_the_condorcet_winner_is_that_of_both_packages(drawn: list[Election]) -> None:
    """Pref_voting everywhere; votelib where it knows every alternative."""
    for one in drawn:
        ours = condorcet_winner(one.matrix)
        assert ours == one.pref_voting.condorcet_winner(), one.seed
        if one.known_to_votelib:
            theirs = votelib_condorcet.CondorcetWinner().evaluate(one.votelib_duels)
            assert theirs == ([] if ours is None else [ours]), one.seed


def test_the_smith_set_is_that_of_both_packages(drawn: list[Election]) -> None:
    """Pref_voting everywhere; votelib where no duel is even.

    It goes through the duels once, and may leave out somebody who is even with a member: {8} for {8, 14}.
    """
    for one in drawn:
        ours = smith_set(one.matrix)
        assert list(ours) == majority_methods.top_cycle(one.pref_voting), one.seed
        if one.known_to_votelib and (one.matrix.margins() == 0).sum() == len(one.alternatives):
            assert set(ours) == set(votelib_condorcet.SmithSet().evaluate(one.votelib_duels)), one.seed
