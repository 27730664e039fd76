"""What there is to find, and what the page of results says beside what was found."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from consultation.domain.errors import Missing
from consultation.domain.identifiers import is_public_identifier
from consultation.domain.phases import Phase
from consultation.features.comments.models import Comment, OfficialReply, State
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Outcome, Recommendation
from consultation.features.reports.models import ReportLine
from consultation.infrastructure.database import session
from consultation.infrastructure.search import SearchEntry

_IS_READABLE = Consultation.phase != Phase.DRAFT.value


@dataclass(frozen=True)
class Written:
    """What somebody wrote in public, with the organiser's answer where there is one."""

    id: str
    consultation_id: uuid.UUID
    recommendation_id: str
    college: str
    alignment: str
    html: str
    day: date
    language: str
    answer: str | None
    answered_on: date | None


def consultations_to_index() -> Sequence[Consultation]:
    """Every consultation that has opened."""
    return session.scalars(select(Consultation).where(_IS_READABLE).order_by(Consultation.id)).all()


def outcomes_to_index(consultation_id: uuid.UUID, recommendation_id: str | None = None) -> Sequence[Outcome]:
    """What became of the recommendations of a consultation, or of one of them, as far as it was said."""
    outcomes = (
        select(Outcome)
        .join(Recommendation, Recommendation.id == Outcome.recommendation_id)
        .where(Recommendation.consultation_id == consultation_id)
        .order_by(Outcome.recommendation_id)
    )
    if recommendation_id is not None:
        outcomes = outcomes.where(Outcome.recommendation_id == recommendation_id)
    return session.scalars(outcomes).all()


def lines_to_index(consultation: Consultation) -> Sequence[ReportLine]:
    """The lines that all may read of a report: none before it is public, and none that was withdrawn."""
    if consultation.report_published_on is None:
        return []
    standing = ReportLine.withdrawn_on.is_(None)
    lines = select(ReportLine).where(ReportLine.consultation_id == consultation.id, standing)
    return session.scalars(lines.order_by(ReportLine.id)).all()


def comment_to_index(comment_id: str) -> Written | None:
    """A comment that all may read now, or None; nobody takes it out of sight before this transaction ends."""
    its = _written().where(Comment.id == comment_id)
    # Replies may still come under it: they need its row to stay, not to stay as it is.
    found = session.execute(its.with_for_update(of=Comment, key_share=True)).one_or_none()
    return Written(*found) if found else None


def comments_to_index(after: str, limit: int) -> list[Written]:
    """The comments that all may read now, by identifier, from the first after this one on; see comment_to_index."""
    following = _written().where(Comment.id > after).order_by(Comment.id).limit(limit)
    return [Written(*row) for row in session.execute(following.with_for_update(of=Comment, key_share=True))]


def entries_left_over(kind: str, after: str, last: str | None) -> list[str]:
    """Of what is entered between two identifiers, the comments that are not public (of replies: not given) now."""
    is_public = _written().with_only_columns(Comment.id).where(Comment.id == SearchEntry.object_id)
    if kind == "reply":
        is_public = is_public.where(OfficialReply.comment_id.is_not(None))
    between = SearchEntry.object_id > after
    if last is not None:
        between &= SearchEntry.object_id <= last
    return list(
        session.scalars(select(SearchEntry.object_id).where(SearchEntry.kind == kind, between, ~is_public.exists()))
    )


def comment_count() -> int:
    """How many comments all may read now."""
    return session.scalar(_written().with_only_columns(func.count(), maintain_column_froms=True)) or 0


def entry_count() -> int:
    """How many entries the index holds."""
    return session.scalar(select(func.count()).select_from(SearchEntry)) or 0


def recommendation_to_search(recommendation_id: str) -> tuple[Recommendation, Consultation]:
    """A recommendation of a consultation that has opened; Missing where there is none."""
    found = None
    if is_public_identifier(recommendation_id):
        found = session.execute(
            select(Recommendation, Consultation)
            .join(Consultation, Consultation.id == Recommendation.consultation_id)
            .where(Recommendation.id == recommendation_id, _IS_READABLE)
        ).one_or_none()
    if found is None:
        raise Missing(recommendation=recommendation_id)
    return found[0], found[1]


def numbers_of(recommendation_ids: Collection[str]) -> dict[str, int]:
    """The official numbers of these recommendations."""
    rows = session.execute(
        select(Recommendation.id, Recommendation.number).where(Recommendation.id.in_(recommendation_ids))
    )
    return {row.id: row.number for row in rows}


def _written() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Comment.id,
            Comment.consultation_id,
            Comment.recommendation_id,
            Comment.college,
            Comment.alignment,
            Comment.html,
            Comment.posted_on,
            Consultation.language,
            OfficialReply.html,
            OfficialReply.given_on,
        )
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .outerjoin(OfficialReply, (OfficialReply.comment_id == Comment.id) & OfficialReply.withdrawn_on.is_(None))
        .where(Comment.state == State.PUBLISHED.value, _IS_READABLE)
    )
