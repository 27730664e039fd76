"""The methods of counting in words: a name and a sentence each."""

from flask_babel import lazy_gettext as _l

from consultation.domain.social_choice.methods import MAIN_METHOD

# In the order in which pages tell them.
METHODS = {
    MAIN_METHOD: (
        _l("Schulze"),
        _l("Each pair of recommendations is a duel; where duels go round in a circle, the strongest chains decide."),
    ),
    "ranked_pairs": (
        _l("Ranked pairs"),
        _l("The clearest duels are settled first, and each one that would close a circle is left out."),
    ),
    "kemeny": (_l("Kemeny"), _l("The order that contradicts the fewest duels, ballot by ballot.")),
    "borda": (_l("Borda"), _l("Each ballot gives a recommendation one point for each one that it places after it.")),
    "copeland": (_l("Copeland"), _l("Duels won are counted, whatever the margin.")),
    "irv": (
        _l("Instant run-off"),
        _l("The one that fewest ballots place first leaves; its ballots go to their next choice, until one is left."),
    ),
}
