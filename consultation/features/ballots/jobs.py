"""Work on ballots that is done after the request."""

import uuid
from datetime import datetime, time, timedelta

from consultation.domain.phases import Phase
from consultation.features.accounts.queries import account_by_id
from consultation.features.accounts.services import forget_account
from consultation.features.ballots import services
from consultation.features.ballots.models import Step
from consultation.features.ballots.queries import step_state
from consultation.features.ballots.queries.chain import plan_in_force
from consultation.features.ballots.queries.openings import openings_kept_until
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import consultations_in
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import enqueue

LINE_TIME = time(0, 10)
LONGEST_REQUEST = timedelta(minutes=10)
CEREMONY_PAUSE = timedelta(hours=1)


def run_ceremony(consultation_id: str) -> None:
    """Do what remains of the closing ceremony after the fence.

    The steps commit by themselves, so the worker's own transaction is given back first: the row of this job stays
    until it is called once more and finds the ceremony over, and an interruption at any point is taken up again.
    """
    identifier = uuid.UUID(consultation_id)
    if step_state(identifier, Step.SCRUB).is_done:
        return
    session.rollback()
    services.run(identifier)


def next_line_at() -> datetime:
    """When the next line of a day is due: soon after the next midnight in Paris."""
    return datetime.combine(clock.today() + timedelta(days=1), LINE_TIME, tzinfo=clock.PARIS)


def add_line_of_day(consultation_id: str) -> None:
    """Add the line of the day, if there is one to add, and come back the next day for as long as ballots are taken."""
    consultation = session.get(Consultation, uuid.UUID(consultation_id))
    if consultation is None or not consultation.takes_part_at(clock.now()):
        return
    services.add_day_line(consultation)
    enqueue(add_line_of_day, due_at=next_line_at(), consultation_id=consultation_id)


def after_casts() -> datetime:
    """When no request can still be under way that began before the act which this follows."""
    return clock.now() + LONGEST_REQUEST


def remove_papers(account_id: str) -> None:
    """Take ballot and draft of an account that is erased, or closed as a double, out of what is open.

    As in the ceremony the worker's own transaction is given back first: this job is called again, and ends when it
    finds nothing left, so that its row and those of ballots never change in one transaction.
    """
    identifier = uuid.UUID(account_id)
    if services.has_papers(identifier):
        session.rollback()
        services.take_out_papers(identifier)


def remove_physicians_ballot(account_id: str) -> None:
    """Take what somebody cast among physicians, whose proof was revoked, out of what is open; in the same way."""
    identifier = uuid.UUID(account_id)
    if services.has_physicians_ballot(identifier):
        session.rollback()
        services.take_out_physicians_ballot(identifier)


def let_openings_go(consultation_id: str) -> None:
    """Delete what was ranked once the counting plan's delay is over; as in the ceremony, each step commits by itself.

    The worker's own transaction is given back first: the row of this job stays until it finds nothing left to do.
    """
    consultation = session.get_one(Consultation, uuid.UUID(consultation_id))
    if services.has_outlived_openings(consultation):
        session.rollback()
        services.delete_openings(uuid.UUID(consultation_id))


def day_after_openings(consultation: Consultation) -> datetime:
    """When the openings are to go: soon after the last day on which the counting plan keeps them."""
    last = openings_kept_until(consultation, plan_in_force(consultation))
    return datetime.combine(last + timedelta(days=1), LINE_TIME, tzinfo=clock.PARIS)


def forget_erased(account_id: str) -> None:
    """Let go of an erased account once no slot is its own any more: what a cast under way left is removed first.

    During a ceremony the account is still needed, to know its ballot, which the fence keeps, for lawful.
    """
    identifier = uuid.UUID(account_id)
    if services.has_papers(identifier):
        session.rollback()
        services.take_out_papers(identifier)
    elif consultations_in(Phase.CLOSING):
        enqueue(forget_erased, due_at=clock.now() + CEREMONY_PAUSE, account_id=account_id)
    elif account := account_by_id(identifier):
        forget_account(account)
