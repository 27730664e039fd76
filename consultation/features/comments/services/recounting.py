"""Kept counts held against what they count, and put right."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, update
from sqlalchemy.orm import aliased

from consultation.domain.colleges import College
from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.reactions import Reaction, divided_score, shared_score
from consultation.features.comments.models import Comment, CommentReaction, CutReactions, State
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.services import touch
from consultation.infrastructure.database import session

BATCH = 1000
_COUNTERS = {"agrees": Reaction.AGREE, "disagrees": Reaction.DISAGREE, "passes": Reaction.PASS}
_KEPT = (*_COUNTERS, "earlier", "replies", "score", "divided")

Values = Mapping[str, float]


@dataclass(frozen=True)
class Difference:
    """A count that is not what it should be: of a comment, or of the comments of a recommendation."""

    table: str
    row_id: str
    counter: str
    kept: float
    counted: float


@dataclass(frozen=True)
class Batch:
    """Comments that were counted again; `last` is where the next ones begin after."""

    last: str
    length: int
    differences: Sequence[Difference]


def comments_to_recount(consultation_id: uuid.UUID) -> int:
    """How many comments a consultation has, in whatever state."""
    return session.scalar(select(func.count()).where(Comment.consultation_id == consultation_id)) or 0


def recounted_comments(consultation_id: uuid.UUID, after: str, *, repair: bool) -> Batch | None:
    """Count again for up to a thousand comments; None where there are no more."""
    beyond = (Comment.consultation_id == consultation_id, Comment.id > after)
    rows = session.execute(_counted().where(*beyond).order_by(Comment.id).limit(BATCH)).all()
    if not rows:
        return None
    differences = [one for row in rows for one in _differences(row)]
    if differences and repair:
        differences = _repaired(sorted({one.row_id for one in differences}))
    return Batch(rows[-1].id, len(rows), differences)


def recounted_recommendation(recommendation_id: str, *, repair: bool) -> list[Difference]:
    """Count the public comments of a recommendation again, by college and alignment."""
    one = select(Recommendation).where(Recommendation.id == recommendation_id).with_for_update(key_share=True)
    recommendation = session.scalars(one.execution_options(populate_existing=True)).one()
    counted = _public_comments(recommendation_id)
    differences = [
        Difference("recommendation", recommendation_id, name, getattr(recommendation, name), number)
        for name, number in counted.items()
        if getattr(recommendation, name) != number
    ]
    if differences and repair:
        session.execute(update(Recommendation).where(Recommendation.id == recommendation_id).values(counted))
    return differences


def _public_comments(recommendation_id: str) -> dict[str, int]:
    rows = session.execute(
        select(Comment.college, Comment.alignment, func.count().label("number"))
        .where(Comment.recommendation_id == recommendation_id, Comment.state == State.PUBLISHED.value)
        .group_by(Comment.college, Comment.alignment)
    )
    counts = {f"{college.value}_{alignment.value}": 0 for college in College for alignment in Alignment}
    return counts | {f"{row.college}_{row.alignment}": row.number for row in rows}


def _repaired(comment_ids: Sequence[str]) -> list[Difference]:
    """Whoever reacts or replies meanwhile waits, and adds to the right count."""
    these = Comment.id.in_(comment_ids)
    session.execute(select(Comment.id).where(these).order_by(Comment.id).with_for_update(key_share=True))
    rows = [row for row in session.execute(_counted().where(these)).all() if any(_differences(row))]
    change = update(Comment).execution_options(synchronize_session=False)
    for row in rows:
        session.execute(change.where(Comment.id == row.id).values(_values(row)))
    for recommendation_id in sorted({row.recommendation_id for row in rows}):
        touch(recommendation_id)
    session.expire_all()
    return [one for row in rows for one in _differences(row)]


def _differences(row: Row[Any]) -> Iterator[Difference]:
    for name, value in _values(row).items():
        if getattr(row, name) != value:
            yield Difference("comment", row.id, name, getattr(row, name), value)


def _values(row: Row[Any]) -> Values:
    """What the counters of a comment should say."""
    agrees, disagrees = row.true_agrees, row.true_disagrees
    counted = {name: getattr(row, f"true_{name}") for name in (*_COUNTERS, "earlier", "replies")}
    return counted | {"score": shared_score(agrees, disagrees), "divided": divided_score(agrees, disagrees)}


def _counted() -> Select[Any]:
    """The counters of comments as they are kept, and as the database counts them now."""
    reply = aliased(Comment)
    replies = select(func.count()).where(reply.parent_id == Comment.id, reply.state != State.HELD.value)
    counted = {name: _given(lambda one, kind=kind: one.kind == kind.value) for name, kind in _COUNTERS.items()}
    counted["earlier"] = _given(lambda one: one.revision < Comment.revision)
    counted["replies"] = replies.correlate(Comment).scalar_subquery()
    return select(
        Comment.id,
        Comment.recommendation_id,
        *(getattr(Comment, name) for name in _KEPT),
        *(expression.label(f"true_{name}") for name, expression in counted.items()),
    )


def _given(which: Any) -> ColumnElement[int]:
    """The number of reactions to a comment of a certain kind: those that are somebody's, and those that were."""
    somebodys = select(func.count()).where(CommentReaction.comment_id == Comment.id, which(CommentReaction))
    nobodys = select(func.coalesce(func.sum(CutReactions.number), 0)).where(
        CutReactions.comment_id == Comment.id, which(CutReactions)
    )
    return somebodys.correlate(Comment).scalar_subquery() + nobodys.correlate(Comment).scalar_subquery()
