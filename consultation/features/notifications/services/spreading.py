"""News numbered, and the next mails of those who follow them set, after the act and however many follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select, update
from sqlalchemy.orm import aliased

from consultation.domain.deliberation.paces import PAUSE, Pace, next_monday, next_morning
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment
from consultation.features.notifications.models import Happening, News, Subscription
from consultation.features.notifications.queries import latest_number
from consultation.infrastructure import clock
from consultation.infrastructure.database import Moment, is_postgresql, new_public_id, session

BATCH = 500
HEADS = 5_000
_LOCK = int.from_bytes(b"newsroom", signed=True)
_STEADY = (Pace.AT_ONCE, Pace.DAILY, Pace.WEEKLY)


@dataclass(frozen=True)
class Stretch:
    """News that were numbered together: the first and the last of their numbers."""

    first: int
    last: int


@dataclass(frozen=True)
class Due:
    """The moments at which there are mails to write from now on, and whether no follower is left to be gone through."""

    moments: frozenset[datetime]
    is_whole: bool


@dataclass(frozen=True)
class Times:
    """When mails of news that come now are written, where they do not join a mail that is set already."""

    now: datetime
    pause: datetime
    morning: datetime
    monday: datetime

    @classmethod
    def after(cls, now: datetime) -> "Times":
        """The times that follow from the present moment."""
        return cls(now, now + PAUSE, next_morning(now, clock.PARIS), next_monday(now, clock.PARIS))

    @property
    def all(self) -> frozenset[datetime]:
        """Each of them."""
        return frozenset({self.now, self.pause, self.morning, self.monday})


def spread() -> Stretch | None:
    """Number the news that have no number yet, up to BATCH; None where there are none.

    Authors come to follow the threads they write in. The number of statements does not depend on that of the news.
    """
    _wait_for_others()
    waiting = select(News).where(News.number.is_(None)).order_by(News.happened_at, News.id)
    news = session.scalars(waiting.limit(BATCH)).all()
    if not news:
        return None
    stretch = Stretch(first := latest_number() + 1, first + len(news) - 1)
    for number, one in enumerate(news, start=first):
        one.number = number
    session.flush()
    _let_authors_follow(news)
    return stretch


def set_mails(stretch: Stretch, heads: int = HEADS) -> Due:
    """Set when followers of what happened in a stretch of news are written to, so many at most for each kind of thing.

    Whoever has a mail set, or was told of the whole stretch, is passed over: doing it again takes up where it stopped.
    """
    _wait_for_others()
    found = session.execute(
        select(News.kind, News.consultation_id, News.recommendation_id, News.thread_id)
        .where(News.number.between(stretch.first, stretch.last))
        .distinct()
    ).all()
    published = {row.consultation_id for row in found if row.kind == Happening.PUBLISHED}
    parts = (
        (Subscription.thread_id, {row.thread_id for row in found}, _STEADY),
        (Subscription.recommendation_id, {row.recommendation_id for row in found}, _STEADY),
        (Subscription.consultation_id, {row.consultation_id for row in found}, _STEADY),
        (Subscription.consultation_id, published, (Pace.RESULTS,)),
    )
    times = Times.after(clock.now())
    set_now = [_set(column, named - {None}, paces, stretch.last, heads, times) for column, named, paces in parts]
    moments = frozenset(moment for part in set_now for moment in part)
    return Due(moments & times.all, all(len(part) < heads for part in set_now))


def is_spread() -> bool:
    """Whether no news waits for its number."""
    return session.scalar(select(News.id).where(News.number.is_(None)).limit(1)) is None


def _wait_for_others() -> None:
    """Let two workers number one after the other; on SQLite a transaction that writes is alone anyway."""
    if is_postgresql():
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _let_authors_follow(news: Sequence[News]) -> None:
    numbers = {one.comment_id: one.number for one in news if one.kind == Happening.COMMENT}
    written = session.execute(
        select(Comment.id, Comment.author_id, func.coalesce(Comment.parent_id, Comment.id))
        .join(Account, Account.id == Comment.author_id)
        .where(Comment.id.in_(numbers), Account.disabled_at.is_(None))
    )
    wanted = {(author, thread): numbers[comment] for comment, author, thread in written}
    followed = session.execute(
        select(Subscription.account_id, Subscription.thread_id).where(
            Subscription.account_id.in_({author for author, _thread in wanted}),
            Subscription.thread_id.in_({thread for _author, thread in wanted}),
        )
    )
    for author, thread in wanted.keys() - {(account, thread) for account, thread in followed}:
        number = wanted[author, thread]
        session.add(
            Subscription(
                id=new_public_id(),
                account_id=author,
                thread_id=thread,
                pace=Pace.PRODUCT.value,
                begun_at=clock.now(),
                read_until=number,
                mailed_until=number,
            )
        )
    session.flush()


def _set(
    column: Any, named: set[Any], paces: Iterable[Pace], last: int, heads: int, times: Times
) -> Sequence[datetime]:
    """Set the next mail of so many of those who follow one of these things and have none set; when each is due."""
    if not named:
        return ()
    waiting = (
        select(Subscription.id)
        .where(
            column.in_(named),
            Subscription.pace.in_([pace.value for pace in paces]),
            Subscription.due_at.is_(None),
            Subscription.mailed_until < last,
        )
        .limit(heads)
    )
    changed = session.execute(
        update(Subscription)
        .where(Subscription.id.in_(waiting))
        .values(due_at=_next_mail(times))
        .returning(Subscription.due_at)
        .execution_options(synchronize_session=False)
    )
    return [moment for moment in changed.scalars() if moment is not None]


def _next_mail(times: Times) -> ColumnElement[datetime | None]:
    """`paces.next_mail` for many at once: what is told at once joins the mail that its reader has set already."""
    now, pause, morning, monday = (
        literal(moment, Moment()) for moment in (times.now, times.pause, times.morning, times.monday)
    )
    other = aliased(Subscription)
    theirs = (other.account_id == Subscription.account_id, other.pace == Pace.AT_ONCE.value)
    first_set = select(func.min(other.due_at)).where(*theirs).correlate(Subscription).scalar_subquery()
    last_mailed = select(func.max(other.mailed_at)).where(*theirs).correlate(Subscription).scalar_subquery()
    return case(
        (Subscription.pace == Pace.DAILY.value, morning),
        (Subscription.pace == Pace.WEEKLY.value, monday),
        (Subscription.pace == Pace.RESULTS.value, now),
        (first_set > now, first_set),
        (last_mailed > literal(times.now - PAUSE, Moment()), pause),
        else_=now,
    )
