"""Votes of people on comments, as a matrix: what everything here is computed from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

AGREE, PASS, DISAGREE = 1, 0, -1
# Who has voted less has no place yet: seven votes, or all comments where there are fewer (Pol.is, conversation.clj).
LEAST_VOTES = 7

Reals = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Vote = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class VoteMatrix:
    """People in rows, comments in columns: 1 agrees, -1 disagrees, 0 passes, nan has not seen it."""

    votes: Reals

    @classmethod
    def of_votes(cls, people: int, comments: int, votes: Iterable[Vote]) -> Self:
        """Put together votes given as row, column and what is said; of several in one place the last one holds."""
        matrix = np.full((people, comments), np.nan)
        for row, column, said in votes:
            matrix[row, column] = said
        return cls(matrix)

    @property
    def people(self) -> int:
        """Return the number of people."""
        return len(self.votes)

    @property
    def comments(self) -> int:
        """Return the number of comments."""
        return int(self.votes.shape[1])

    @property
    def has_enough(self) -> Booleans:
        """Tell for each person whether they have voted often enough to be given a place."""
        least = max(1, min(LEAST_VOTES, self.comments))
        enough: Booleans = np.isfinite(self.votes).sum(axis=1) >= least
        return enough

    def counts(self, labels: Sequence[int] | Integers, groups: int) -> Counts:
        """Count the votes on each comment (columns) in each group (rows); a label below 0 belongs to none."""
        members = np.asarray(labels)[None, :] == np.arange(groups)[:, None]
        sums = [members.astype(float) @ (self.votes == said).astype(float) for said in (AGREE, DISAGREE, PASS)]
        agrees, disagrees, passes = (one.astype(np.int64) for one in sums)
        return Counts(agrees, disagrees, passes)


@dataclass(frozen=True, eq=False)
class Counts:
    """How many people of each group (rows) agree, disagree and pass on each comment (columns)."""

    agrees: Integers
    disagrees: Integers
    passes: Integers

    @property
    def seen(self) -> Integers:
        """Return how many people of each group have said anything of each comment."""
        return self.agrees + self.disagrees + self.passes
