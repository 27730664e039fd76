"""Recommendations as they are read."""

import uuid

from sqlalchemy import select

from consultation.domain.errors import Missing
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import LARGEST_NUMBER, Recommendation
from consultation.infrastructure.database import session


def recommendations_of(consultation_id: uuid.UUID) -> list[Recommendation]:
    """The recommendations of a consultation, by number."""
    return list(
        session.scalars(
            select(Recommendation)
            .where(Recommendation.consultation_id == consultation_id)
            .order_by(Recommendation.number)
        )
    )


def recommendation_by_number(consultation: Consultation, number: int) -> Recommendation:
    """The recommendation that has this official number; Missing where there is none."""
    if not 1 <= number <= LARGEST_NUMBER:
        raise Missing(number=number)
    found = session.scalar(select(Recommendation).filter_by(consultation_id=consultation.id, number=number))
    if found is None:
        raise Missing(number=number)
    return found
