"""How far a closing ceremony has come."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from consultation.features.ballots.models import CeremonyRecord, Step
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import session

REFUSED = "refused"


@dataclass(frozen=True)
class StepState:
    """A step of the ceremony: what it recorded, None while it has not been done."""

    step: Step
    record: dict[str, Any] | None

    @property
    def refusal(self) -> str | None:
        """The code of what stopped it, or None."""
        return self.record.get(REFUSED) if self.record else None

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do in this step."""
        return self.record is not None and self.refusal is None


def step_state(consultation_id: uuid.UUID, step: Step) -> StepState:
    """One step of the ceremony, read anew."""
    record = session.scalar(
        select(CeremonyRecord.record).where(
            CeremonyRecord.consultation_id == consultation_id, CeremonyRecord.step == step
        )
    )
    return StepState(step, json.loads(record) if record is not None else None)


def ceremony_state(consultation: Consultation) -> list[StepState]:
    """The six steps of the ceremony, in order."""
    found = session.execute(
        select(CeremonyRecord.step, CeremonyRecord.record).where(CeremonyRecord.consultation_id == consultation.id)
    )
    records = {step: json.loads(record) for step, record in found}
    return [StepState(step, records.get(step)) for step in Step]
