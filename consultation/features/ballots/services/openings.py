"""The end of the openings: after the plan's delay, nobody can read or count the sealed ballots again."""

import uuid

from sqlalchemy import delete, insert, update

from consultation.domain.errors import CeremonyRefused
from consultation.features.ballots.events import OpeningsDeleted
from consultation.features.ballots.models import SealedBallot, Urn
from consultation.features.ballots.queries.chain import plan_in_force
from consultation.features.ballots.queries.openings import openings_deleted_on, openings_kept_until
from consultation.features.ballots.queries.sealed import sealed_commitments
from consultation.features.ballots.services.ceremony.publishing import bundle_name
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock, deposit
from consultation.infrastructure.database import session
from consultation.infrastructure.events import record
from consultation.infrastructure.scrubbing import scrub


def has_outlived_openings(consultation: Consultation) -> bool:
    """Whether the plan's delay is over and the openings are still there."""
    if consultation.published_at is None or openings_deleted_on(consultation.id) is not None:
        return False
    return clock.today() > openings_kept_until(consultation, plan_in_force(consultation))


def delete_openings(consultation_id: uuid.UUID) -> None:
    """Leave of every sealed ballot its commitment alone, and rewrite the files without the rest.

    Each step commits and can be done again: the rows, the auditors' bundle on its disk, the files of the database, and
    last the day that says so. CeremonyRefused: busy, where other connections kept the files.
    """
    bundle = bundle_name(session.get_one(Consultation, consultation_id))
    _leave_commitments(consultation_id)
    session.commit()
    deposit.remove(bundle)
    if not scrub([SealedBallot.__tablename__]):
        raise CeremonyRefused(reason="busy")
    urn = update(Urn).where(Urn.consultation_id == consultation_id)
    session.execute(urn.values(openings_deleted_on=clock.today()))
    record(OpeningsDeleted(consultation_id))
    session.commit()


def _leave_commitments(consultation_id: uuid.UUID) -> None:
    commitments = sealed_commitments(consultation_id)
    session.execute(delete(SealedBallot).where(SealedBallot.consultation_id == consultation_id))
    if commitments:
        rows = [{"consultation_id": consultation_id, "commitment": commitment} for commitment in commitments]
        session.execute(insert(SealedBallot), rows)
