"""Stamps of the pages about one comment."""

from collections.abc import Hashable

from sqlalchemy import bindparam

from consultation.domain.identifiers import is_public_identifier, is_slug
from consultation.features.comments.models import Comment
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import STAMPED, stamp_from
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.glimpses import Glimpse

_COMMENT, _RECOMMENDATION, _CONSULTATION = Comment.__table__.c, Recommendation.__table__.c, Consultation.__table__.c
_STAMP = Glimpse(
    STAMPED.add_columns(_COMMENT.id, _RECOMMENDATION.stamp)
    .join(Recommendation.__table__, _RECOMMENDATION.consultation_id == _CONSULTATION.id)
    .join(Comment.__table__, _COMMENT.recommendation_id == _RECOMMENDATION.id)
    .where(_COMMENT.id == bindparam("comment_id"), _CONSULTATION.slug == bindparam("slug"))
)


def stamp_of_comment(slug: str, comment_id: str) -> Hashable | None:
    """The stamp of a page about one comment, that of its whole thread; None where visitors see nothing."""
    is_possible = is_slug(slug) and is_public_identifier(comment_id)
    return stamp_from(_STAMP, slug=slug, comment_id=comment_id) if is_possible else None
