"""Work on opinion groups that is done after the publication of results."""

import uuid

from consultation.features.opinions import services
from consultation.features.opinions.queries import is_drawn, is_kept
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import enqueue


def draw_opinions(consultation_id: str) -> None:
    """Draw and publish the opinion groups of a consultation.

    The worker's own transaction is given back first: this job is called again, and ends when it finds them drawn.
    """
    identifier = uuid.UUID(consultation_id)
    if not is_drawn(identifier):
        session.rollback()
        services.publish_opinions(identifier)


def cut_reactions(consultation_id: str) -> None:
    """Cut reactions from accounts, some at a time, then scrub the files of the database.

    The map is drawn first where it has not been. After that, and after the scrubbing, which both give the worker's own
    transaction back, this job is called again.
    """
    identifier = uuid.UUID(consultation_id)
    if not is_drawn(identifier):
        draw_opinions(consultation_id)
    elif services.cut_reactions(identifier):
        enqueue(cut_reactions, consultation_id=consultation_id)
    elif is_kept(identifier):
        services.finish_cutting(identifier)
