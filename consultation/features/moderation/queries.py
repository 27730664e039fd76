"""Notices, cases and decisions as they are read, each page in a bounded number of statements."""

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from consultation.domain.errors import Missing
from consultation.domain.identifiers import is_public_identifier
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment, State
from consultation.features.consultations.models import Consultation
from consultation.features.moderation.models import OPEN, Case, Decision, Notice
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

QUEUE_LENGTH = 50
THREAD_LENGTH = 20
FIGURES_OVER = timedelta(days=7)


@dataclass(frozen=True)
class QueueFigures:
    """How the queue stands: open cases, the oldest of them, and the decisions of the last seven days."""

    open_cases: int
    oldest: datetime | None
    decided: int
    median_delay: timedelta | None


@dataclass(frozen=True)
class QueuedCase:
    """An open case in the queue; `took_part` says that the reader wrote in its thread."""

    case: Case
    grounds: Counter[str]
    took_part: bool


@dataclass(frozen=True)
class FollowUp:
    """A notice with its case and, once there is one, the decision."""

    notice: Notice
    case: Case
    decision: Decision | None
    slug: str


def open_case_of(comment_id: str) -> Case | None:
    """The open case of a comment with the comment, locked until the end of the transaction, or None."""
    return session.scalar(
        select(Case)
        .where(Case.comment_id == comment_id, Case.state == OPEN)
        .options(joinedload(Case.comment).selectinload(Comment.sources))
        .with_for_update(of=Case)
    )


def notice_of_submission(submission: str) -> Notice | None:
    """The notice that a form sent before has made, or None."""
    return session.scalar(select(Notice).where(Notice.submission == submission))


def notice_of_account(case_id: str, account_id: uuid.UUID) -> Notice | None:
    """The notice that an account has given in a case, or None."""
    return session.scalar(select(Notice).where(Notice.case_id == case_id, Notice.account_id == account_id))


def follow_up_of(reference: str) -> FollowUp:
    """The notice that has this reference and where it stands; Missing where there is none."""
    _require_identifier(reference)
    found = session.execute(
        select(Notice, Case, Decision, Consultation.slug)
        .join(Case, Case.id == Notice.case_id)
        .join(Consultation, Consultation.id == Case.consultation_id)
        .outerjoin(Decision, Decision.case_id == Case.id)
        .where(Notice.id == reference)
    ).one_or_none()
    if found is None:
        raise Missing(notice=reference)
    return FollowUp(*found)


def notices_of(case_id: str) -> list[Notice]:
    """All the notices of a case, the oldest first."""
    return list(session.scalars(select(Notice).where(Notice.case_id == case_id).order_by(Notice.created_at, Notice.id)))


def case_of(consultation: Consultation, case_id: str) -> Case:
    """A case of this consultation in whatever state, with its comment and sources; Missing where there is none."""
    _require_identifier(case_id)
    case = session.scalar(
        _cases()
        .where(Case.id == case_id, Case.consultation_id == consultation.id)
        .options(joinedload(Case.comment).selectinload(Comment.sources))
    )
    if case is None:
        raise Missing(case=case_id)
    return case


def addressed_notices(case_id: str, notice_id: str | None = None) -> list[tuple[Notice, str]]:
    """The notices of a case (or one of them) whose givers can be written to, each with the address."""
    address = func.coalesce(Account.address, Notice.contact)
    asked = Notice.case_id == case_id if notice_id is None else Notice.id == notice_id
    rows = session.execute(
        select(Notice, address)
        .outerjoin(Account, Account.id == Notice.account_id)
        .where(asked, address.is_not(None))
        .order_by(Notice.created_at, Notice.id)
    )
    return [(notice, to) for notice, to in rows]


def decision_of_case(case_id: str) -> Decision | None:
    """The decision that closed a case, or None."""
    return session.scalar(select(Decision).where(Decision.case_id == case_id))


