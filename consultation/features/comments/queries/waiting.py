"""Comments that are not public yet, for those who may see them: their authors, and moderators asked for a reading."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.argument import Argument
from consultation.domain.errors import AlreadyRead, Missing
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment, ReturnedComment, State, WaitingComment, WaitingCount
from consultation.features.comments.models.drafts import Draft, Visitor, sources_from, unpacked
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock
from consultation.infrastructure.boxes import BoxBroken
from consultation.infrastructure.database import session


@dataclass(frozen=True)
class WaitingFigures:
    """What became of the comments that were written in a consultation without an account."""

    kept: int = 0
    published: int = 0
    dropped: int = 0
    waiting: int = 0

    @property
    def lapsed(self) -> int:
        """Those that nobody ever confirmed, and that are gone."""
        return self.kept - self.published - self.dropped - self.waiting


def waiting_of(visitor: Visitor, consultation: Consultation) -> list[Draft]:
    """What waits in this browser for this consultation, the first to be let go first."""
    rows = session.scalars(
        select(WaitingComment)
        .where(
            WaitingComment.slot == visitor.slot,
            WaitingComment.consultation_id == consultation.id,
            WaitingComment.kept_until > clock.now(),
        )
        .order_by(WaitingComment.kept_until, WaitingComment.id)
    )
    return [draft for row in rows if (draft := _opened(visitor, row))]


def returned_to(author: Account, consultation: Consultation) -> list[Draft]:
    """What readings have returned to this author in this consultation."""
    rows = session.scalars(
        select(ReturnedComment)
        .where(
            ReturnedComment.account_id == author.id,
            ReturnedComment.consultation_id == consultation.id,
            ReturnedComment.kept_until > clock.now(),
        )
        .order_by(ReturnedComment.kept_until, ReturnedComment.id)
    )
    return [_of_returned(row) for row in rows]


def returned_by_id(returned_id: str) -> ReturnedComment:
    """A returned comment with the recommendation that it is about."""
    with_recommendation = select(ReturnedComment).options(joinedload(ReturnedComment.recommendation))
    return session.scalars(with_recommendation.where(ReturnedComment.id == returned_id)).one()


def drafts_of(actor: Account | None, visitor: Visitor | None, consultation: Consultation) -> list[Draft]:
    """All that waits for an act of whoever is here: what this browser keeps, and what was returned to the account."""
    kept = waiting_of(visitor, consultation) if visitor else []
    return kept + (returned_to(actor, consultation) if actor else [])


def draft_by_id(actor: Account | None, visitor: Visitor | None, consultation: Consultation, draft_id: str) -> Draft:
    """One of them; Missing where it is none of theirs."""
    for draft in drafts_of(actor, visitor, consultation):
        if draft.id == draft_id:
            return draft
    raise Missing(draft=draft_id)


def held_of(author: Account, consultation: Consultation) -> Sequence[Comment]:
    """The comments of this author for which a reading is asked, the first to be public first."""
    return _held(Comment.author_id == author.id, Comment.consultation_id == consultation.id)


def held_in(consultation_id: uuid.UUID) -> Sequence[Comment]:
    """The comments for which a reading is asked in a consultation, the first to be public first."""
    return _held(Comment.consultation_id == consultation_id)


def held_comment(consultation: Consultation, comment_id: str) -> Comment:
    """One of them; AlreadyRead once it is held no longer, or gone."""
    found = session.scalar(
        select(Comment)
        .where(Comment.id == comment_id, Comment.consultation_id == consultation.id)
        .options(joinedload(Comment.recommendation), selectinload(Comment.sources))
    )
    if found is None or found.state != State.HELD:
        raise AlreadyRead()
    return found


def held_counts(consultation_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many readings are asked for in each of these consultations; those without any are left out."""
    counts = (
        select(Comment.consultation_id, func.count())
        .where(Comment.consultation_id.in_(consultation_ids), Comment.state == State.HELD.value)
        .group_by(Comment.consultation_id)
    )
    return dict(session.execute(counts).all())


def waiting_figures(consultation: Consultation) -> WaitingFigures:
    """The figures of a consultation, as of this moment."""
    waiting = select(func.count()).where(
        WaitingComment.consultation_id == consultation.id, WaitingComment.kept_until > clock.now()
    )
    counts = select(WaitingCount.kept, WaitingCount.published, WaitingCount.dropped, waiting.scalar_subquery()).where(
        WaitingCount.consultation_id == consultation.id
    )
    found = session.execute(counts).one_or_none()
    return WaitingFigures(*found) if found else WaitingFigures()


def _held(*conditions: object) -> Sequence[Comment]:
    held = (
        select(Comment)
        .where(Comment.state == State.HELD.value, *conditions)  # type: ignore[arg-type]
        .options(joinedload(Comment.recommendation), selectinload(Comment.sources))
        .order_by(Comment.held_until, Comment.id)
    )
    return session.scalars(held).all()


def _opened(visitor: Visitor, row: WaitingComment) -> Draft | None:
    """What a box holds; nothing where it was put there by other means than ours."""
    try:
        return unpacked(row.id, visitor.unsealed(row.id, row.box), row.kept_until)
    except BoxBroken:
        return None


def _of_returned(row: ReturnedComment) -> Draft:
    argument = Argument(Alignment(row.alignment), row.body, sources_from(json.loads(row.sources)), row.id + "-returned")
    return Draft(row.id, row.recommendation_id, row.replies_to, argument, row.kept_until, row.advice)
