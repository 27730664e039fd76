"""Work on ballots that is done after the request."""

import uuid

from consultation.features.ballots import services
from consultation.features.ballots.models import Step
from consultation.features.ballots.queries import step_state
from consultation.infrastructure.database import session


def run_ceremony(consultation_id: str) -> None:
    """Do what remains of the closing ceremony after the fence.

    The steps commit by themselves, so the worker's own transaction is given back first: the row of this job stays
    until it is called once more and finds the ceremony over, and an interruption at any point is taken up again.
    """
    identifier = uuid.UUID(consultation_id)
    if step_state(identifier, Step.SCRUB).is_done:
        return
    session.rollback()
    services.run(identifier)
