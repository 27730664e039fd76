"""Jobs: rows written in the transaction of the act they follow, done afterwards by a worker, safe to do twice."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Index, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from consultation.infrastructure import clock
from consultation.infrastructure.database import Model, PublicId, new_public_id, session

Job = Callable[..., None]
_jobs: dict[str, Job] = {}
ATTEMPTS = 14  # the last of them more than twenty hours after the first: a night without a mail server loses nothing

log = structlog.get_logger()


class QueuedJob(Model):
    """One piece of work that waits, with plain arguments (identifiers only)."""

    __tablename__ = "queued_job"
    __table_args__ = (Index("ix_queued_job_due_at", "due_at"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_public_id)
    name: Mapped[str]
    arguments: Mapped[str]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)


def register(*jobs: Job) -> None:
    """Make these functions known to the worker under their module and name."""
    _jobs.update({_name_of(job): job for job in jobs})


def enqueue(job: Job, due_at: datetime | None = None, **arguments: str) -> None:
    """Ask for a job in the present transaction: rolled back with it, done only after it, not before it is due."""
    session.add(QueuedJob(name=_name_of(job), arguments=json.dumps(arguments), due_at=due_at or clock.now()))


def is_waiting(job: Job) -> bool:
    """Whether this job is asked for already, whenever it is due; one that was given up is not."""
    waiting = select(QueuedJob.id).where(QueuedJob.name == _name_of(job), QueuedJob.attempts < ATTEMPTS)
    return session.scalar(waiting.limit(1)) is not None


def run_next() -> bool:
    """Do the oldest job that is due, in its own transaction; False when none is.

    A job that fails is put off, longer each time, and stays in the table after the last attempt.
    """
    row = session.scalar(
        select(QueuedJob)
        .where(QueuedJob.due_at <= clock.now(), QueuedJob.attempts < ATTEMPTS)
        .order_by(QueuedJob.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        session.rollback()
        return False
    identifier, name, arguments = row.id, row.name, json.loads(row.arguments)
    try:
        session.delete(row)
        _jobs[name](**arguments)
        session.commit()
    except Exception:
        log.exception("job_failed", job=name)
        session.rollback()
        _put_off(identifier)
    return True


def run_all() -> int:
    """Do every job that is due and say how many were done."""
    done = 0
    while run_next():
        done += 1
    return done


def forget_given_up(job: Job) -> list[dict[str, str]]:
    """Delete the rows of this job whose last attempt failed, and give their arguments back."""
    given_up = (QueuedJob.name == _name_of(job), QueuedJob.attempts >= ATTEMPTS)
    found = session.scalars(delete(QueuedJob).where(*given_up).returning(QueuedJob.arguments))
    return [json.loads(arguments) for arguments in found]


def _put_off(identifier: str) -> None:
    row = session.get(QueuedJob, identifier)
    if row is not None:
        row.attempts += 1
        row.due_at = clock.now() + timedelta(seconds=5 * 2**row.attempts)
        session.commit()


def _name_of(job: Job) -> str:
    return f"{job.__module__}.{job.__name__}"
