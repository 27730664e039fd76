"""What is written before there is an account to write it: kept for its browser, dropped, or let go in time."""

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from consultation.domain.deliberation.argument import Argument
from consultation.domain.deliberation.waiting import KEPT_FOR_VISITORS, WAITING_MAXIMUM
from consultation.domain.errors import TooManyWaiting
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.comments.events import CommentKept
from consultation.features.comments.models import ReturnedComment, WaitingComment, WaitingCount
from consultation.features.comments.models.drafts import Visitor, packed
from consultation.features.comments.policies import may_prepare
from consultation.features.comments.queries.waiting import waiting_of
from consultation.features.comments.services.accepting import accepted_text, rows_of
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import record


def keep_comment(
    visitor: Visitor, recommendation: Recommendation, argument: Argument, replies_to: str | None = None
) -> WaitingComment:
    """Let a comment wait in this browser for seven days; the same submission again is kept in the place of the first.

    TooManyWaiting where twenty do already.
    """
    consultation = session.get_one(Consultation, recommendation.consultation_id)
    enforce(may_prepare(consultation))
    accepted_text(argument.body)
    rows_of(argument.sources)
    row = _row_for(visitor, consultation, argument.submission)
    is_new = row.kept_until is None
    row.box = visitor.seal(row.id, packed(recommendation.id, replies_to, argument))
    row.kept_until = clock.now() + KEPT_FOR_VISITORS
    session.add(row)
    session.flush()
    if is_new:
        _count(WaitingCount.kept, consultation)
    record(CommentKept(row.id))
    return row


def drop_draft(actor: Account | None, visitor: Visitor | None, consultation: Consultation, draft_id: str) -> None:
    """Let go of one's own waiting or returned comment; of what is gone already there is nothing to say."""
    _let_go(WaitingCount.dropped, actor, visitor, consultation, draft_id)


def finish_draft(actor: Account | None, visitor: Visitor | None, consultation: Consultation, draft_id: str) -> None:
    """Let go of what its author has just made a comment of."""
    _let_go(WaitingCount.published, actor, visitor, consultation, draft_id)


def let_overdue_go() -> int:
    """Delete all that has waited for too long; how many comments there were."""
    overdue: tuple[tuple[type[WaitingComment | ReturnedComment], ColumnElement[bool]], ...] = (
        (WaitingComment, WaitingComment.kept_until <= clock.now()),
        (ReturnedComment, ReturnedComment.kept_until <= clock.now()),
    )
    return sum(len(session.execute(delete(row).where(late).returning(row.id)).all()) for row, late in overdue)


def _let_go(
    outcome: InstrumentedAttribute[int],
    actor: Account | None,
    visitor: Visitor | None,
    consultation: Consultation,
    draft_id: str,
) -> None:
    if visitor:
        waiting = (WaitingComment.slot == visitor.slot, WaitingComment.consultation_id == consultation.id)
        gone = delete(WaitingComment).where(WaitingComment.id == draft_id, *waiting).returning(WaitingComment.id)
        if session.execute(gone).first():
            _count(outcome, consultation)
    if actor:
        mine = (ReturnedComment.account_id == actor.id, ReturnedComment.consultation_id == consultation.id)
        session.execute(delete(ReturnedComment).where(ReturnedComment.id == draft_id, *mine))


def _count(figure: InstrumentedAttribute[int], consultation: Consultation) -> None:
    """One more, in the database; the row of a consultation is there from its first comment on."""
    counted = update(WaitingCount).where(WaitingCount.consultation_id == consultation.id).values({figure: figure + 1})
    counted = counted.returning(WaitingCount.consultation_id).execution_options(synchronize_session=False)
    if session.execute(counted).first():
        return
    try:
        with session.begin_nested():
            session.add(WaitingCount(consultation_id=consultation.id, **{figure.key: 1}))
    except IntegrityError:  # the first two comments at once
        session.execute(counted)


def _row_for(visitor: Visitor, consultation: Consultation, submission: str) -> WaitingComment:
    for draft in waiting_of(visitor, consultation):
        if draft.argument.submission == submission:
            return session.get_one(WaitingComment, draft.id)
    count = select(func.count()).select_from(WaitingComment).where(WaitingComment.slot == visitor.slot)
    if (session.scalar(count) or 0) >= WAITING_MAXIMUM:
        raise TooManyWaiting()
    return WaitingComment(id=new_public_id(), consultation_id=consultation.id, slot=visitor.slot)
