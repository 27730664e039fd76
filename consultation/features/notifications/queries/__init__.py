"""What is followed, what is new in it, and what feeds hold."""

from consultation.features.notifications.queries.feeds import FEED_LENGTH, Issued, latest_of
from consultation.features.notifications.queries.followed import (
    Followed,
    followed_by,
    last_mailed_at,
    mailbox_of,
    mailbox_of_key,
    subscription_by_id,
    subscription_to,
)
from consultation.features.notifications.queries.fresh import CAP, Fresh, fresh_for, latest_number, unread_count
from consultation.features.notifications.queries.told import Told, told_of

__all__ = [
    "CAP",
    "FEED_LENGTH",
    "Followed",
    "Fresh",
    "Issued",
    "Told",
    "followed_by",
    "fresh_for",
    "last_mailed_at",
    "latest_number",
    "latest_of",
    "mailbox_of",
    "mailbox_of_key",
    "subscription_by_id",
    "subscription_to",
    "told_of",
    "unread_count",
]
