"""What is done around following: begun, changed, stopped, read, told, and written of by mail."""

from consultation.features.notifications.services.following import (
    follow,
    forget_follower,
    mark_all_read,
    mark_read,
    stop_following,
)
from consultation.features.notifications.services.mailing import note_refusal, write_due_mails
from consultation.features.notifications.services.news import (
    add_news_of_comment,
    add_step,
    forget_answer,
    forget_old_notices,
    reissue,
)
from consultation.features.notifications.services.spreading import set_mails, spread
from consultation.features.notifications.services.unsubscribing import (
    mails_named_by,
    stop_mails,
    token_for_all,
    token_for_one,
)

__all__ = [
    "add_news_of_comment",
    "add_step",
    "follow",
    "forget_answer",
    "forget_follower",
    "forget_old_notices",
    "mails_named_by",
    "mark_all_read",
    "mark_read",
    "note_refusal",
    "reissue",
    "set_mails",
    "spread",
    "stop_following",
    "stop_mails",
    "token_for_all",
    "token_for_one",
    "write_due_mails",
]
