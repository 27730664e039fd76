"""The publication rules: which part of a tally is released, in which steps, by number of ballots."""

from consultation.domain.privacy.publication.reasons import AT_LEAST, AT_MOST, TOO_FEW_BALLOTS, UNDEFINED
from consultation.domain.privacy.publication.release import VERSION, release_of
from consultation.domain.privacy.publication.steps import (
    CHANCE_STEPS,
    MINIMUM_FOR_BANDS,
    MINIMUM_FOR_MEAN_PLACE,
    MINIMUM_FOR_ORDER,
    MINIMUM_FOR_SHARES,
    TABLE,
    Steps,
    duel_shares,
    share,
    steps_for,
)
from consultation.domain.privacy.publication.suppressed import (
    AGREEMENT,
    BANDS,
    CHANCES,
    COMBINED,
    FIRST_CHOICES,
    MEAN_PLACE,
    MEAN_TAU,
    METHODS,
    ORDER,
    PAIRWISE_PERCENT,
    REVERSED,
)

__all__ = [
    "AGREEMENT",
    "AT_LEAST",
    "AT_MOST",
    "BANDS",
    "CHANCES",
    "CHANCE_STEPS",
    "COMBINED",
    "FIRST_CHOICES",
    "MEAN_PLACE",
    "MEAN_TAU",
    "METHODS",
    "MINIMUM_FOR_BANDS",
    "MINIMUM_FOR_MEAN_PLACE",
    "MINIMUM_FOR_ORDER",
    "MINIMUM_FOR_SHARES",
    "ORDER",
    "PAIRWISE_PERCENT",
    "REVERSED",
    "TABLE",
    "TOO_FEW_BALLOTS",
    "UNDEFINED",
    "VERSION",
    "Steps",
    "duel_shares",
    "release_of",
    "share",
    "steps_for",
]
