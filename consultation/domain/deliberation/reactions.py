"""Reactions to a comment, and the score that orders comments by them."""

from enum import StrEnum
from math import sqrt

Z_95 = 1.959963984540054  # quantile of the normal law for a two-sided interval at 95 %


class Reaction(StrEnum):
    """What a reader says of a comment; to pass is to have read it and to hold no view."""

    AGREE = "agree"
    DISAGREE = "disagree"
    PASS = "pass"


def shared_score(agrees: int, disagrees: int) -> float:
    """Lower bound, from 0 to 1, of the share that agrees: Wilson's interval at 95 %; 0 where nobody took a side.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927), 209-212. A few voices weigh less than many with the same share.
    """
    voices = agrees + disagrees
    if agrees == 0:
        return 0.0
    share = agrees / voices
    z2 = Z_95 * Z_95
    centre = share + z2 / (2 * voices)
    spread = Z_95 * sqrt((share * (1 - share) + z2 / (4 * voices)) / voices)
    return (centre - spread) / (1 + z2 / voices)


def divided_score(agrees: int, disagrees: int) -> float:
    """From 0 to 1, how surely readers are split in two: twice the lower bound of the share of the smaller side.

    0 where all who took a side took the same, near 1 where very many took each. The bound is Wilson's, as above: with
    the same shares, few voices divide less than many.
    """
    return 2 * shared_score(min(agrees, disagrees), max(agrees, disagrees))
