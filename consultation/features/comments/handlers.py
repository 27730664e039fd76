"""What becomes of the comments of somebody who leaves."""

from consultation.features.accounts.events import AccountErased, CommentsGivenUp
from consultation.features.accounts.queries import account_by_id
from consultation.features.comments.services import forget_names, withdraw_all_comments


def withdraw_given_up(event: CommentsGivenUp) -> None:
    """Take back every comment, where whoever leaves has asked for it."""
    author = account_by_id(event.account_id)
    if author is not None:
        withdraw_all_comments(author)


def forget_names_of_erased(event: AccountErased) -> None:
    """Leave the comments that stay without a name."""
    forget_names(event.account_id)
