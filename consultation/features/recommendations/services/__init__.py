"""What is done to recommendations: imported as one set, their comments counted, and answered."""

from consultation.features.recommendations.services.counting import count_comment, recount_comment, touch, touch_all
from consultation.features.recommendations.services.importing import LONGEST, import_recommendations
from consultation.features.recommendations.services.outcomes import give_outcome
from consultation.features.recommendations.services.promises import promise_answers

__all__ = [
    "LONGEST",
    "count_comment",
    "give_outcome",
    "import_recommendations",
    "promise_answers",
    "recount_comment",
    "touch",
    "touch_all",
]
