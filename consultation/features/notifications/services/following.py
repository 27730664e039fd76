"""Following: begun, changed, read, stopped. None of it is stored as an event: who follows what is one's own concern."""

import uuid

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from consultation.domain.deliberation.paces import Pace, next_mail
from consultation.domain.errors import Invalid
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment
from consultation.features.consultations.models import Consultation
from consultation.features.notifications.events import PaceChanged
from consultation.features.notifications.models import Mailbox, Subscription, Target
from consultation.features.notifications.policies import may_change, may_follow
from consultation.features.notifications.queries import last_mailed_at, latest_number, mailbox_of, subscription_to
from consultation.features.notifications.queries.followed import column_of
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import record


def follow(account: Account, target: Target, pace: Pace) -> Subscription:
    """Follow something from now on, or change how it is followed; the same again changes nothing.

    Invalid for a pace that this kind of thing does not have.
    """
    enforce(may_follow(account, _consultation_of(target)))
    if pace is Pace.RESULTS and not isinstance(target, Consultation):
        raise Invalid()
    subscription = subscription_to(account.id, target) or _begun(account, target)
    _set_pace(subscription, pace)
    if pace.is_by_mail:
        _reopen_mailbox(account)
    session.flush()
    return subscription


def stop_following(actor: Account, subscription: Subscription) -> None:
    """Follow this no longer, in the product or by mail."""
    enforce(may_change(actor, subscription))
    session.delete(subscription)
    session.flush()


def mark_read(actor: Account, subscription: Subscription) -> None:
    """Note that all that is new in this until now has been read."""
    enforce(may_change(actor, subscription))
    subscription.read_until = max(subscription.read_until, latest_number())


def mark_all_read(account: Account) -> None:
    """Note that all that is new until now has been read, in everything that the account follows."""
    session.execute(
        update(Subscription)
        .where(Subscription.account_id == account.id)
        .values(read_until=latest_number())
        .execution_options(synchronize_session=False)
    )


def forget_follower(account_id: uuid.UUID) -> None:
    """Let go of all that an account followed, and of what is known of its mailbox."""
    for table in (Subscription, Mailbox):
        session.execute(delete(table).where(table.account_id == account_id))


def _begun(account: Account, target: Target) -> Subscription:
    latest = latest_number()
    subscription = Subscription(
        id=new_public_id(),
        account_id=account.id,
        pace=Pace.PRODUCT.value,
        begun_at=clock.now(),
        read_until=latest,
        mailed_until=latest,
        **column_of(target),
    )
    try:
        with session.begin_nested():
            session.add(subscription)
    except IntegrityError:
        # The same form sent twice at once.
        if existing := subscription_to(account.id, target):
            return existing
        raise
    return subscription


def _set_pace(subscription: Subscription, pace: Pace) -> None:
    """Change the pace; mails begin with what comes from now on, and one that is due keeps its news."""
    if not subscription.is_by_mail or pace is Pace.RESULTS:
        subscription.mailed_until = latest_number()
        subscription.due_at = None
    subscription.pace = pace.value
    if not pace.is_by_mail:
        subscription.due_at = None
    elif subscription.due_at is not None:
        subscription.due_at = next_mail(pace, clock.now(), last_mailed_at(subscription.account_id), clock.PARIS)
        record(PaceChanged(subscription.id))


def _reopen_mailbox(account: Account) -> None:
    """Somebody who asks for mails is written to again, also where earlier ones were refused."""
    mailbox = mailbox_of(account.id)
    if mailbox is None:
        mailbox = session.merge(Mailbox(account_id=account.id, key=new_public_id()))
    mailbox.refused_on = None


def _consultation_of(target: Target) -> Consultation:
    if isinstance(target, Consultation):
        return target
    if isinstance(target, Comment):
        return session.get_one(Consultation, target.consultation_id)
    return session.get_one(Consultation, target.consultation_id)
