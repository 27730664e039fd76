"""One comment at a time: whoever changes it waits for whoever changes it already."""

from sqlalchemy.exc import InvalidRequestError

from consultation.domain.errors import Missing
from consultation.features.comments.models import Comment
from consultation.infrastructure.database import session

_CHANGING = (
    "agrees",
    "alignment",
    "body",
    "cited",
    "closed_through",
    "disagrees",
    "earlier",
    "edited_on",
    "passes",
    "replies",
    "revision",
    "sources",
    "state",
)


def lock(comment: Comment) -> None:
    """Read a comment again as it is, and let nobody else change it before the end of the transaction.

    Replies may still come under it: they need its row to stay, not to stay as it is. Missing where it is gone: a held
    comment leaves nothing.
    """
    try:
        session.refresh(comment, _CHANGING, with_for_update={"key_share": True})
    except InvalidRequestError as error:
        raise Missing(comment=comment.id) from error
