"""What follows for opinion groups from what happens elsewhere."""

from datetime import datetime, time

from consultation.features.consultations.events import ConsultationPublished
from consultation.features.consultations.models import Consultation
from consultation.features.opinions.jobs import cut_reactions, draw_opinions
from consultation.features.opinions.queries import cut_day
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import enqueue


def draw_opinions_of_published(event: ConsultationPublished) -> None:
    """Opinion groups are published with the results, and a while later reactions are cut from accounts."""
    consultation = session.get_one(Consultation, event.consultation_id)
    identifier = str(event.consultation_id)
    enqueue(draw_opinions, consultation_id=identifier)
    due_at = datetime.combine(cut_day(consultation), time(), tzinfo=clock.PARIS)
    enqueue(cut_reactions, due_at=due_at, consultation_id=identifier)
