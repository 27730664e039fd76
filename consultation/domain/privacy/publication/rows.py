"""Rows of shares that add up to all the ballots, rounded so that their sum tells nothing (docs/decisions/0009)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from consultation.domain.privacy.publication.steps import Steps, clipped
from consultation.domain.social_choice.release import Shares

Count = int | Fraction


def row_shares(counts: Sequence[Count], ballots: int, steps: Steps) -> list[int]:
    """Return the shares of counts that add up to the ballots: in steps, by largest remainders, then clipped.

    Before they are clipped they add up to 100. Equal remainders go by the order of the counts.
    """
    whole = steps.step * ballots
    shares = [100 * count // whole for count in counts]
    missing = 100 // steps.step - sum(shares)
    by_remainder = sorted(range(len(counts)), key=lambda cell: -(100 * counts[cell] % whole))
    for cell in by_remainder[:missing]:
        shares[cell] += 1
    return [clipped(share * steps.step, steps) for share in shares]


def first_choice_shares(votes: Mapping[int, Count], ballots: int, steps: Steps) -> Shares:
    """Return the shares of first places, which add up to the ballots, in numeric order.

    All that is below the lower bound makes up one cell together, the last and never published: of many small shares
    those with the largest remainders would take whole steps from the others.
    """
    apart = {number: count for number, count in sorted(votes.items()) if 100 * count >= steps.low * ballots}
    counts = [*apart.values(), ballots - sum(apart.values())]
    shares = dict(zip(apart, row_shares(counts, ballots, steps), strict=False))
    return {str(number): shares.get(number, steps.low) for number in sorted(votes)}
