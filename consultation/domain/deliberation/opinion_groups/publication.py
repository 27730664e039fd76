"""What is published of opinion groups, and nothing else: the whole map as one value of whole numbers and texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NotRequired, TypedDict

from consultation.domain.deliberation.opinion_groups.cells import LEAST_PEOPLE, Cells, released, rounded, steps_of
from consultation.domain.deliberation.opinion_groups.comparison import Comparison, Typical, comparison_of, typical_of
from consultation.domain.deliberation.opinion_groups.grouping import LETTERS, SEED, Grouping, grouped
from consultation.domain.deliberation.opinion_groups.shapes import Frame, Shapes, shapes_of
from consultation.domain.deliberation.opinion_groups.stability import LEAST_STABILITY, RESAMPLES, stability
from consultation.domain.deliberation.opinion_groups.votes import LEAST_VOTES, VoteMatrix
from consultation.domain.privacy.publication.steps import hundredths, share

FORMAT = 1
LEAST_PLACED = 50


class Refusal(StrEnum):
    """Why no groups are published."""

    TOO_FEW_PEOPLE = "too_few_people"
    NO_DIFFERENCE = "no_difference"
    SMALL_GROUP = "small_group"
    UNSTABLE = "unstable"


class Group(TypedDict):
    """An opinion group: its letter, its people to the nearest 5, their share of all in percent, what is typical."""

    letter: str
    people: int
    share: int
    typical: list[Typical]


class Groups(Comparison):
    """The groups, how well they part (silhouette) and hold (stability, both to two decimals), and their map."""

    groups: list[Group]
    silhouette: str
    stability: str
    shapes: Shapes


class OpinionMap(TypedDict):
    """All that is public: how many people have reacted enough, to the nearest 5, and to how many comments.

    There are either `groups` or a `refusal`.
    """

    v: int
    people: int
    comments: int
    least_votes: int
    least_people: int
    resamples: int
    seed: int
    colleges: Comparison
    groups: NotRequired[Groups]
    refusal: NotRequired[str]


@dataclass(frozen=True, eq=False)
class Drawn:
    """A map, and what is needed to find one's own place on it, which is not published: the grouping and its frame."""

    content: OpinionMap
    grouping: Grouping
    frame: Frame | None


def draw(matrix: VoteMatrix, comments: Sequence[str], colleges: Sequence[int], names: Sequence[str]) -> Drawn:
    """Draw the map of these comments; `colleges` has the number of each person's college among `names`."""
    grouping = grouped(matrix)
    content = OpinionMap(
        v=FORMAT,
        people=rounded(int(matrix.has_enough.sum())),
        comments=len(comments),
        least_votes=min(LEAST_VOTES, len(comments)),
        least_people=LEAST_PEOPLE,
        resamples=RESAMPLES,
        seed=SEED,
        colleges=comparison_of(released(matrix.counts(colleges, len(names)), names, comments)),
    )
    refusal = refusal_of(matrix, grouping)
    steadiness = 0.0 if refusal else stability(matrix, grouping.labels, SEED)
    if refusal or steadiness < LEAST_STABILITY:
        content["refusal"] = (refusal or Refusal.UNSTABLE).value
        return Drawn(content, grouping, None)
    frame = Frame.around(grouping.places[grouping.labels >= 0])
    content["groups"] = _groups(matrix, comments, grouping, frame, steadiness)
    return Drawn(content, grouping, frame)


def refusal_of(matrix: VoteMatrix, grouping: Grouping) -> Refusal | None:
    """Return why these groups are not to be published, whether they hold or not."""
    if matrix.has_enough.sum() < LEAST_PLACED:
        return Refusal.TOO_FEW_PEOPLE
    if grouping.silhouette is None:
        return Refusal.NO_DIFFERENCE
    return Refusal.SMALL_GROUP if min(grouping.sizes) < LEAST_PEOPLE else None


def _groups(matrix: VoteMatrix, comments: Sequence[str], grouping: Grouping, frame: Frame, steadiness: float) -> Groups:
    letters = LETTERS[: grouping.groups]
    cells = released(matrix.counts(grouping.labels, grouping.groups), letters, comments)
    placed = grouping.labels >= 0
    return Groups(
        groups=[
            _group(letter, size, grouping.sizes, cells) for letter, size in zip(letters, grouping.sizes, strict=True)
        ],
        silhouette=hundredths(Fraction(grouping.silhouette or 0.0)),
        stability=hundredths(Fraction(steadiness)),
        shapes=shapes_of(frame.points(grouping.places[placed]), grouping.labels[placed], letters),
        **comparison_of(cells),
    )


def _group(letter: str, size: int, sizes: Sequence[int], cells: Cells) -> Group:
    people = sum(sizes)
    return Group(
        letter=letter,
        people=rounded(size),
        share=share(size, people, steps_of(people)),
        typical=typical_of(letter, cells),
    )
