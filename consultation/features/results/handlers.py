"""What follows from a release."""

from consultation.features.results.events import ReleasePublished
from consultation.features.results.jobs import deposit_release
from consultation.infrastructure.jobs import enqueue


def deposit_published(event: ReleasePublished) -> None:
    """The auditors' bundle receives the release."""
    enqueue(deposit_release, consultation_id=str(event.consultation_id))
