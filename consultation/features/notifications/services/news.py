"""News: written in the transaction of what happened, issued anew when it changes."""

import uuid
from datetime import timedelta

from sqlalchemy import delete, func, select, update

from consultation.features.comments.models import Comment
from consultation.features.notifications.models import Happening, News, Subscription
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_uuid, session

NOTICES_KEPT = timedelta(days=90)


def add_news_of_comment(comment_id: str, kind: Happening) -> None:
    """Note that a comment, or the organiser's answer to one, became public; twice the same is noted once."""
    comment = session.get_one(Comment, comment_id)
    if not comment.is_public:
        return
    if session.scalar(select(News.id).filter_by(comment_id=comment_id, kind=kind.value)) is None:
        _add(
            kind,
            comment.consultation_id,
            recommendation_id=comment.recommendation_id,
            thread_id=comment.parent_id or comment.id,
            comment_id=comment.id,
        )


def add_step(consultation_id: uuid.UUID, kind: Happening) -> None:
    """Note a step that a consultation has taken, or will soon; twice the same is noted once."""
    if session.scalar(select(News.id).filter_by(consultation_id=consultation_id, kind=kind.value)) is None:
        _add(kind, consultation_id)


def reissue(comment_id: str) -> None:
    """Let feeds issue a comment anew: its words, or whether they are public, have changed today."""
    session.execute(
        update(News)
        .where(News.comment_id == comment_id, News.kind == Happening.COMMENT.value)
        .values(changed_on=clock.today())
        .execution_options(synchronize_session=False)
    )


def forget_answer(comment_id: str) -> None:
    """Tell nobody any more of an answer that was taken back."""
    session.execute(delete(News).where(News.comment_id == comment_id, News.kind == Happening.ANSWER.value))


def forget_old_notices() -> int:
    """Count what nobody has read in ninety days as read; in how many things that somebody follows it was so."""
    until = clock.now() - NOTICES_KEPT
    latest = select(func.max(News.number)).where(News.happened_at < until).scalar_subquery()
    changed = session.execute(
        update(Subscription)
        .where(Subscription.read_until < latest)
        .values(read_until=latest)
        .returning(Subscription.id)
        .execution_options(synchronize_session=False)
    )
    return len(changed.all())


def _add(kind: Happening, consultation_id: uuid.UUID, **about: str) -> None:
    session.add(
        News(
            id=new_uuid(),
            kind=kind.value,
            consultation_id=consultation_id,
            happened_at=clock.now(),
            changed_on=clock.today(),
            **about,
        )
    )
