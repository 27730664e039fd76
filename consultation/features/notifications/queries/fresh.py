"""What is new in what somebody follows, counted no further than a page needs."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select

from consultation.domain.deliberation.paces import Pace
from consultation.features.comments.models import Comment, State
from consultation.features.notifications.models import STEPS, Happening, News, Subscription
from consultation.features.notifications.queries.followed import Followed, things
from consultation.infrastructure.database import session

CAP = 100
SHOWN = 50
# Each column of the news that a subscription may name; the other two of a subscription are NULL and find nothing.
_COLUMNS = (
    (News.thread_id, Subscription.thread_id),
    (News.recommendation_id, Subscription.recommendation_id),
    (News.consultation_id, Subscription.consultation_id),
)
_ALL = tuple(Happening)


@dataclass(frozen=True)
class Fresh:
    """What is new in one thing: comments and answers, up to CAP of each, and the steps of its consultation."""

    followed: Followed
    comments: int
    answers: int
    steps: Sequence[Happening]


def latest_number() -> int:
    """The number of the latest news, 0 before there is any."""
    return session.scalar(select(func.max(News.number))) or 0


def unread_count(account_id: uuid.UUID) -> int:
    """In how many of the things that an account follows there is something new, up to CAP: one statement."""
    unread = select(literal(1)).where(Subscription.account_id == account_id, _has_news()).limit(CAP).subquery()
    return session.scalar(select(func.count()).select_from(unread)) or 0


def fresh_for(account_id: uuid.UUID) -> list[Fresh]:
    """What is new for an account since it last said that it had read it, in two statements."""
    comments, answers = (_count(kind).label(kind.value) for kind in (Happening.COMMENT, Happening.ANSWER))
    found = session.execute(
        things().add_columns(comments, answers).where(Subscription.account_id == account_id, _has_news()).limit(SHOWN)
    ).all()
    steps = _steps_for(account_id)
    return [Fresh(Followed(*row[:4]), row.comment, row.answer, steps.get(row[0].id, ())) for row in found]


def said_by_others(account_id: Any) -> ColumnElement[bool]:
    """Whether a piece of news, joined to its comment, is still public, and is not this account's own comment."""
    theirs = or_(News.kind == Happening.ANSWER, Comment.author_id != account_id)
    return or_(News.comment_id.is_(None), and_(Comment.state == State.PUBLISHED, theirs))


def _has_news() -> ColumnElement[bool]:
    return or_(*(_since_read(pair, _ALL).exists() for pair in _COLUMNS))


def _count(kind: Happening) -> ColumnElement[int]:
    """How many news of a kind there are in the one thing that the subscription of the row names."""
    counts = [
        select(func.count())
        .select_from(_since_read(pair, (kind,)).limit(CAP).correlate(Subscription).subquery())
        .scalar_subquery()
        for pair in _COLUMNS
    ]
    return counts[0] + counts[1] + counts[2]


def _since_read(pair: tuple[Any, Any], kinds: Sequence[Happening]) -> Select[Any]:
    column, followed = pair
    return (
        select(literal(1))
        .select_from(News)
        .outerjoin(Comment, Comment.id == News.comment_id)
        .where(
            column == followed,
            News.kind.in_([kind.value for kind in kinds]),
            News.number > Subscription.read_until,
            or_(Subscription.pace != Pace.RESULTS.value, News.kind == Happening.PUBLISHED.value),
            said_by_others(Subscription.account_id),
        )
        .correlate(Subscription)
    )


def _steps_for(account_id: uuid.UUID) -> dict[str, list[Happening]]:
    """The steps of consultations that an account follows and has not read, in the order in which they were taken."""
    found = session.execute(
        select(Subscription.id, News.kind)
        .join(News, News.consultation_id == Subscription.consultation_id)
        .where(
            Subscription.account_id == account_id,
            News.kind.in_([step.value for step in STEPS]),
            News.number > Subscription.read_until,
            or_(Subscription.pace != Pace.RESULTS.value, News.kind == Happening.PUBLISHED.value),
        )
        .order_by(News.number)
    )
    steps: dict[str, list[Happening]] = {}
    for subscription_id, kind in found:
        steps.setdefault(subscription_id, []).append(Happening(kind))
    return steps
