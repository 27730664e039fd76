"""What ballots do when something happens elsewhere."""

from consultation.features.ballots.services import make_key
from consultation.features.consultations.events import ConsultationOpened


def make_key_of_opened(event: ConsultationOpened) -> None:
    """Opening makes the key that boxes will be sealed with."""
    make_key(event.consultation_id)
