"""Jobs: never before the act they follow, once, and again when they fail."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from consultation.features.accounts.models import Account
from consultation.features.accounts.services import create_account
from consultation.infrastructure import clock, jobs
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import ATTEMPTS, QueuedJob

WORKERS, WAITING = 2, 30


def make_account(address: str) -> None:
    """A job that leaves a row; twice the same address would be refused."""
    create_account(address, None, "fr")


def fail(address: str) -> None:
    """A job that leaves a row, then fails."""
    make_account(address)
    raise RuntimeError("this job always fails")


@pytest.fixture(autouse=True)
def _known(app: Flask) -> Iterator[None]:
    """Let the worker know the jobs of this module, and forget them afterwards."""
    kept = dict(jobs._jobs)
    jobs.register(make_account, fail)
    yield
    jobs._jobs.clear()
    jobs._jobs.update(kept)


def addresses() -> set[str | None]:
    """The addresses of all accounts."""
    return set(session.scalars(select(Account.address)))


def waiting() -> int:
    """How many jobs are in the table."""
    return session.scalar(select(func.count()).select_from(QueuedJob)) or 0


def test_a_job_is_done_after_the_act_it_follows(context: None) -> None:
    jobs.enqueue(make_account, address="a@example.org")
    session.commit()
    assert addresses() == set()
    assert jobs.run_all() == 1
    assert addresses() == {"a@example.org"}
    assert waiting() == 0


def test_a_job_of_an_act_that_was_undone_is_never_done(context: None) -> None:
    jobs.enqueue(make_account, address="a@example.org")
    session.flush()
    session.rollback()
    assert jobs.run_all() == 0
    assert addresses() == set()


def test_a_job_that_fails_is_undone_and_put_off_while_the_others_go_on(context: None) -> None:
    jobs.enqueue(fail, address="failed@example.org")
    session.flush()
    jobs.enqueue(make_account, address="a@example.org")
    session.commit()
    assert jobs.run_all() == 2
    assert addresses() == {"a@example.org"}
    left = session.scalars(select(QueuedJob)).one()
    assert left.attempts == 1
    assert left.due_at > clock.now() - timedelta(seconds=1)


def test_a_job_that_was_put_off_is_tried_again_when_it_is_due(context: None) -> None:
    jobs.enqueue(fail, address="a@example.org")
    session.commit()
    jobs.run_all()
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        jobs.run_all()
    assert session.scalars(select(QueuedJob.attempts)).one() == 2


def test_a_job_waits_longer_after_each_failure_and_stays_in_the_table_after_the_last(context: None) -> None:
    jobs.enqueue(fail, address="a@example.org")
    session.commit()
    delays, moment = [], clock.now()
    for _attempt in range(ATTEMPTS + 2):
        with clock.standing_at(moment):
            jobs.run_next()
            delays.append(session.scalars(select(QueuedJob.due_at)).one() - moment)
            session.rollback()
        moment += timedelta(days=1)
    tried = delays[:ATTEMPTS]
    assert tried == sorted(tried)
    assert len(set(tried)) == ATTEMPTS
    assert session.scalars(select(QueuedJob.attempts)).one() == ATTEMPTS


def test_a_job_that_nobody_knows_is_put_off_rather_than_lost(context: None) -> None:
    session.add(QueuedJob(name="gone.with_an_old_version", arguments="{}", due_at=clock.now()))
    session.commit()
    jobs.run_all()
    assert session.scalars(select(QueuedJob.attempts)).one() == 1


def test_a_job_of_tomorrow_waits(context: None) -> None:
    with clock.standing_at(clock.now() + timedelta(days=1)):
        jobs.enqueue(make_account, address="a@example.org")
    session.commit()
    assert not jobs.run_next()
    assert waiting() == 1


def test_two_workers_at_once_do_each_job_once(app: Flask, context: None) -> None:
    for number in range(WAITING):
        jobs.enqueue(make_account, address=f"{number}@example.org")
    session.commit()
    together = Barrier(WORKERS)

    def work() -> int:
        with app.app_context():
            together.wait()
            return jobs.run_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        done = [working.result() for working in [pool.submit(work) for _worker in range(WORKERS)]]
    assert sum(done) == WAITING
    assert len(addresses()) == WAITING
    assert waiting() == 0
