"""Answers of the organiser: what they said before, and which comments wait for one."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select, tuple_, union_all
from sqlalchemy.orm import joinedload

from consultation.domain.errors import Missing
from consultation.domain.identifiers import is_public_identifier
from consultation.features.comments.models import Comment, OfficialReply, OfficialReplyRevision, State
from consultation.features.comments.queries.loading import shown
from consultation.infrastructure.database import session
from consultation.infrastructure.pagination import Page

PAGE_LENGTH = 20


def answer_of(comment: Comment) -> OfficialReply | None:
    """The answer to a comment with all its words, withdrawn or not; None before there was one."""
    return session.get(OfficialReply, comment.id, populate_existing=True)


def former_answers_of(comment: Comment) -> list[OfficialReplyRevision]:
    """What the answer to a comment said before, the latest first; what answered a text that was closed stays closed."""
    former = select(OfficialReplyRevision).where(
        OfficialReplyRevision.comment_id == comment.id,
        OfficialReplyRevision.answers_revision > comment.closed_through,
    )
    return list(session.scalars(former.order_by(OfficialReplyRevision.number.desc())))


def unanswered_page(recommendation_ids: Sequence[str], cursor: str | None = None) -> Page[Comment]:
    """Twenty comments that open a thread and have no answer, the most shared first, of these recommendations.

    However many comments there are, each recommendation gives one page of its own index. Missing for a cursor that is
    none of ours.
    """
    position = _position(cursor) if cursor else None
    pages = [_waiting(one, position).subquery() for one in recommendation_ids]
    if not pages:
        return Page([], None)
    all_pages = union_all(*(select(page.c.id, page.c.score) for page in pages)).subquery()
    first = select(all_pages.c.id).order_by(all_pages.c.score.desc(), all_pages.c.id.desc()).limit(PAGE_LENGTH + 1)
    found = session.scalars(
        select(Comment)
        .where(Comment.id.in_(first))
        .options(joinedload(Comment.recommendation), *shown())
        .order_by(Comment.score.desc(), Comment.id.desc())
    ).all()
    rows = found[:PAGE_LENGTH]
    is_last = len(found) == len(rows)
    return Page(rows, None if is_last else f"{rows[-1].score!r}~{rows[-1].id}")


def _waiting(recommendation_id: str, position: tuple[float, str] | None) -> Select[str, float]:
    waiting = (
        select(Comment.id, Comment.score)
        .outerjoin(OfficialReply, OfficialReply.comment_id == Comment.id)
        .where(
            Comment.recommendation_id == recommendation_id,
            Comment.parent_id.is_(None),
            Comment.state == State.PUBLISHED.value,
            or_(
                OfficialReply.comment_id.is_(None),
                OfficialReply.withdrawn_on.is_not(None),
                OfficialReply.answers_revision <= Comment.closed_through,  # shown to nobody with the text it answers
            ),
        )
    )
    if position is not None:
        waiting = waiting.where(tuple_(Comment.score, Comment.id) < position)
    return waiting.order_by(Comment.score.desc(), Comment.id.desc()).limit(PAGE_LENGTH + 1)


def _position(cursor: str) -> tuple[float, str]:
    score, _, comment_id = cursor.partition("~")
    try:
        place = float(score)
    except ValueError as error:
        raise Missing(cursor=cursor) from error
    if not is_public_identifier(comment_id):
        raise Missing(cursor=cursor)
    return place, comment_id
