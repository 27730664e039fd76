"""What feeds hold: the comments that were posted or changed last, by day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, raiseload

from consultation.features.comments.models import Comment
from consultation.features.consultations.models import Consultation
from consultation.features.notifications.models import Happening, News
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.database import session

FEED_LENGTH = 50


@dataclass(frozen=True)
class Issued:
    """A comment in whatever state, with the day on which it last changed."""

    comment: Comment
    changed_on: date


def latest_of(target: Consultation | Recommendation) -> list[Issued]:
    """The comments of a consultation or under a recommendation that changed last, in one statement.

    Within a day they follow their random identifiers, as everywhere.
    """
    is_consultation = isinstance(target, Consultation)
    column = News.consultation_id if is_consultation else News.recommendation_id
    found = session.execute(
        select(Comment, News.changed_on)
        .join(News, News.comment_id == Comment.id)
        .where(column == target.id, News.kind == Happening.COMMENT.value)
        .order_by(News.changed_on.desc(), News.comment_id.desc())
        .limit(FEED_LENGTH)
        .options(joinedload(Comment.pen_name), joinedload(Comment.recommendation), raiseload("*"))
    )
    return [Issued(*row) for row in found]
