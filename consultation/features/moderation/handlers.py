"""What moderation does when something happens elsewhere."""

from consultation.features.comments.events import CommentWithdrawn
from consultation.features.moderation.services import lapse_case


def lapse_case_of_withdrawn_comment(event: CommentWithdrawn) -> None:
    """Nobody judges what its author has taken back."""
    lapse_case(event.comment_id)
