"""What is published of two colleges together: how far they agree, and the order that they give at equal weight."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from consultation.domain.privacy.publication.counted import CountedCollege
from consultation.domain.privacy.publication.methods import tiers_of
from consultation.domain.privacy.publication.steps import MINIMUM_FOR_BANDS, difference_of_shares
from consultation.domain.social_choice.agreement import tau_b
from consultation.domain.social_choice.bootstrap import Advance, RankInterval
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.permutation import permutation_reference, permutation_seed
from consultation.domain.social_choice.release import Agreement, CollegeRelease, Combined, ReversedPair
from consultation.domain.social_choice.reversals import PairDifference, Side, reversed_pairs
from consultation.domain.social_choice.schulze import BeatPaths


def agreement_of(
    first: CountedCollege,
    second: CountedCollege,
    released: Sequence[CollegeRelease],
    root: bytes,
    advance: Advance | None = None,
) -> Agreement | None:
    """Return how far two colleges agree, in the order of their names; None where one has too few ballots for shares.

    `released` is what is published of each; `advance` is told of the divisions that are compared.
    """
    if any("step" not in college for college in released):
        return None
    agreement = Agreement(dividing=_dividing(first, second))
    _add_tau(agreement, first, second, root, advance)
    if min(first.ballots, second.ballots) >= MINIMUM_FOR_BANDS:
        agreement["reversed"] = _reversed(released)
    return agreement


def combined_of(first: CountedCollege, second: CountedCollege) -> Combined:
    """Return the order of the mean of both colleges' proportions, in integers: each matrix times the other's ballots.

    An order alone: a percentage of both less that of one college would be the other's.
    """
    counts = first.matrix.counts * second.ballots + second.matrix.counts * first.ballots
    mean = PairwiseMatrix(first.matrix.alternatives, 2 * first.ballots * second.ballots, counts)
    return Combined(order=tiers_of(BeatPaths.of_matrix(mean).order))


def _dividing(first: CountedCollege, second: CountedCollege) -> list[int]:
    """Return the alternatives that no place could hold in both colleges, those whose ranks differ most first."""
    here, there = first.beat_paths.order.places(), second.beat_paths.order.places()
    intervals, others = first.bootstrap.intervals(), second.bootstrap.intervals()
    apart = [number for number in here if _are_apart(intervals[number], others[number])]
    return sorted(apart, key=lambda number: (-abs(here[number] - there[number]), number))


def _are_apart(one: RankInterval, other: RankInterval) -> bool:
    return one.high < other.low or other.high < one.low


def _add_tau(
    agreement: Agreement, first: CountedCollege, second: CountedCollege, root: bytes, advance: Advance | None
) -> None:
    """Add tau-b and what random groups of these sizes give, as far as both are defined."""
    tau = tau_b(first.beat_paths.order, second.beat_paths.order)
    if not tau.defined:
        return
    agreement["tau_b"] = tau.rounded()
    reference = permutation_reference(first.profile, second.profile, permutation_seed(root), advance=advance)
    if reference.low.defined and reference.high.defined:
        agreement["reference"] = [reference.low.rounded(), reference.high.rounded()]


def _reversed(released: Sequence[CollegeRelease]) -> list[ReversedPair]:
    """Return the pairs that are surely reversed, by number, from what the duels of both colleges are released as.

    What is computed from released shares alone tells nothing more of the ballots (docs/decisions/0009).
    """
    step = max(college["step"] for college in released)
    found = reversed_pairs(*(_released_duels(college) for college in released))
    return [_shown(pair, step) for pair in sorted(found, key=lambda pair: (pair.first, pair.second))]


def _released_duels(college: CollegeRelease) -> dict[tuple[int, int], Side]:
    shares = college["pairwise_percent"]
    return {
        (first, second): Side.of_shares(
            shares[str(first)][str(second)], shares[str(second)][str(first)], college["ballots"]
        )
        for first, second in combinations(sorted(map(int, shares)), 2)
    }


def _shown(pair: PairDifference, step: int) -> ReversedPair:
    return ReversedPair(
        first=pair.first,
        second=pair.second,
        difference=difference_of_shares(pair.difference, step),
        low=difference_of_shares(Fraction(pair.low), step),
        high=difference_of_shares(Fraction(pair.high), step),
    )
