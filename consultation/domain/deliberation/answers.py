"""What an organiser answers to a debate: words, what becomes of a recommendation, and by when."""

from datetime import date
from enum import StrEnum

from consultation.domain.deliberation.texts import TEXT_MAXIMUM, clean_text
from consultation.domain.errors import Invalid

REASON_MAXIMUM = 500


class Decided(StrEnum):
    """What the organiser does with a recommendation; under study is not an answer yet."""

    ADOPTED = "adopted"
    ADAPTED = "adapted"
    NOT_FOLLOWED = "not_followed"
    UNDER_STUDY = "under_study"

    @property
    def is_final(self) -> bool:
        """Whether this is the answer that was promised."""
        return self is not Decided.UNDER_STUDY


def accepted_answer(text: str) -> str:
    """The words of an answer, made clean; Invalid where nothing is left of them or they are too long."""
    words = clean_text(text)
    if not 0 < len(words) <= TEXT_MAXIMUM:
        raise Invalid()
    return words


def fault_of_promise(promised: date, former: date | None, reason: str, today: date, results_on: date) -> str | None:
    """Why this day cannot be promised (past, results, unchanged, no_reason, long_reason), or None.

    Answers come after the results, for nobody answers a count that is not known; a day that replaces another says why.
    """
    faults = {
        "past": promised < today,
        "results": promised < results_on,
        "unchanged": promised == former,
        "no_reason": former is not None and not reason,
        "long_reason": len(reason) > REASON_MAXIMUM,
    }
    return next((code for code, is_so in faults.items() if is_so), None)


def days_until(promised: date, today: date) -> int:
    """Days that remain until a promised day: none on the day itself, fewer than none once it has passed."""
    return (promised - today).days
