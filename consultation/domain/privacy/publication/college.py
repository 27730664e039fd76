"""The tables of one college, as far as its number of ballots allows."""

from __future__ import annotations

from itertools import combinations

from consultation.domain.privacy.publication.bands import bands_of
from consultation.domain.privacy.publication.counted import CountedCollege
from consultation.domain.privacy.publication.methods import shown_methods
from consultation.domain.privacy.publication.rows import first_choice_shares
from consultation.domain.privacy.publication.steps import (
    CHANCE_STEPS,
    MINIMUM_FOR_BANDS,
    Steps,
    duel_shares,
    hundredths,
    row_steps_for,
    share,
    steps_for,
)
from consultation.domain.social_choice.agreement import mean_tau_inside
from consultation.domain.social_choice.bootstrap import Bootstrap
from consultation.domain.social_choice.kemeny import Solver
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.release import CollegeRelease, Placement, Shares
from consultation.domain.social_choice.smith import condorcet_winner, smith_set
from consultation.domain.verifiability.plan import CountingPlan

FIRST = "first"
TOP_5 = "top_5"


def college_release(counted: CountedCollege, plan: CountingPlan, solver: Solver | None) -> CollegeRelease:
    """Return what is published of a college that has at least the ballots that its order needs."""
    college = CollegeRelease(ballots=counted.ballots, order=_order(counted))
    steps, row_steps = steps_for(counted.ballots), row_steps_for(counted.ballots)
    if steps and row_steps:
        _add_duels(college, counted, steps)
        _add_methods(college, counted, plan, solver)
        _add_first_choices(college, counted, row_steps)
        college["chances"] = _chances(counted.bootstrap)
    if row_steps and counted.ballots >= MINIMUM_FOR_BANDS:
        college["bands"] = bands_of(counted.profile, plan.bands, row_steps)
        tau = mean_tau_inside(counted.matrix)
        if tau is not None:
            college["mean_tau"] = hundredths(tau)
    return college


def _order(counted: CountedCollege) -> list[Placement]:
    intervals = counted.bootstrap.intervals()
    return [
        Placement(recommendation=number, rank=rank, low=intervals[number].low, high=intervals[number].high)
        for number, rank in counted.beat_paths.order.places().items()
    ]


def _add_duels(college: CollegeRelease, counted: CountedCollege, steps: Steps) -> None:
    """Add the shares of the duels, and the duels behind each place."""
    college["step"] = steps.step
    college["clip"] = [steps.low, steps.high]
    college["pairwise_percent"] = _pairwise_percent(counted.matrix, steps)
    college["paths"] = [list(path) for path in counted.beat_paths.explaining_paths()]


def _pairwise_percent(matrix: PairwiseMatrix, steps: Steps) -> dict[str, Shares]:
    percent: dict[str, Shares] = {str(number): {} for number in matrix.alternatives}
    for first, second in combinations(matrix.alternatives, 2):
        before, after = matrix.before(first, second), matrix.before(second, first)
        shares = duel_shares(before, after, matrix.ballots, steps)
        percent[str(first)][str(second)], percent[str(second)][str(first)] = shares
    return percent


def _add_first_choices(college: CollegeRelease, counted: CountedCollege, steps: Steps) -> None:
    """Add the first choices, and by which steps and bounds they and the bands go."""
    college["row_step"] = steps.step
    college["row_clip"] = [steps.low, steps.high]
    votes = counted.runoff.rounds[0].votes
    college["first_choices"] = first_choice_shares(votes, counted.ballots, steps)


def _add_methods(college: CollegeRelease, counted: CountedCollege, plan: CountingPlan, solver: Solver | None) -> None:
    """Add the other methods, and what they and the main one have in common: winners, Smith set."""
    college["methods"] = shown_methods(counted.counts(plan, solver), counted.ballots)
    winner, majority = condorcet_winner(counted.matrix), counted.runoff.majority
    if winner is not None:
        college["condorcet_winner"] = winner
    if majority is not None:
        college["majority"] = majority
    college["smith_set"] = list(smith_set(counted.matrix))


def _chances(bootstrap: Bootstrap) -> dict[str, Shares]:
    """Return in which share of the resamples each alternative is first and, where there are more, in the first five."""
    tops = {FIRST: 1, TOP_5: 5} if len(bootstrap.alternatives) > 5 else {FIRST: 1}
    chances = {name: bootstrap.chance_of_top(places) for name, places in tops.items()}
    return {
        str(number): {name: share(chance[number], 1, CHANCE_STEPS) for name, chance in chances.items()}
        for number in bootstrap.alternatives
    }
