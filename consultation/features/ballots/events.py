"""What happens to ballots."""

import uuid
from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class BallotCast(Event):
    """Somebody cast a ballot, nobody is told who; never stored, for its moment would tell."""

    consultation_id: uuid.UUID
