"""What comments said before."""

from collections.abc import Sequence

from sqlalchemy import select

from consultation.features.comments.models import Comment, CommentRevision
from consultation.infrastructure.database import session


def history_of(comment: Comment) -> Sequence[CommentRevision]:
    """The former texts of a comment, the latest first, without those that a decision has closed."""
    former = select(CommentRevision).where(
        CommentRevision.comment_id == comment.id, CommentRevision.number > comment.closed_through
    )
    return session.scalars(former.order_by(CommentRevision.number.desc())).all()
