"""What moderation does when something happens elsewhere."""

from consultation.features.accounts.events import AccountErased
from consultation.features.comments.events import CommentEdited, CommentWithdrawn
from consultation.features.moderation.services import forget_judged_text, forget_person, lapse_case, renew_case


def lapse_case_of_withdrawn_comment(event: CommentWithdrawn) -> None:
    """Nobody judges what its author has taken back, and nothing of it is kept."""
    lapse_case(event.comment_id)
    forget_judged_text(event.comment_id)


def renew_case_of_edited_comment(event: CommentEdited) -> None:
    """Nobody judges a text that they have not read."""
    renew_case(event.comment_id)


def forget_erased(event: AccountErased) -> None:
    """Neither who gave notice nor who decided is kept of somebody who leaves."""
    forget_person(event.account_id)
