"""What brings groups together, and what is typical of one: Pol.is's formulas on counts.

C. Small et al., "Polis: scaling deliberation by mapping high dimensional opinion spaces", Recerca 26 (2021), and its
programs `conversation.clj`, `repness.clj` and `stats.clj` (github.com/compdemocracy/polis, math/src/polismath/math).
"""

from __future__ import annotations

from math import sqrt

from consultation.domain.deliberation.opinion_groups.votes import Counts, Reals

# The 90th percentile of the normal distribution: what is typical is sure that far, on one side.
NORMAL_90 = 1.2815515655446004


def together(counts: Counts) -> Reals:
    """Return for each comment the product over groups of its smoothed agreement (A + 1) / (S + 2)."""
    shares: Reals = (counts.agrees + 1) / (counts.seen + 2)
    product: Reals = shares.prod(axis=0)
    return product


def smoothed(said: int, seen: int) -> float:
    """Return a share with one voice more on either side, so that a few do not say all or nothing."""
    return (said + 1) / (seen + 2)


def share_test(said: int, seen: int) -> float:
    """Return how many standard errors a share, with one voice more, lies above one half."""
    return 2 * sqrt(seen + 1) * ((said + 1) / (seen + 1) - 0.5)


def difference_test(said: int, seen: int, others_said: int, others_seen: int) -> float:
    """Return how many standard errors a share lies above that of the others, each with one voice more."""
    here, there = said + 1, others_said + 1
    pooled = (here + there) / (seen + others_seen + 2)
    if pooled >= 1:
        return 0.0
    error = sqrt(pooled * (1 - pooled) * (1 / (seen + 1) + 1 / (others_seen + 1)))
    return (here / (seen + 1) - there / (others_seen + 1)) / error


def representativeness(said: int, seen: int, others_said: int, others_seen: int) -> float:
    """Return how typical of a group it is to say so of a comment: a product of four measures, or 0 where it is unsure.

    The ratio of the smoothed share to that of the others, the test that they differ, the share, and the test that it
    is more than one half; both tests at 90 %.
    """
    differs = difference_test(said, seen, others_said, others_seen)
    prevails = share_test(said, seen)
    if min(differs, prevails) <= NORMAL_90:
        return 0.0
    share = smoothed(said, seen)
    return share / smoothed(others_said, others_seen) * differs * share * prevails
