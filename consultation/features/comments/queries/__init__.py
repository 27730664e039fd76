"""Comments as they are read: pages of a thread, one comment, and where it stands."""

from consultation.features.comments.queries.answers import answer_of, former_answers_of, unanswered_page
from consultation.features.comments.queries.history import history_of
from consultation.features.comments.queries.one import (
    comment_by_id,
    comment_of_submission,
    pen_name_of,
    reactions_of,
    wrote_in_thread,
)
from consultation.features.comments.queries.orders import Order, usual_order
from consultation.features.comments.queries.places import (
    cursor_before,
    cursor_before_reply,
    stands_among_first_replies,
)
from consultation.features.comments.queries.threads import (
    PAGE_LENGTH,
    REPLIES_SHOWN,
    Branch,
    replies_page,
    thread_page,
)

__all__ = [
    "PAGE_LENGTH",
    "REPLIES_SHOWN",
    "Branch",
    "Order",
    "answer_of",
    "comment_by_id",
    "comment_of_submission",
    "cursor_before",
    "cursor_before_reply",
    "former_answers_of",
    "history_of",
    "pen_name_of",
    "reactions_of",
    "replies_page",
    "stands_among_first_replies",
    "thread_page",
    "unanswered_page",
    "usual_order",
    "wrote_in_thread",
]
