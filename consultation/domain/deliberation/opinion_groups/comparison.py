"""Groups, or colleges, compared comment by comment: all of it computed from what is released, so that anybody can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TypedDict

from consultation.domain.deliberation.opinion_groups.cells import Cell, Cells, Said, steps_of
from consultation.domain.deliberation.opinion_groups.consensus import representativeness
from consultation.domain.privacy.publication.steps import hundredths
from consultation.domain.social_choice.reversals import Side, false_discovery_threshold, newcombe, p_value

MOST_TYPICAL = 3
HALF = Fraction(1, 2)


class Together(TypedDict):
    """A comment that more than half of every group agree with; `score` is the product of their smoothed shares.

    `sure` tells whether the interval of 95 % of each share lies above one half.
    """

    comment: str
    score: str
    sure: bool


class Dividing(TypedDict):
    """A comment that one group agrees with more than another: by how many points, between which bounds (95 %)."""

    comment: str
    more: str
    less: str
    difference: int
    low: int
    high: int


class Typical(TypedDict):
    """A comment by which a group stands out from the others, and the side that it takes: agree or disagree."""

    comment: str
    side: str


class Comparison(TypedDict):
    """The cells of each comment, what brings together and what divides, the clearest first."""

    cells: Cells
    together: list[Together]
    divides: list[Dividing]


def comparison_of(cells: Cells) -> Comparison:
    """Compare groups by their cells."""
    said = {comment: {name: Said.of_cell(cell) for name, cell in row.items()} for comment, row in cells.items()}
    return Comparison(cells=cells, together=_together(said), divides=_dividing(said))


def typical_of(name: str, cells: Cells) -> list[Typical]:
    """Return the comments by which one group stands out most, three at most."""
    scored = []
    for comment, row in cells.items():
        here = Said.of_cell(row[name])
        others = [Said.of_cell(cell) for other, cell in row.items() if other != name]
        people = sum(one.people for one in others)
        for side in ("agree", "disagree"):
            score = representativeness(getattr(here, side), here.people, sum(getattr(o, side) for o in others), people)
            if score:
                scored.append((-score, comment, side))
    return [Typical(comment=comment, side=side) for _, comment, side in sorted(scored)[:MOST_TYPICAL]]


def interval_of(cell: Cell) -> tuple[int, int]:
    """Return the bounds of the interval of 95 % for the share that agrees, in whole percent (Wilson, 1927).

    On the side on which the share is clipped it is open: nobody knows from the cell how far it goes.
    """
    low, high = Said.of_cell(cell).agreeing.wilson()
    steps = steps_of(cell["people"])
    lowest = 0 if cell["agree"] <= steps.low else max(0, round(100 * low))
    return lowest, 100 if cell["agree"] >= steps.high else min(100, round(100 * high))


Rows = Mapping[str, Mapping[str, Said]]


def _together(said: Rows) -> list[Together]:
    found = []
    for comment, row in said.items():
        shares = [Fraction(one.agree + 1, one.people + 2) for one in row.values()]
        if shares and min(shares) > HALF:
            is_sure = all(one.agreeing.wilson()[0] > HALF for one in row.values())
            found.append((-_product(shares), comment, is_sure))
    return [Together(comment=one, score=hundredths(-score), sure=is_sure) for score, one, is_sure in sorted(found)]


def _product(shares: Sequence[Fraction]) -> Fraction:
    product = Fraction(1)
    for share in shares:
        product *= share
    return product


@dataclass(frozen=True)
class _Gap:
    """Two groups on one comment, the one that agrees more first."""

    comment: str
    more: str
    less: str
    here: Side
    there: Side

    @property
    def difference(self) -> Fraction:
        """How much more one side agrees than the other, as a share from -1 to 1."""
        """Return by how much more of the first agrees."""
        return self.here.share - self.there.share


def _dividing(said: Rows) -> list[Dividing]:
    """Find the widest gap on each comment for which chance is ruled out (false discoveries kept to 5 % over all)."""
    gaps = [_gap(comment, *pair) for comment, row in said.items() for pair in combinations(row.items(), 2)]
    p_values = [p_value(gap.here, gap.there) for gap in gaps]
    threshold = false_discovery_threshold(p_values) if gaps else -1.0
    sure = [gap for gap, p in zip(gaps, p_values, strict=True) if p <= threshold]
    ranked = sorted(sure, key=lambda gap: (-gap.difference, gap.comment, gap.more, gap.less))
    widest: dict[str, Dividing] = {}
    for gap in ranked:
        widest.setdefault(gap.comment, _shown(gap))
    return list(widest.values())


def _gap(comment: str, one: tuple[str, Said], other: tuple[str, Said]) -> _Gap:
    if one[1].agreeing.share < other[1].agreeing.share:
        one, other = other, one
    return _Gap(comment, one[0], other[0], one[1].agreeing, other[1].agreeing)


def _shown(gap: _Gap) -> Dividing:
    low, high = newcombe(gap.here, gap.there)
    return Dividing(
        comment=gap.comment,
        more=gap.more,
        less=gap.less,
        difference=round(100 * gap.difference),
        low=round(100 * low),
        high=round(100 * high),
    )
