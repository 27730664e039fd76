"""Opinion groups beside red-dwarf, on the same generated votes, in one process, by turns (PERFORMANCE, Count).

Times are CPU milliseconds of one run, medians; the ratio is the median of theirs / ours, so more is better. Both begin
with a list of votes. Theirs ends with its statistics by comment and group, ours with the counts and the scores of what
brings together; what else a map needs, resamples first, is in a row of its own.
"""

from collections.abc import Iterator
from functools import partial
from importlib.metadata import version

import numpy as np
from reddwarf.implementations.polis import run_pipeline

from benchmarks.by_turns import Comparison, by_turns
from consultation.domain.deliberation.opinion_groups.consensus import together
from consultation.domain.deliberation.opinion_groups.grouping import Grouping, grouped
from consultation.domain.deliberation.opinion_groups.publication import draw
from consultation.domain.deliberation.opinion_groups.stability import adjusted_rand
from consultation.domain.deliberation.opinion_groups.votes import Integers, Reals, Vote, VoteMatrix

SIZES = ((500, 100), (2_000, 200))
GROUPS, SEEN, FAITH = 3, 0.13, 0.92
SEED = 2018

Row = dict[str, object]


def measure() -> list[Row]:
    """Each size, one row a comparison."""
    return [row for people, comments in SIZES for row in _size(people, comments)]


def _size(people: int, comments: int) -> Iterator[Row]:
    votes = _votes(people, comments)
    theirs = [{"participant_id": row, "statement_id": column, "vote": said} for row, column, said in votes]
    agreement = adjusted_rand(*_placed(grouped(VoteMatrix.of_votes(people, comments, votes)), theirs))
    compared = by_turns(partial(_ours, people, comments, votes), partial(run_pipeline, votes=theirs, random_state=SEED))
    yield _row("groups", people, comments, f"red-dwarf {version('red-dwarf')}", compared, agreement, ">= 3")
    whole = by_turns(partial(_whole, people, comments, votes), partial(_ours, people, comments, votes))
    yield _row("the whole map, 100 resamples", people, comments, "our groups alone", whole, "", "")


def _row(
    case: str, people: int, comments: int, beside: str, compared: Comparison, agreement: float | str, aim: str
) -> Row:
    return {
        "case": case,
        "people": people,
        "comments": comments,
        "beside": beside,
        "ours, ms": compared.ours * 1000,
        "theirs, ms": compared.theirs * 1000,
        "ratio": compared.ratio,
        "aim": aim,
        "adjusted Rand": agreement,
    }


def _votes(people: int, comments: int) -> list[Vote]:
    """Votes of three groups that differ in two directions; most people see few comments, as in real conversations."""
    random = np.random.default_rng((SEED, people, comments))
    views = random.choice([-1, 1], (GROUPS, comments))
    said = views[random.integers(0, GROUPS, people)]
    strays = random.random(said.shape) > FAITH
    said[strays] = random.choice([-1, 0, 1], int(strays.sum()))
    rows, columns = np.nonzero(random.random(said.shape) < SEEN)
    return list(zip(rows.tolist(), columns.tolist(), said[rows, columns].tolist(), strict=True))


def _ours(people: int, comments: int, votes: list[Vote]) -> object:
    matrix = VoteMatrix.of_votes(people, comments, votes)
    grouping = grouped(matrix)
    return together(matrix.counts(grouping.labels, grouping.groups))


def _whole(people: int, comments: int, votes: list[Vote]) -> object:
    matrix = VoteMatrix.of_votes(people, comments, votes)
    colleges = [person % 2 for person in range(people)]
    return draw(matrix, [str(one) for one in range(comments)], colleges, ("citizens", "physicians"))


def _placed(ours: Grouping, votes: list[dict[str, int]]) -> tuple[Integers, Integers]:
    """Return both partitions of the people whom both place."""
    found = run_pipeline(votes=votes, random_state=SEED).participants_df["cluster_id"].dropna()
    people: Reals = found.index.to_numpy()
    kept = ours.labels[people] >= 0
    return ours.labels[people][kept], found.to_numpy(dtype=np.int64)[kept]
