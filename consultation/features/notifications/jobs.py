"""Work on news and mails that is done after the request."""

import uuid
from datetime import datetime, timedelta

from consultation.features.consultations.models import Consultation
from consultation.features.notifications import services
from consultation.features.notifications.models import Happening
from consultation.features.notifications.services.spreading import Stretch, is_spread
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import enqueue

ANNOUNCED = timedelta(days=3)


def spread_news() -> None:
    """Number what happened, then set the mails that follow; come back for the rest."""
    stretch = services.spread()
    if stretch is not None:
        enqueue(set_mails, first=str(stretch.first), last=str(stretch.last))
    if not is_spread():
        enqueue(spread_news)


def set_mails(first: str, last: str) -> None:
    """Set the mails of those who follow what happened, so many followers at a time, and have them written."""
    due = services.set_mails(Stretch(int(first), int(last)))
    for moment in sorted(due.moments):
        enqueue(write_mails, due_at=moment)
    if not due.is_whole:
        enqueue(set_mails, first=first, last=last)


def write_mails() -> None:
    """Write the mails that are due, a batch at a time."""
    if services.write_due_mails():
        enqueue(write_mails)


def announcement_time(consultation: Consultation) -> datetime:
    """When it is said that a consultation closes soon."""
    return consultation.closes_at - ANNOUNCED


def announce_closing(consultation_id: str) -> None:
    """Say that a consultation closes soon, once, where that is still to come; later, where its close was put off."""
    consultation = session.get(Consultation, uuid.UUID(consultation_id))
    if consultation is None or not consultation.takes_part_at(clock.now()):
        return
    moment = announcement_time(consultation)
    if clock.now() < moment:
        enqueue(announce_closing, due_at=moment, consultation_id=consultation_id)
        return
    services.add_step(consultation.id, Happening.CLOSING)
    enqueue(spread_news)
