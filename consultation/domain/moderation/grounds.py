"""The grounds of the charter: why notice is given of a comment, and why a measure may be taken."""

from enum import StrEnum


class Outcome(StrEnum):
    """What a moderator decides about a comment."""

    KEEP = "keep"
    WITHHOLD = "withhold"


class Ground(StrEnum):
    """A reason that the charter knows, in the order of its articles."""

    DANGER_TO_LIFE = "danger_to_life"
    INSULT = "insult"
    HATE = "hate"
    IDENTIFIES_A_PERSON = "identifies_a_person"
    OWN_HEALTH_DATA = "own_health_data"
    HEALTH_ADVICE = "health_advice"
    FALSE_STATEMENT = "false_statement"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off_topic"
    REPEATED = "repeated"
    IMPERSONATION = "impersonation"
    UNLAWFUL = "unlawful"
    COPYRIGHT = "copyright"
    OTHER = "other"

    @property
    def article(self) -> int | None:
        """The article of the charter that states this ground; None for other, which no article states."""
        return None if self is Ground.OTHER else _ARTICLES[self]

    @property
    def measure(self) -> Outcome:
        """The strongest outcome that this ground can carry: other is heard, and never enough for a measure."""
        return Outcome.KEEP if self is Ground.OTHER else Outcome.WITHHOLD

    @property
    def is_urgent(self) -> bool:
        """Whether a notice on this ground is read before all others (Regulation (EU) 2022/2065, article 18)."""
        return self is Ground.DANGER_TO_LIFE


_ARTICLES = {ground: number for number, ground in enumerate(Ground, start=1)}
