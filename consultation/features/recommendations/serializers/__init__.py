"""Recommendations as pages show them: as cards, and with what became of them."""

from consultation.features.recommendations.serializers.cards import cards_of
from consultation.features.recommendations.serializers.outcomes import (
    OutcomePanel,
    Promised,
    awaited_of,
    desk_rows_of,
    outcome_shown,
    outcomes_of,
    panel_of,
    promised_of,
)

__all__ = [
    "OutcomePanel",
    "Promised",
    "awaited_of",
    "cards_of",
    "desk_rows_of",
    "outcome_shown",
    "outcomes_of",
    "panel_of",
    "promised_of",
]
