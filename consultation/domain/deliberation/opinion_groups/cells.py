"""What is released of the reactions of one group to one comment: shares in steps, of a rounded number of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from consultation.domain.deliberation.opinion_groups.differencing import Shown, tells_of_few
from consultation.domain.deliberation.opinion_groups.votes import Counts
from consultation.domain.privacy.publication.steps import Steps, duel_shares, steps_for
from consultation.domain.social_choice.reversals import Side

LEAST_PEOPLE = 20
# Under 100 people shares are published in steps of 5 %; no share tells of fewer than five people what they said.
FEW, STEP_OF_FEW = 100, 5
LEAST_TOLD = 5
ROUNDED_TO = 5


class Cell(TypedDict):
    """People, to the nearest 5, and the shares of them who agree and who disagree, in percent; the others pass."""

    people: int
    agree: int
    disagree: int


# Of each comment, the cell of each group by its name.
Cells = dict[str, dict[str, Cell]]


@dataclass(frozen=True)
class Said:
    """The whole numbers of people that a released cell would be exact for."""

    people: int
    agree: int
    disagree: int

    @classmethod
    def of_cell(cls, cell: Cell) -> Said:
        """Return what a cell stands for; what is computed from it tells nothing more (docs/decisions/0009)."""
        agree, disagree = ((cell[side] * cell["people"] + 50) // 100 for side in ("agree", "disagree"))
        return cls(cell["people"], agree, disagree)

    @property
    def agreeing(self) -> Side:
        """Return those who agree among all, as a share with its interval."""
        return Side(self.agree, self.people)


def steps_of(people: int) -> Steps:
    """Return the steps of a share of so many people, given exactly or to the nearest 5: they are the same for both."""
    fewest = max(LEAST_PEOPLE, rounded(people) - ROUNDED_TO // 2)
    return (steps_for(fewest) if fewest >= FEW else None) or _steps_of_few(fewest)


def _steps_of_few(people: int) -> Steps:
    """Clip so that the share next to the bound, halves rounded up, is that of at least five people."""
    low = STEP_OF_FEW
    while (2 * low + STEP_OF_FEW) * people <= 200 * (LEAST_TOLD - 1):
        low += STEP_OF_FEW
    return Steps(people, STEP_OF_FEW, low, 100 - low)


def rounded(people: int) -> int:
    """Return a number of people to the nearest 5."""
    return (people + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def cell_of(agrees: int, disagrees: int, seen: int) -> Cell:
    """Return what is released of at least 20 people."""
    agree, disagree = duel_shares(agrees, disagrees, seen, steps_of(seen))
    return Cell(people=rounded(seen), agree=agree, disagree=disagree)


def released(counts: Counts, names: Sequence[str], comments: Sequence[str]) -> Cells:
    """Return the cells of the comments on which at least 20 people of every group have said something.

    Of the others nothing is released, nor where the cells beside the public counters would tell of a few people: all
    reactions together are public, and would give away the group left out.
    """
    shown = np.flatnonzero((counts.seen >= LEAST_PEOPLE).all(axis=0)) if names else ()
    rows = {int(column): _row(counts, names, int(column)) for column in shown}
    return {comments[column]: row for column, row in rows.items() if not _gives_away(counts, column, row)}


def _row(counts: Counts, names: Sequence[str], column: int) -> dict[str, Cell]:
    numbers = zip(counts.agrees[:, column], counts.disagrees[:, column], counts.seen[:, column], strict=True)
    return {name: cell_of(*map(int, three)) for name, three in zip(names, numbers, strict=True)}


def _gives_away(counts: Counts, column: int, row: dict[str, Cell]) -> bool:
    totals = [int(kind[:, column].sum()) for kind in (counts.agrees, counts.disagrees, counts.passes)]
    return tells_of_few([_shown(cell) for cell in row.values()], sum(totals), totals)


def _shown(cell: Cell) -> Shown:
    people, spread = cell["people"], ROUNDED_TO // 2
    possible = range(max(LEAST_PEOPLE, people - spread), people + spread + 1)
    return Shown(possible, cell["agree"], cell["disagree"], steps_of(people))
