"""The sequencer of the audit log."""

from datetime import timedelta

from consultation.features.audit.services import BATCH, publish_head, seal_entries
from consultation.infrastructure import clock, jobs

EVERY = timedelta(hours=1)


def seal_log() -> None:
    """Seal what waits, publish the head of the day, and come back: at once while more waits, else in an hour."""
    is_full = seal_entries() == BATCH
    if not is_full:
        publish_head()
    if not jobs.is_waiting(seal_log):
        jobs.enqueue(seal_log, due_at=clock.now() + (timedelta() if is_full else EVERY))


def begin_sealing() -> None:
    """See to it that the log is being sealed: called whenever a worker starts."""
    if not jobs.is_waiting(seal_log):
        jobs.enqueue(seal_log)
