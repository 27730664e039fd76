"""What somebody follows."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, raiseload

from consultation.domain.deliberation.paces import Pace
from consultation.domain.errors import Missing
from consultation.domain.identifiers import is_public_identifier
from consultation.features.comments.models import Comment
from consultation.features.consultations.models import Consultation
from consultation.features.notifications.models import Mailbox, Subscription, Target
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.database import session


@dataclass(frozen=True)
class Followed:
    """One thing that is followed, with all that leads to it; `thread` is the comment that its replies stand under."""

    subscription: Subscription
    consultation: Consultation
    recommendation: Recommendation | None
    thread: Comment | None


def followed_by(account_id: uuid.UUID, subscription_ids: Sequence[str] | None = None) -> list[Followed]:
    """All that an account follows, or those of them that are named, the latest first, in one statement."""
    found = things().where(Subscription.account_id == account_id)
    if subscription_ids is not None:
        found = found.where(Subscription.id.in_(subscription_ids))
    return [Followed(*row) for row in session.execute(found)]


def things() -> Select[Subscription, Consultation, Recommendation, Comment]:
    """Subscriptions with what they follow, the latest first."""
    recommendation_id = func.coalesce(Subscription.recommendation_id, Comment.recommendation_id)
    consultation_id = func.coalesce(Subscription.consultation_id, Recommendation.consultation_id)
    return (
        select(Subscription, Consultation, Recommendation, Comment)
        .outerjoin(Comment, Comment.id == Subscription.thread_id)
        .outerjoin(Recommendation, Recommendation.id == recommendation_id)
        .join(Consultation, Consultation.id == consultation_id)
        .order_by(Subscription.begun_at.desc(), Subscription.id)
        .options(joinedload(Comment.pen_name), raiseload("*"))
    )


def subscription_to(account_id: uuid.UUID, target: Target) -> Subscription | None:
    """How this account follows this thing, or None."""
    return session.scalar(select(Subscription).filter_by(account_id=account_id, **column_of(target)))


def subscription_by_id(subscription_id: str) -> Subscription:
    """The subscription of this identifier; Missing where there is none."""
    found = session.get(Subscription, subscription_id) if is_public_identifier(subscription_id) else None
    if found is None:
        raise Missing(subscription=subscription_id)
    return found


def last_mailed_at(account_id: uuid.UUID) -> datetime | None:
    """When an account was last written to of what it wants to know at once."""
    mails = select(func.max(Subscription.mailed_at))
    return session.scalar(mails.filter_by(account_id=account_id, pace=Pace.AT_ONCE.value))


def mailbox_of(account_id: uuid.UUID) -> Mailbox | None:
    """What is known of the mailbox of an account, None before it asked for mails."""
    return session.get(Mailbox, account_id)


def mailbox_of_key(key: str) -> Mailbox | None:
    """The mailbox that a link in a mail names, None once the account is gone."""
    return session.scalar(select(Mailbox).where(Mailbox.key == key))


def column_of(target: Target) -> dict[str, object]:
    """The column by which a thing is followed, with its value; a reply is followed as the thread it stands in."""
    if isinstance(target, Consultation):
        return {"consultation_id": target.id}
    if isinstance(target, Recommendation):
        return {"recommendation_id": target.id}
    return {"thread_id": target.parent_id or target.id}
