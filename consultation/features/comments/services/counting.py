"""Counts that are kept beside what they count, changed in the database and never in memory.

Everywhere in the same order, so that no two acts wait for each other: a comment first, then the one above it, then the
recommendation.
"""

from sqlalchemy import update

from consultation.domain.colleges import College
from consultation.domain.deliberation.alignment import Alignment
from consultation.features.comments.models import Comment
from consultation.features.recommendations.services import count_comment, recount_comment, touch
from consultation.infrastructure.database import session


def count_as_public(comment: Comment) -> None:
    """Count a comment that is public for the first time: under the one it replies to, and in its recommendation."""
    if comment.parent_id is not None:
        above = update(Comment).where(Comment.id == comment.parent_id).values(replies=Comment.replies + 1)
        session.execute(above.execution_options(synchronize_session=False))
    count_publicly(comment, 1)


def count_as_changed(comment: Comment, former: str) -> None:
    """Count a public comment whose text has changed, and whose alignment was `former`."""
    if former == comment.alignment:
        touch(comment.recommendation_id)
    else:
        recount_comment(comment.recommendation_id, College(comment.college), former, Alignment(comment.alignment))


def count_publicly(comment: Comment, change: int) -> None:
    """Add a comment to what the public may read of its recommendation (1), or take it out (-1)."""
    count_comment(comment.recommendation_id, College(comment.college), Alignment(comment.alignment), change)
