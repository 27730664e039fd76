"""The statement of reasons: what the author of a comment is owed when a measure is taken."""

from collections.abc import Collection
from dataclasses import dataclass

from consultation.domain.deliberation.texts import clean_text
from consultation.domain.moderation.grounds import Ground, Outcome

MINIMUM = 20
MAXIMUM = 2000


@dataclass(frozen=True)
class StatementOfReasons:
    """Why a comment is kept or withheld: the ground, the passage in question, and words for its author."""

    outcome: Outcome
    ground: Ground | None
    facts: str
    statement: str


def faults_of(reasons: StatementOfReasons, templates: Collection[str]) -> dict[str, str]:
    """What a measure still lacks, as field -> code of the sentence; empty when it is complete, or nothing is measured.

    `templates` are the ready-made sentences offered: facts that repeat one locate no passage. The duty is article 17(3)
    of Regulation (EU) 2022/2065.
    """
    if reasons.outcome is Outcome.KEEP:
        return {}
    faults = {
        "ground": _fault_of_ground(reasons.ground),
        "facts": _fault_of_facts(reasons.facts, templates),
        "statement": "statement" if _length(reasons.statement) < MINIMUM else None,
    }
    return {field: code for field, code in faults.items() if code}


def _fault_of_ground(ground: Ground | None) -> str | None:
    if ground is None:
        return "ground"
    return None if ground.measure is Outcome.WITHHOLD else "ground_other"


def _fault_of_facts(facts: str, templates: Collection[str]) -> str | None:
    if _length(facts) < MINIMUM:
        return "facts"
    return "facts_template" if _plain(facts) in {_plain(template) for template in templates} else None


def _length(text: str) -> int:
    return len(clean_text(text))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().strip(" .…")
