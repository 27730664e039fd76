"""The links that end mails: signed, without session, naming nobody (RFC 8058)."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from consultation.domain.deliberation.paces import Pace
from consultation.domain.errors import TokenInvalid
from consultation.features.notifications.models import Subscription
from consultation.features.notifications.queries import mailbox_of_key
from consultation.infrastructure.database import session
from consultation.infrastructure.tokens import signer

_PURPOSE = "unsubscribe"
_TEN_YEARS = 10 * 366 * 24 * 3600  # old mails are kept long, and their link can do no harm
_ONE, _ALL = "one", "all"


@dataclass(frozen=True)
class Mails:
    """The mails that a link ends: those of one thing followed, or all with one pace; whether any still comes."""

    pace: Pace | None
    subscriptions: tuple[Subscription, ...]

    @property
    def still_come(self) -> bool:
        """Whether there is anything left to stop."""
        return bool(self.subscriptions)


def token_for_one(subscription: Subscription) -> str:
    """What ends the mails about one thing; it dies with the subscription."""
    return signer().sign(_PURPOSE, _ONE, subscription.id)


def token_for_all(key: str, pace: Pace) -> str:
    """What ends all mails with this pace to the mailbox of this key."""
    return signer().sign(_PURPOSE, _ALL, key, pace.value)


def mails_named_by(token: str) -> Mails:
    """The mails that a link ends; TokenInvalid where it is not ours or what it named is gone."""
    parts = signer().read(_PURPOSE, token, max_age=_TEN_YEARS)
    if parts[0] == _ONE:
        return _of_one(parts[1])
    mailbox = mailbox_of_key(parts[1])
    if mailbox is None:
        raise TokenInvalid
    pace = Pace(parts[2])
    return Mails(pace, _all(select(Subscription).filter_by(account_id=mailbox.account_id, pace=pace.value)))


def stop_mails(token: str) -> Mails:
    """End the mails that a link names, once or twice; what they were about stays followed in the product."""
    mails = mails_named_by(token)
    for subscription in mails.subscriptions:
        subscription.due_at = None
        subscription.pace = Pace.PRODUCT.value
    session.flush()
    return mails


def _of_one(subscription_id: str) -> Mails:
    found = session.get(Subscription, subscription_id)
    if found is None:
        raise TokenInvalid
    return Mails(None, (found,) if found.is_by_mail else ())


def _all(found: Select[Subscription]) -> tuple[Subscription, ...]:
    return tuple(session.scalars(found.order_by(Subscription.id)))
