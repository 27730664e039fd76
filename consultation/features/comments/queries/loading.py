"""What is loaded with a comment that a page shows."""

from functools import cache

from sqlalchemy.orm import defer, joinedload, raiseload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from consultation.features.comments.models import Comment, OfficialReply


@cache
def shown() -> tuple[ORMOption, ...]:
    """What a page shows of a comment, and nothing else: whatever it would load by itself is refused."""
    answered = joinedload(Comment.answered).load_only(Comment.id, Comment.state, raiseload=True)
    return (
        defer(Comment.body),
        joinedload(Comment.pen_name),
        answered.joinedload(Comment.pen_name),
        joinedload(Comment.official_reply).defer(OfficialReply.body),
        selectinload(Comment.sources),
        raiseload("*"),
    )
