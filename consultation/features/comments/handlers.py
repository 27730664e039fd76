"""What becomes of comments in time, and of those of somebody who leaves."""

from consultation.domain.deliberation.waiting import KEPT_FOR_AUTHORS, KEPT_FOR_VISITORS
from consultation.features.accounts.events import AccountErased, CommentsGivenUp
from consultation.features.accounts.queries import account_by_id
from consultation.features.comments.events import CommentHeld, CommentKept, CommentReturned, CommentWithdrawn
from consultation.features.comments.jobs import let_overdue_go, release_held
from consultation.features.comments.queries import comment_by_id
from consultation.features.comments.queries.waiting import returned_by_id
from consultation.features.comments.services import erase_answer, forget_held, forget_names, withdraw_all_comments
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock, mail
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import enqueue
from consultation.infrastructure.web.urls import external_url


def withdraw_given_up(event: CommentsGivenUp) -> None:
    """Take back every comment, where whoever leaves has asked for it."""
    author = account_by_id(event.account_id)
    if author is not None:
        withdraw_all_comments(author)


def forget_names_of_erased(event: AccountErased) -> None:
    """Leave the comments that stay without a name; what was not public yet goes."""
    forget_held(event.account_id)
    forget_names(event.account_id)


def erase_answer_of_withdrawn(event: CommentWithdrawn) -> None:
    """Erase what the organiser answered to a comment that its author took back."""
    erase_answer(event.comment_id)


def release_in_time(event: CommentHeld) -> None:
    """Make a held comment public by itself once the time for its reading is over."""
    comment = comment_by_id(event.comment_id)
    enqueue(release_held, due_at=comment.held_until, comment_id=comment.id)


def let_go_in_time(_event: CommentKept) -> None:
    """Delete what waits in a browser once it has waited for as long as it may."""
    enqueue(let_overdue_go, due_at=clock.now() + KEPT_FOR_VISITORS)


def tell_of_return(event: CommentReturned) -> None:
    """Tell the author why a reading returned a comment, and where it waits."""
    enqueue(let_overdue_go, due_at=clock.now() + KEPT_FOR_AUTHORS)
    returned = returned_by_id(event.returned_id)
    author = account_by_id(returned.account_id)
    if author is None or author.address is None:
        return
    consultation = session.get_one(Consultation, returned.consultation_id)
    mail.write(
        author.address,
        "comment_returned",
        author.language,
        number=returned.recommendation.number,
        advice=returned.advice,
        url=external_url("comments.finish", author.language, slug=consultation.slug, draft_id=returned.id),
        until=returned.kept_until,
    )
