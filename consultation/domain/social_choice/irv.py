"""Instant run-off, every round kept, and no draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile, RankArray, Unranked, Weights
from consultation.domain.social_choice.ranking import Tier, WeakOrder


@dataclass(frozen=True)
class Round:
    """The first places of those that remain, and those who leave: the last round, in which all are equal, has none.

    `exhausted` ballots rank nothing that remains: they count under the rule "no opinion" only.
    """

    votes: Mapping[int, Fraction]
    exhausted: int
    eliminated: Tier


@dataclass(frozen=True)
class InstantRunoffCount:
    """The order of an instant run-off, last to leave first, and its rounds."""

    order: WeakOrder
    rounds: tuple[Round, ...]

    @property
    def winner(self) -> int | None:
        """Return the one that remains at the end, or None where several remain as equals."""
        first = self.order.tiers[0]
        return first[0] if len(first) == 1 else None

    @property
    def majority(self) -> int | None:
        """Return the alternative that more than half of the ballots (exhausted ones too) place first, or None."""
        first = self.rounds[0]
        ballots = sum(first.votes.values()) + first.exhausted
        return next((number for number, votes in first.votes.items() if 2 * votes > ballots), None)


def irv(profile: Profile, matrix: PairwiseMatrix) -> InstantRunoffCount:
    """Take away all the lowest together, until those that remain are equal.

    A first place shared by k alternatives counts 1/k for each.
    """
    rounds = [_round(profile, range(len(profile.alternatives)), matrix.unranked)]
    while rounds[-1].eliminated:
        staying = rounds[-1].votes.keys() - set(rounds[-1].eliminated)
        indexes = [index for index, number in enumerate(profile.alternatives) if number in staying]
        rounds.append(_round(profile, indexes, matrix.unranked))
    tiers = [tuple(rounds[-1].votes), *(finished.eliminated for finished in rounds[-2::-1])]
    return InstantRunoffCount(WeakOrder.from_tiers(tiers), tuple(rounds))


def _round(profile: Profile, remaining: Sequence[int], unranked: Unranked) -> Round:
    columns = profile.ranks.T[list(remaining)]
    best = columns.min(axis=0)
    first = columns == best
    sharing = first.sum(axis=0, dtype=profile.ranks.dtype)
    if unranked is Unranked.NO_OPINION:
        sharing[best == profile.unranked_rank] = 0
    votes = {}
    for index, places in zip(remaining, first, strict=True):
        shares = _count_by_value(sharing[places], None if profile.weights is None else profile.weights[places])
        votes[profile.alternatives[index]] = sum((Fraction(n, k) for k, n in shares.items() if k), Fraction())
    lowest = min(votes.values())
    leaving = tuple(number for number, share in votes.items() if share == lowest)
    exhausted = profile.ballots - sum(votes.values())
    return Round(votes, int(exhausted), leaving if len(leaving) < len(votes) else ())


def _count_by_value(values: RankArray, weights: Weights | None) -> dict[int, int]:
    """Count small values; float64 holds the sums of weights exactly, which are below 2 ** 53."""
    return {value: int(count) for value, count in enumerate(np.bincount(values, weights)) if count}
