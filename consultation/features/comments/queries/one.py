"""One comment, one name, and what one person said or wrote."""

import uuid
from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from consultation.domain.errors import Missing
from consultation.domain.identifiers import is_public_identifier
from consultation.features.comments.models import Comment, CommentReaction, PenName
from consultation.features.comments.queries.loading import shown
from consultation.infrastructure.database import session


def comment_by_id(comment_id: str) -> Comment:
    """The comment with all that a page shows of it, in whatever state; Missing where there is none."""
    by_id = select(Comment).where(Comment.id == comment_id).options(joinedload(Comment.recommendation), *shown())
    found = session.scalar(by_id) if is_public_identifier(comment_id) else None
    if found is None:
        raise Missing(comment=comment_id)
    return found


def comment_of_submission(author_id: uuid.UUID, submission: str) -> Comment | None:
    """What this author made of a form sent before, or None."""
    return session.scalar(select(Comment).filter_by(author_id=author_id, submission=submission))


def pen_name_of(account_id: uuid.UUID, consultation_id: uuid.UUID) -> PenName | None:
    """The name of an account in a consultation, or None before it has chosen one."""
    return session.scalar(select(PenName).filter_by(account_id=account_id, consultation_id=consultation_id))


def reactions_of(account_id: uuid.UUID, comment_ids: Sequence[str]) -> dict[str, CommentReaction]:
    """The reactions of one person to these comments, by comment."""
    reactions = session.scalars(
        select(CommentReaction).where(
            CommentReaction.account_id == account_id, CommentReaction.comment_id.in_(comment_ids)
        )
    )
    return {reaction.comment_id: reaction for reaction in reactions}


def wrote_in_thread(account_id: uuid.UUID, comment: Comment) -> bool:
    """Whether an account wrote the comment, the one it stands under, or any reply beside it."""
    root_id = comment.parent_id or comment.id
    thread = or_(Comment.id == root_id, Comment.parent_id == root_id)
    return session.scalar(select(Comment.id).where(Comment.author_id == account_id, thread).limit(1)) is not None
