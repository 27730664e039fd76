"""Mails about what is followed: put into the outbox by identifiers, composed only when they leave."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import func, select

from consultation.domain.deliberation.paces import Pace
from consultation.features.accounts.models import Account
from consultation.features.accounts.queries import account_by_address
from consultation.features.notifications.models import Mailbox, Subscription
from consultation.features.notifications.policies import may_be_written_to
from consultation.features.notifications.queries import latest_number
from consultation.infrastructure import clock, mail
from consultation.infrastructure.database import is_postgresql, new_public_id, session

WRITER = "following"
BATCH = 200
_LOCK = int.from_bytes(b"postroom", signed=True)


def write_due_mails() -> bool:
    """Write one mail for each person and pace of the next BATCH subscriptions whose mail is due; True if more are.

    What is written names numbers of news, never their words: those are read when the mail is delivered.
    """
    if is_postgresql():
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    due = session.execute(
        select(Subscription, Account, Mailbox)
        .join(Account, Account.id == Subscription.account_id)
        .outerjoin(Mailbox, Mailbox.account_id == Subscription.account_id)
        .where(Subscription.due_at <= clock.now())
        .order_by(Subscription.account_id, Subscription.pace, Subscription.id)
        .limit(BATCH)
    ).all()
    latest = latest_number()
    for (account, mailbox, pace), rows in groupby(_whole(due), key=lambda row: (row[1], row[2], row[0].pace)):
        subscriptions = [row[0] for row in rows]
        if may_be_written_to(account) and not (mailbox and mailbox.refused_on):
            _write(account, Pace(pace), subscriptions, latest)
        _note_written(subscriptions, latest)
    session.flush()
    return len(due) == BATCH


def _whole(due: Sequence[Any]) -> Sequence[Any]:
    """A batch without the last person in it where it is full: the rest of theirs may lie beyond."""
    if len(due) < BATCH or due[0][1] is due[-1][1]:
        return due
    return [row for row in due if row[1] is not due[-1][1]]


def note_refusal(mail_id: str) -> None:
    """Note that the address of a mail is refused for good: what its account follows is told in the product alone."""
    account = account_by_address(mail.recipient_of(mail_id))
    if account is not None:
        mailbox = session.get(Mailbox, account.id) or Mailbox(account_id=account.id, key=new_public_id())
        mailbox.refused_on = clock.today()
        session.add(mailbox)


def _write(account: Account, pace: Pace, subscriptions: Sequence[Subscription], latest: int) -> None:
    stretches = [(one.id, one.mailed_until, latest) for one in subscriptions]
    mail.write_later(
        account.address or "",
        account.language,
        WRITER,
        account_id=str(account.id),
        pace=pace.value,
        stretches=stretches,
    )


def _note_written(subscriptions: Iterable[Subscription], latest: int) -> None:
    for one in subscriptions:
        one.mailed_until, one.mailed_at, one.due_at = latest, clock.now(), None
