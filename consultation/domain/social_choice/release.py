"""The shape of a release: what is published of a count, as JSON without floats or nulls (docs/formats.md)."""

from __future__ import annotations

from typing import NotRequired, TypedDict

Tiers = list[list[int]]
Shares = dict[str, int]


class Placement(TypedDict):
    """The place of one recommendation and its rank interval."""

    recommendation: int
    rank: int
    low: int
    high: int


class MethodRelease(TypedDict):
    """The order of one method, best tier first, and what some methods add.

    Kemeny: whether it is proven optimal, and the only such order. Copeland: the duels that each recommendation has won,
    tied and lost. Borda, from 1,000 ballots: the mean place of each, to .1.
    """

    order: Tiers
    exact: NotRequired[bool]
    sole: NotRequired[bool]
    duels: NotRequired[dict[str, list[int]]]
    mean_place: NotRequired[dict[str, str]]


class SuppressedCell(TypedDict):
    """A table that is absent, or a cell that is clipped, and why."""

    table: str
    reason: str
    college: NotRequired[str]
    row: NotRequired[str]
    column: NotRequired[str]


class CollegeRelease(TypedDict):
    """What is published of one college; the tables that its number of ballots does not allow are absent.

    `pairwise_percent[a][b]` is the share of ballots that place a before b, in steps of `step` % and clipped to `clip`.
    `first_choices` (a first place shared by k counts 1/k) and `bands` (ballots that place it in these places, or leave
    it unranked) add up to the ballots: they go by `row_step` and `row_clip`. `paths` leads to each recommendation below
    the first tier from one of the tier above. `majority` is placed first by more than half of the ballots. `chances`
    are shares of the resamples in which it is `first` and, where there are more than five, in the `top_5`. `mean_tau`
    is the agreement of two ballots, to .01.
    """

    ballots: int
    reason: NotRequired[str]
    order: NotRequired[list[Placement]]
    step: NotRequired[int]
    clip: NotRequired[list[int]]
    row_step: NotRequired[int]
    row_clip: NotRequired[list[int]]
    pairwise_percent: NotRequired[dict[str, Shares]]
    paths: NotRequired[list[list[int]]]
    methods: NotRequired[dict[str, MethodRelease]]
    first_choices: NotRequired[Shares]
    condorcet_winner: NotRequired[int]
    majority: NotRequired[int]
    smith_set: NotRequired[list[int]]
    chances: NotRequired[dict[str, Shares]]
    bands: NotRequired[dict[str, Shares]]
    mean_tau: NotRequired[str]


class ReversedPair(TypedDict):
    """A duel that the colleges surely decide differently: difference and bounds in percent of those who decide it.

    Computed from the released shares of the duel alone.
    """

    first: int
    second: int
    difference: int
    low: int
    high: int


class Agreement(TypedDict):
    """How far two colleges agree.

    `dividing` have rank intervals without a place in common, the widest gap first; `tau_b` compares the two orders, to
    two decimals, and `reference` holds 95 % of what two random groups of these sizes give.
    """

    dividing: list[int]
    tau_b: NotRequired[str]
    reference: NotRequired[list[str]]
    reversed: NotRequired[list[ReversedPair]]


class Combined(TypedDict):
    """The order of two colleges together, each with half of the weight, where the plan declares one."""

    order: Tiers


class Release(TypedDict):
    """A published tally of all the colleges of a consultation, under the final root of its ballots (hexadecimal)."""

    v: int
    consultation: str
    root: str
    plan: str
    method: str
    unranked: str
    colleges: dict[str, CollegeRelease]
    agreement: NotRequired[Agreement]
    combined: NotRequired[Combined]
    suppressed: list[SuppressedCell]
