"""Recommendations as they are read."""

import uuid

from sqlalchemy import bindparam, select

from consultation.domain.errors import Missing
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import LARGEST_NUMBER, Recommendation
from consultation.infrastructure.database import session

_VERSIONS = (
    select(Recommendation.number, Recommendation.version)
    .where(Recommendation.consultation_id == bindparam("consultation"))
    .order_by(Recommendation.number)
)


def recommendations_of(consultation_id: uuid.UUID) -> list[Recommendation]:
    """The recommendations of a consultation, by number."""
    return list(
        session.scalars(
            select(Recommendation)
            .where(Recommendation.consultation_id == consultation_id)
            .order_by(Recommendation.number)
        )
    )


def versions_of(consultation_id: uuid.UUID) -> dict[int, int]:
    """The version of each recommendation's text, by number."""
    found = session.execute(_VERSIONS, {"consultation": consultation_id})
    return {one.number: one.version for one in found}


def recommendation_by_number(consultation: Consultation, number: int) -> Recommendation:
    """The recommendation that has this official number; Missing where there is none."""
    if not 1 <= number <= LARGEST_NUMBER:
        raise Missing(number=number)
    found = session.scalar(select(Recommendation).filter_by(consultation_id=consultation.id, number=number))
    if found is None:
        raise Missing(number=number)
    return found
