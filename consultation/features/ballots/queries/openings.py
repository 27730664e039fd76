"""How long the sealed ballots themselves are kept: what stays afterwards is the list, the chain and the results."""

import uuid
from datetime import date, timedelta

from sqlalchemy import select

from consultation.domain.errors import CeremonyRefused
from consultation.domain.verifiability.plan import CountingPlan
from consultation.features.ballots.models import SealedBallot, Urn
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock
from consultation.infrastructure.database import session


def openings_kept_until(consultation: Consultation, plan: CountingPlan) -> date:
    """The last day on which anybody may still hold the openings: the plan's delay after the publication."""
    published = clock.day_of(consultation.published_at) if consultation.published_at else consultation.results_on
    return published + timedelta(days=plan.openings_kept_days)


def require_openings(consultation_id: uuid.UUID) -> None:
    """CeremonyRefused (deleted) where nothing is left of the ballots but their commitments."""
    of_consultation = SealedBallot.consultation_id == consultation_id
    if session.scalar(select(SealedBallot.commitment).where(of_consultation, SealedBallot.ranks.is_(None)).limit(1)):
        raise CeremonyRefused(reason="deleted")


def openings_deleted_on(consultation_id: uuid.UUID) -> date | None:
    """The day on which the openings had left every file of the platform, or None while they are there."""
    return session.scalar(select(Urn.openings_deleted_on).where(Urn.consultation_id == consultation_id))
