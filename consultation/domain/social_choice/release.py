"""The shape of a release: what is published of a count, as JSON without floats or nulls."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Placement(TypedDict):
    """The place of one recommendation and its rank interval."""

    recommendation: int
    rank: int
    low: int
    high: int


class SuppressedCell(TypedDict):
    """A table that is absent, or a cell that is clipped, and why."""

    table: str
    reason: str
    college: NotRequired[str]
    row: NotRequired[str]
    column: NotRequired[str]


class CollegeRelease(TypedDict):
    """What is published of one college; the tables that its number of ballots does not allow are absent.

    `pairwise_percent[a][b]` is the share of ballots that place a before b, in steps of `step` % and clipped to `clip`;
    `paths` leads to each recommendation below the first tier from one of the tier above.
    """

    ballots: int
    reason: NotRequired[str]
    order: NotRequired[list[Placement]]
    step: NotRequired[int]
    clip: NotRequired[list[int]]
    pairwise_percent: NotRequired[dict[str, dict[str, int]]]
    paths: NotRequired[list[list[int]]]


class Agreement(TypedDict):
    """How far the orders of two colleges agree: tau-b to two decimals."""

    tau_b: str


class Release(TypedDict):
    """A published tally of all the colleges of a consultation, under the final root of its ballots (hexadecimal)."""

    v: int
    consultation: str
    root: str
    method: str
    unranked: str
    colleges: dict[str, CollegeRelease]
    agreement: NotRequired[Agreement]
    suppressed: list[SuppressedCell]
