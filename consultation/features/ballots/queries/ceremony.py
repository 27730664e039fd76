"""How far a closing ceremony has come."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultation.features.ballots.models import CeremonyRecord, Step
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import session

REFUSED = "refused"


@dataclass(frozen=True)
class StepState:
    """A step of the ceremony: what it recorded, None while it has not been done, and when, where that is known."""

    step: Step
    record: dict[str, Any] | None
    noted_at: datetime | None = None

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
    found = session.execute(
        select(CeremonyRecord.record, CeremonyRecord.noted_at).where(
            CeremonyRecord.consultation_id == consultation_id, CeremonyRecord.step == step
        )
    ).one_or_none()
    return _state(step, found)


def ceremony_state(consultation: Consultation) -> list[StepState]:
    """The six steps of the ceremony, in order."""
    found = session.execute(
        select(CeremonyRecord.step, CeremonyRecord.record, CeremonyRecord.noted_at).where(
            CeremonyRecord.consultation_id == consultation.id
        )
    )
    noted = {step: (record, moment) for step, record, moment in found}
    return [_state(step, noted.get(step)) for step in Step]


def _state(step: Step, noted: Sequence[Any] | None) -> StepState:
    if noted is None:
        return StepState(step, None)
    record, moment = noted
    return StepState(step, json.loads(record), moment)
