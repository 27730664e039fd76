"""What follows from a release."""

from consultation.features.ballots.jobs import day_after_openings, let_openings_go
from consultation.features.consultations.models import Consultation
from consultation.features.results.events import CountBegun, ReleasePublished
from consultation.features.results.jobs import deposit_release, publish_results
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import enqueue


def let_openings_go_in_time(event: ReleasePublished) -> None:
    """The rankings are deleted after the counting plan's delay, which runs from the first publication."""
    if event.n == 1:
        consultation = session.get_one(Consultation, event.consultation_id)
        due_at = day_after_openings(consultation)
        enqueue(let_openings_go, due_at=due_at, consultation_id=str(event.consultation_id))


def count_in_time(event: CountBegun) -> None:
    """The worker counts, so that nobody waits before a page."""
    enqueue(publish_results, consultation_id=str(event.consultation_id), actor_id=str(event.actor_id))


def deposit_published(event: ReleasePublished) -> None:
    """The auditors' bundle receives the release."""
    enqueue(deposit_release, consultation_id=str(event.consultation_id))
