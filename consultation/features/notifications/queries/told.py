"""What a mail tells of one thing that is followed: read when the mail is delivered, as it is public then."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import joinedload, raiseload

from consultation.domain.deliberation.paces import Pace
from consultation.features.comments.models import Comment
from consultation.features.notifications.models import STEPS, Happening, News, Subscription
from consultation.features.notifications.queries.fresh import CAP, said_by_others
from consultation.infrastructure.database import session

QUOTED = 5


@dataclass(frozen=True)
class Told:
    """The first comments and answers of a stretch of news, how many there are up to CAP, and the steps in it."""

    quoted: Sequence[tuple[Happening, Comment]]
    count: int
    steps: Sequence[Happening]


def told_of(subscription: Subscription, after: int, until: int, quoted_elsewhere: set[str]) -> Told:
    """What happened after one number and up to another in what is followed, without what the mail quotes already."""
    said = _said(subscription, after, until).where(Comment.id.not_in(quoted_elsewhere))
    capped = said.with_only_columns(literal(1)).limit(CAP).subquery()
    quoted = session.execute(
        said.order_by(News.number)
        .limit(QUOTED)
        .options(
            joinedload(Comment.pen_name),
            joinedload(Comment.recommendation),
            joinedload(Comment.official_reply),
            raiseload("*"),
        )
    )
    return Told(
        [(Happening(kind), comment) for kind, comment in quoted],
        session.scalar(select(func.count()).select_from(capped)) or 0,
        _steps(subscription, after, until),
    )


def _said(subscription: Subscription, after: int, until: int) -> Select[str, Comment]:
    kinds = () if subscription.pace == Pace.RESULTS else (Happening.COMMENT, Happening.ANSWER)
    return (
        select(News.kind, Comment)
        .join(Comment, Comment.id == News.comment_id)
        .where(*_stretch(subscription, after, until, kinds), said_by_others(subscription.account_id))
    )


def _steps(subscription: Subscription, after: int, until: int) -> list[Happening]:
    if subscription.consultation_id is None:
        return []
    kinds = (Happening.PUBLISHED,) if subscription.pace == Pace.RESULTS else STEPS
    found = select(News.kind).where(*_stretch(subscription, after, until, kinds)).order_by(News.number)
    return [Happening(kind) for kind in session.scalars(found)]


def _stretch(
    subscription: Subscription, after: int, until: int, kinds: Sequence[Happening]
) -> tuple[ColumnElement[bool], ...]:
    return (_is_about(subscription), News.kind.in_([one.value for one in kinds]), News.number.between(after + 1, until))


def _is_about(subscription: Subscription) -> Any:
    if subscription.thread_id is not None:
        return News.thread_id == subscription.thread_id
    if subscription.recommendation_id is not None:
        return News.recommendation_id == subscription.recommendation_id
    return News.consultation_id == subscription.consultation_id
