"""Opinion groups as they are read, and the reactions that they are drawn from."""

import json
import uuid
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload, load_only, raiseload

from consultation.domain.colleges import College
from consultation.domain.deliberation.opinion_groups.publication import OpinionMap as Content
from consultation.domain.deliberation.opinion_groups.standing import Sheet, Standing
from consultation.domain.deliberation.opinion_groups.votes import AGREE, DISAGREE, PASS, VoteMatrix
from consultation.domain.deliberation.reactions import Reaction
from consultation.domain.errors import OpinionsAwaited
from consultation.domain.identifiers import is_slug
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment, CommentReaction, State
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import STAMPED, stamp_from
from consultation.features.opinions.models import OpinionMap, OpinionSheet
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.glimpses import Glimpse

# For so long after publication everybody can see where they stand; then reactions belong to nobody.
DAYS_UNTIL_CUT = 30
COLLEGES = tuple(college.value for college in College)
VOTES = {Reaction.AGREE: AGREE, Reaction.DISAGREE: DISAGREE, Reaction.PASS: PASS}

Key = TypeVar("Key", bound=Hashable)

_ONE = Consultation.__table__.c
_MAP = select(OpinionMap.hash).where(OpinionMap.consultation_id == _ONE.id)
_SHEET = select(func.length(OpinionSheet.content)).where(OpinionSheet.consultation_id == _ONE.id)
_THREADS = select(func.sum(Recommendation.stamp)).where(Recommendation.consultation_id == _ONE.id)
_SHOWN = [one.scalar_subquery() for one in (_MAP, _SHEET, _THREADS)]
_STAMP = Glimpse(STAMPED.add_columns(*_SHOWN).where(_ONE.slug == bindparam("slug")))


@dataclass(frozen=True)
class Published:
    """The opinion groups as they were published; `is_cut` once reactions belong to nobody."""

    content: Content
    text: str
    hash: str
    drawn_at: datetime
    is_cut: bool


@dataclass(frozen=True, eq=False)
class Reactions:
    """What everybody said of the comments that are public, and the number of each person's college."""

    comments: tuple[str, ...]
    colleges: tuple[int, ...]
    matrix: VoteMatrix


def is_drawn(consultation_id: uuid.UUID) -> bool:
    """Whether the map of a consultation is published."""
    found = select(OpinionMap.consultation_id).where(OpinionMap.consultation_id == consultation_id)
    return session.scalar(found) is not None


def is_kept(consultation_id: uuid.UUID) -> bool:
    """Whether reactions have not been cut yet, down to the last."""
    found = select(OpinionSheet.consultation_id).where(OpinionSheet.consultation_id == consultation_id)
    return session.scalar(found) is not None


def opinions_of(consultation: Consultation) -> Published:
    """The published opinion groups; OpinionsAwaited before there are any, whoever asks."""
    found = session.execute(
        select(OpinionMap, func.length(OpinionSheet.content))
        .outerjoin(OpinionSheet, OpinionSheet.consultation_id == OpinionMap.consultation_id)
        .where(OpinionMap.consultation_id == consultation.id)
    ).one_or_none()
    if found is None:
        raise OpinionsAwaited()
    row, length = found
    return Published(json.loads(row.content), row.content, row.hash, row.drawn_at, is_cut=not length)


def reactions_to_public(consultation_id: uuid.UUID) -> Reactions:
    """All reactions to comments and replies that are public, each to the text as it stands, in one statement."""
    rows = session.execute(
        _reactions_to_present_texts(consultation_id)
        .join(Account, Account.id == CommentReaction.account_id)
        .where(Comment.state == State.PUBLISHED.value)
        .add_columns(CommentReaction.account_id, Account.college)
        .order_by(CommentReaction.comment_id, CommentReaction.account_id)
    ).all()
    comments = _numbered([row.comment_id for row in rows])
    people = _numbered([row.account_id for row in rows])
    colleges = {row.account_id: COLLEGES.index(row.college) for row in rows}
    votes = ((people[row.account_id], comments[row.comment_id], VOTES[Reaction(row.kind)]) for row in rows)
    matrix = VoteMatrix.of_votes(len(people), len(comments), votes)
    return Reactions(tuple(comments), tuple(colleges[person] for person in people), matrix)


def standing_of(account: Account, consultation: Consultation) -> Standing | None:
    """Where the person stands on the map; None where they said too little, or where reactions are cut already."""
    content = session.scalar(select(OpinionSheet.content).where(OpinionSheet.consultation_id == consultation.id))
    facts = json.loads(content) if content else None
    if facts is None:
        return None
    rows = session.execute(_reactions_to_present_texts(consultation.id).where(CommentReaction.account_id == account.id))
    return Sheet.of_facts(facts).standing({row.comment_id: VOTES[Reaction(row.kind)] for row in rows})


def comments_named(comment_ids: Sequence[str]) -> dict[str, Comment]:
    """The comments of a map by their identifiers, in whatever state, with what a line about each of them shows."""
    found = session.scalars(
        select(Comment)
        .where(Comment.id.in_(comment_ids))
        .options(
            load_only(Comment.id, Comment.state, Comment.html, Comment.college, Comment.alignment, Comment.posted_on),
            joinedload(Comment.pen_name),
            joinedload(Comment.recommendation).load_only(Recommendation.number),
            raiseload("*"),
        )
    )
    return {comment.id: comment for comment in found}


def cut_day(consultation: Consultation) -> date:
    """The day on which reactions are cut from accounts."""
    return clock.day_of(consultation.published_at or clock.now()) + timedelta(days=DAYS_UNTIL_CUT)


def stamp_of_opinions(slug: str) -> Hashable | None:
    """The stamp of the page of opinion groups; None where visitors see nothing."""
    return stamp_from(_STAMP, slug=slug) if is_slug(slug) else None


def _reactions_to_present_texts(consultation_id: uuid.UUID) -> Select[str, str]:
    """Reactions to an earlier text say nothing of the one that is read now."""
    return (
        select(CommentReaction.comment_id, CommentReaction.kind)
        .join(Comment, Comment.id == CommentReaction.comment_id)
        .where(Comment.consultation_id == consultation_id, CommentReaction.revision == Comment.revision)
    )


def _numbered(keys: Sequence[Key]) -> dict[Key, int]:
    return {key: number for number, key in enumerate(dict.fromkeys(keys))}
