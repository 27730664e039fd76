"""Reports as they are read: their lines, and what the comments that they cite say now."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import contains_eager, defer, joinedload, raiseload

from consultation.domain.errors import Missing
from consultation.domain.identifiers import is_public_identifier
from consultation.features.comments.models import Comment, CommentRevision, State
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import stamp_of_recommendations
from consultation.features.reports.models import Citation, ReportLine
from consultation.infrastructure.database import session
from consultation.infrastructure.pagination import Page

PICK_LENGTH = 10


@dataclass(frozen=True)
class Former:
    """What a comment said when it was cited, where it says something else now."""

    html: str
    alignment: str


@dataclass(frozen=True)
class Cited:
    """A citation with its comment, and the text that was read where another one stands in its place now."""

    citation: Citation
    former: Former | None

    @property
    def comment(self) -> Comment:
        """The comment that is cited."""
        return self.citation.comment

    @property
    def is_lost(self) -> bool:
        """Whether nobody may read the comment any more."""
        return not self.comment.is_public

    @property
    def is_outdated(self) -> bool:
        """Whether the comment can be read and says something else than what was cited."""
        return not self.is_lost and self.comment.revision != self.citation.revision

    @property
    def readable(self) -> Former | None:
        """The text that was cited, where it is a former one and no decision has closed it."""
        return self.former if self.citation.revision > self.comment.closed_through else None


def lines_of(consultation: Consultation, *narrowed: ColumnElement[bool]) -> list[ReportLine]:
    """The lines of a report: about the whole, then by recommendation, each in its order; withdrawn ones included."""
    return list(
        session.scalars(
            select(ReportLine)
            .outerjoin(ReportLine.recommendation)
            .options(contains_eager(ReportLine.recommendation))
            .where(ReportLine.consultation_id == consultation.id, *narrowed)
            .order_by(func.coalesce(Recommendation.number, 0), ReportLine.position, ReportLine.id)
        )
    )


def line_of(consultation: Consultation, line_id: str) -> ReportLine:
    """A line of the report of this consultation that was not withdrawn; Missing where there is none."""
    found = None
    if is_public_identifier(line_id):
        found = session.scalar(
            select(ReportLine)
            .options(joinedload(ReportLine.recommendation))
            .where(
                ReportLine.id == line_id,
                ReportLine.consultation_id == consultation.id,
                ReportLine.withdrawn_on.is_(None),
            )
            .execution_options(populate_existing=True)
        )
    if found is None:
        raise Missing(line=line_id)
    return found


def citations_of(consultation: Consultation) -> dict[str, list[Cited]]:
    """What each line of a report cites, by line, in the order in which it was cited."""
    return _cited(ReportLine.consultation_id == consultation.id)


def citations_in(line: ReportLine) -> list[Cited]:
    """What one line cites, in the order in which it was cited."""
    return _cited(ReportLine.id == line.id).get(line.id, [])


def lines_citing(consultation: Consultation, comment_id: str) -> list[ReportLine]:
    """The lines of the report of this consultation that rest on a comment, in their order."""
    if not is_public_identifier(comment_id):
        return []
    citing = select(Citation.line_id).where(Citation.comment_id == comment_id)
    return [line for line in lines_of(consultation, ReportLine.id.in_(citing)) if line.withdrawn_on is None]


def stamp_of_citing(slug: str, comment_id: str) -> Hashable | None:
    """The stamp of the page of the lines that rest on one comment."""
    return stamp_of_recommendations(slug) if is_public_identifier(comment_id) else None


def pick_page(line: ReportLine, words: str, cursor: str | None) -> Page[Comment]:
    """Ten public comments that a line may cite and does not, the most shared first, whose text holds these words.

    A line about the whole consultation cites by address only. Missing for a cursor that is none of ours.
    """
    if line.recommendation_id is None:
        return Page([], None)
    cited = select(Citation.comment_id).where(Citation.line_id == line.id)
    comments = select(Comment).where(
        Comment.recommendation_id == line.recommendation_id,
        Comment.parent_id.is_(None),
        Comment.state == State.PUBLISHED.value,
        Comment.id.not_in(cited),
        *(Comment.body.icontains(word, autoescape=True) for word in words.split()),
    )
    if cursor is not None:
        comments = comments.where(_after(cursor))
    found = session.scalars(
        comments.options(defer(Comment.body), joinedload(Comment.pen_name), raiseload("*"))
        .order_by(Comment.score.desc(), Comment.id.desc())
        .limit(PICK_LENGTH + 1)
    ).all()
    rows = found[:PICK_LENGTH]
    return Page(rows, None if len(found) == len(rows) else rows[-1].id)


def _after(cursor: str) -> ColumnElement[bool]:
    """What stands after a comment in the order of the most shared; Missing where it is no comment."""
    score = session.scalar(select(Comment.score).where(Comment.id == cursor)) if is_public_identifier(cursor) else None
    if score is None:
        raise Missing(cursor=cursor)
    return (Comment.score < score) | and_(Comment.score == score, Comment.id < cursor)


def _cited(which: ColumnElement[bool]) -> dict[str, list[Cited]]:
    text_read = and_(CommentRevision.comment_id == Citation.comment_id, CommentRevision.number == Citation.revision)
    found = session.execute(
        select(Citation, CommentRevision.html, CommentRevision.alignment)
        .join(ReportLine, ReportLine.id == Citation.line_id)
        .join(Citation.comment)
        .outerjoin(CommentRevision, text_read)
        .where(which)
        .options(
            contains_eager(Citation.comment).options(
                defer(Comment.body), joinedload(Comment.pen_name), joinedload(Comment.recommendation), raiseload("*")
            )
        )
        .order_by(Citation.line_id, Citation.position, Citation.comment_id)
    )
    by_line: dict[str, list[Cited]] = {}
    for citation, html, alignment in found:
        former = Former(html, alignment) if html is not None else None
        by_line.setdefault(citation.line_id, []).append(Cited(citation, former))
    return by_line


def cited_ids(lines: Sequence[str]) -> list[str]:
    """The comments that these lines cite, once for each line that does."""
    return list(session.scalars(select(Citation.comment_id).where(Citation.line_id.in_(lines))))