def decision_by_id(decision_id: str) -> Decision:
    """A decision with its comment and the recommendation; Missing where there is none."""
    _require_identifier(decision_id)
    decision = session.scalar(
        select(Decision)
        .where(Decision.id == decision_id)
        .options(joinedload(Decision.comment).joinedload(Comment.recommendation), joinedload(Decision.case))
    )
    if decision is None:
        raise Missing(decision=decision_id)
    return decision


def open_counts(consultation_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many cases are open, by consultation; those without any are absent."""
    rows = session.execute(
        select(Case.consultation_id, func.count().label("open_cases"))
        .where(Case.state == OPEN, Case.consultation_id.in_(consultation_ids))
        .group_by(Case.consultation_id)
    )
    return {row.consultation_id: row.open_cases for row in rows}


def figures_of(consultation_id: uuid.UUID) -> QueueFigures:
    """How the queue of a consultation stands now; delays run from the first notice to the decision."""
    open_cases, oldest = session.execute(
        select(func.count(), func.min(Case.opened_at)).where(
            Case.consultation_id == consultation_id, Case.state == OPEN
        )
    ).one()
    closed = session.execute(
        select(Case.opened_at, Decision.decided_at)
        .join(Decision, Decision.case_id == Case.id)
        .where(Case.consultation_id == consultation_id, Decision.decided_at >= clock.now() - FIGURES_OVER)
    ).all()
    delays = [(decided_at - opened_at).total_seconds() for opened_at, decided_at in closed]
    return QueueFigures(open_cases, oldest, len(closed), timedelta(seconds=median(delays)) if delays else None)


def queue_of(consultation_id: uuid.UUID, reader_id: uuid.UUID) -> list[QueuedCase]:
    """The first fifty open cases in their order: danger to life first, then the oldest notice."""
    cases = session.scalars(
        _cases()
        .where(Case.consultation_id == consultation_id, Case.state == OPEN)
        .order_by(Case.is_urgent.desc(), Case.opened_at, Case.id)
        .limit(QUEUE_LENGTH)
    ).all()
    grounds = _grounds_of([case.id for case in cases])
    joined = _threads_joined(reader_id, {_root_of(case.comment) for case in cases})
    return [QueuedCase(case, grounds.get(case.id, Counter()), _root_of(case.comment) in joined) for case in cases]


def thread_around(comment: Comment) -> Sequence[Comment]:
    """The comment that a thread stands under and its first twenty replies, this comment among them."""
    root_id = _root_of(comment)
    return session.scalars(
        select(Comment)
        .where(or_(Comment.id == root_id, Comment.parent_id == root_id), Comment.state != State.HELD.value)
        .order_by(Comment.parent_id.is_not(None), Comment.posted_on, Comment.id)
        .limit(THREAD_LENGTH + 1)
    ).all()


def _require_identifier(text: str) -> None:
    if not is_public_identifier(text):
        raise Missing(identifier=text)


def _cases() -> Select[Case]:
    return select(Case).options(joinedload(Case.comment).joinedload(Comment.recommendation))


def _grounds_of(case_ids: Sequence[str]) -> dict[str, Counter[str]]:
    rows = session.execute(
        select(Notice.case_id, Notice.ground, func.count())
        .where(Notice.case_id.in_(case_ids))
        .group_by(Notice.case_id, Notice.ground)
    )
    found: dict[str, Counter[str]] = {}
    for case_id, ground, count in rows:
        found.setdefault(case_id, Counter())[ground] = count
    return found


def _threads_joined(account_id: uuid.UUID, root_ids: Collection[str]) -> set[str]:
    root_of_row = func.coalesce(Comment.parent_id, Comment.id)
    rows = session.scalars(
        select(root_of_row)
        .where(Comment.author_id == account_id, or_(Comment.id.in_(root_ids), Comment.parent_id.in_(root_ids)))
        .distinct()
    )
    return set(rows)


def _root_of(comment: Comment) -> str:
    return comment.parent_id or comment.id
