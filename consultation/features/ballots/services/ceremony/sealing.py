"""Steps 2 and 3: every ballot is opened and checked, then sealed without a name under a root."""

from typing import Any

from sqlalchemy import insert

from consultation.domain.colleges import College
from consultation.domain.errors import CeremonyRefused
from consultation.domain.verifiability.roots import LineType
from consultation.features.ballots.models import SealedBallot, Step, Urn
from consultation.features.ballots.queries import step_state
from consultation.features.ballots.queries.sealed import sealed_root
from consultation.features.ballots.services.ceremony.checking import Checked, checked
from consultation.features.ballots.services.chain import add_line
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import session

Record = dict[str, Any]


def check(consultation: Consultation, set_aside: str = "") -> Record:
    """Step 2: root and counts of all ballots, read with the key; CeremonyRefused at the first that is not lawful.

    With a reason to set them aside, those that are not lawful are left out and counted by cause instead.
    """
    found = checked(consultation)
    if found.refused and not set_aside:
        raise CeremonyRefused(reason=min(found.refused))
    return _summary(found, set_aside)


def seal(consultation: Consultation) -> Record:
    """Step 3: write the ballots without a name, in commitment order, and the final line; all as it was checked."""
    record = step_state(consultation.id, Step.CHECK).record or {}
    found = checked(consultation)
    if _summary(found, record.get("reason", "")) != record:
        raise CeremonyRefused(reason="changed")
    if found.rows:
        session.execute(insert(SealedBallot), found.rows)
    require_sealed(consultation, record)
    session.get_one(Urn, consultation.id).root = record["root"]
    add_line(consultation, LineType.FINAL, **final_facts(record))
    return record


def require_sealed(consultation: Consultation, record: Record) -> None:
    """Refuse to go on unless the sealed ballots have the recorded root."""
    if record.get("root") != sealed_root(consultation.id).hex():
        raise CeremonyRefused(reason="altered")


def final_facts(record: Record) -> Record:
    """What the final line says of the record of a seal."""
    ballots = record["ballots"]
    facts = {"root": record["root"], "count": sum(ballots.values()), "colleges": ballots}
    return facts | {name: record[name] for name in ("set_aside", "reason") if name in record}


def _summary(found: Checked, reason: str) -> Record:
    counts = {college.value: sum(row["college"] == college for row in found.rows) for college in College}
    record: Record = {"root": found.root.hex(), "ballots": counts}
    return record | ({"set_aside": dict(found.refused), "reason": reason} if found.refused else {})
