"""How many lines of a public report rest on a comment: kept for the reports feature, which alone calls this."""

from collections.abc import Sequence

from sqlalchemy import update

from consultation.features.comments.models import Comment
from consultation.infrastructure.database import session


def count_citations(comment_ids: Sequence[str], change: int) -> None:
    """Add `change` to the lines that cite each of these comments; the caller touches their recommendations."""
    session.execute(
        update(Comment)
        .where(Comment.id.in_(comment_ids))
        .values(cited=Comment.cited + change)
        .execution_options(synchronize_session=False)
    )
