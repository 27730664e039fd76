"""What moderation does when something happens elsewhere."""

from consultation.features.accounts.events import AccountErased
from consultation.features.comments.events import CommentWithdrawn
from consultation.features.moderation.services import forget_person, lapse_case


def lapse_case_of_withdrawn_comment(event: CommentWithdrawn) -> None:
    """Nobody judges what its author has taken back."""
    lapse_case(event.comment_id)


def forget_erased(event: AccountErased) -> None:
    """Neither who gave notice nor who decided is kept of somebody who leaves."""
    forget_person(event.account_id)
