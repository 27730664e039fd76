"""Recommendations as they are read."""

import uuid
from collections.abc import Hashable

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from consultation.domain.errors import Missing
from consultation.domain.identifiers import is_slug
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import STAMPED, stamp_from
from consultation.features.recommendations.models import (
    LARGEST_NUMBER,
    Outcome,
    OutcomeRevision,
    Promise,
    Recommendation,
)
from consultation.infrastructure.database import session
from consultation.infrastructure.glimpses import Glimpse

_VERSIONS = (
    select(Recommendation.number, Recommendation.version)
    .where(Recommendation.consultation_id == bindparam("consultation"))
    .order_by(Recommendation.number)
)

_ITS_SIBLINGS = Recommendation.consultation_id == bindparam("consultation")
_BESIDE = select(
    select(func.max(Recommendation.number))
    .where(_ITS_SIBLINGS, Recommendation.number < bindparam("number"))
    .scalar_subquery(),
    select(func.min(Recommendation.number))
    .where(_ITS_SIBLINGS, Recommendation.number > bindparam("number"))
    .scalar_subquery(),
)

_TABLE, _CONSULTATION = Recommendation.__table__.c, Consultation.__table__.c
_ITS = STAMPED.where(_CONSULTATION.slug == bindparam("slug"))
_STAMP_OF_ONE = Glimpse(
    _ITS.add_columns(_TABLE.id, _TABLE.stamp)
    .join(Recommendation.__table__, _TABLE.consultation_id == _CONSULTATION.id)
    .where(_TABLE.number == bindparam("number"))
)
# Stamps only rise, so that their sum is never twice the same.
_SUM = select(func.sum(_TABLE.stamp)).where(_TABLE.consultation_id == _CONSULTATION.id).scalar_subquery()
_STAMP_OF_ALL = Glimpse(_ITS.add_columns(_SUM))


def recommendations_of(consultation_id: uuid.UUID) -> list[Recommendation]:
    """The recommendations of a consultation, by number."""
    return list(
        session.scalars(
            select(Recommendation)
            .where(Recommendation.consultation_id == consultation_id)
            .order_by(Recommendation.number)
        )
    )


def recommendations_with_outcomes(consultation_id: uuid.UUID) -> list[Recommendation]:
    """The recommendations of a consultation, by number, each with its outcome."""
    return list(
        session.scalars(
            select(Recommendation)
            .where(Recommendation.consultation_id == consultation_id)
            .options(joinedload(Recommendation.outcome))
            .order_by(Recommendation.number)
        )
    )


def outcome_of(recommendation: Recommendation) -> Outcome | None:
    """The outcome of a recommendation as it is now; None before there is one."""
    return session.get(Outcome, recommendation.id, populate_existing=True)


def former_outcomes_of(consultation_id: uuid.UUID) -> list[OutcomeRevision]:
    """What the outcomes of a consultation said before they were changed, the latest first."""
    return list(
        session.scalars(
            select(OutcomeRevision)
            .join(Recommendation, Recommendation.id == OutcomeRevision.recommendation_id)
            .where(Recommendation.consultation_id == consultation_id)
            .order_by(OutcomeRevision.recommendation_id, OutcomeRevision.number.desc())
        )
    )


def promises_of(consultation_id: uuid.UUID) -> list[Promise]:
    """Every day that was promised for the answers of a consultation, the latest first."""
    promises = select(Promise).where(Promise.consultation_id == consultation_id)
    return list(session.scalars(promises.order_by(Promise.number.desc())))


def numbers_beside(recommendation: Recommendation) -> tuple[int | None, int | None]:
    """The numbers of the recommendations before and after this one in its consultation, where there are any."""
    given = {"consultation": recommendation.consultation_id, "number": recommendation.number}
    before, after = session.execute(_BESIDE, given).one()
    return before, after


def versions_of(consultation_id: uuid.UUID) -> dict[int, int]:
    """The version of each recommendation's text, by number."""
    found = session.execute(_VERSIONS, {"consultation": consultation_id})
    return {one.number: one.version for one in found}


def recommendation_by_number(consultation: Consultation, number: int) -> Recommendation:
    """The recommendation that has this official number, with its outcome; Missing where there is none."""
    if not 1 <= number <= LARGEST_NUMBER:
        raise Missing(number=number)
    found = session.scalar(
        select(Recommendation)
        .filter_by(consultation_id=consultation.id, number=number)
        .options(joinedload(Recommendation.outcome))
    )
    if found is None:
        raise Missing(number=number)
    return found


def stamp_of_recommendations(slug: str) -> Hashable | None:
    """The stamp of a page that shows a consultation and all its recommendations; None where visitors see nothing."""
    return stamp_from(_STAMP_OF_ALL, slug=slug) if is_slug(slug) else None


def stamp_of_recommendation(slug: str, number: int) -> Hashable | None:
    """The stamp of a page about one recommendation; None where visitors see nothing."""
    is_possible = is_slug(slug) and 1 <= number <= LARGEST_NUMBER
    return stamp_from(_STAMP_OF_ONE, slug=slug, number=number) if is_possible else None
