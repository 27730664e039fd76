"""What is done to a report: lines written, ordered and taken out, comments cited, and all of it made public at once."""

from collections import Counter

from sqlalchemy import func, select

from consultation.domain.deliberation.answers import accepted_answer
from consultation.domain.errors import CitationRefused, ReportRefused, WrittenMeanwhile
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment
from consultation.features.comments.services import count_citations
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import keep_report_day, touch_consultation
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.services import touch, touch_all
from consultation.features.reports.events import (
    CommentCited,
    CommentUncited,
    ReportLineMoved,
    ReportLineTakenOut,
    ReportLineWritten,
    ReportPublished,
)
from consultation.features.reports.models import Citation, ReportLine
from consultation.features.reports.policies import may_publish_report, may_write_report
from consultation.features.reports.queries import cited_ids, line_of, lines_of
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import record
from consultation.infrastructure.markdown import rendered

CITATIONS_MAXIMUM = 10


def add_line(
    actor: Account, consultation: Consultation, recommendation: Recommendation | None, text: str
) -> ReportLine:
    """Write a line after those about the same recommendation, or about the whole where there is none."""
    _begin(actor, consultation)
    words, recommendation_id = accepted_answer(text), recommendation.id if recommendation else None
    beside = (ReportLine.consultation_id == consultation.id, ReportLine.recommendation_id == recommendation_id)
    last = session.scalar(select(func.max(ReportLine.position)).where(*beside)) or 0
    line = ReportLine(
        id=new_public_id(),
        consultation_id=consultation.id,
        recommendation_id=recommendation_id,
        position=last + 1,
        body=words,
        html=rendered(words),
        written_on=clock.today(),
        version=1,
    )
    session.add(line)
    session.flush()
    touch_consultation(consultation)
    record(ReportLineWritten(line.id, consultation.id, actor.id))
    return line


def change_line(actor: Account, consultation: Consultation, line: ReportLine, text: str, seen: int) -> None:
    """Give a line other words; WrittenMeanwhile unless it is still the version that the form showed."""
    _begin_on(actor, consultation, line)
    words = accepted_answer(text)
    if line.body == words:
        return
    if line.version != seen:
        raise WrittenMeanwhile()
    line.body, line.html = words, rendered(words)
    _mark_changed(consultation, line)
    record(ReportLineWritten(line.id, consultation.id, actor.id))


def move_line(actor: Account, consultation: Consultation, line: ReportLine, *, up: bool, position: int) -> None:
    """Let a line change places with its neighbour; nothing where it has moved already or there is no neighbour."""
    _begin_on(actor, consultation, line)
    group = [one for one in lines_of(consultation) if one.recommendation_id == line.recommendation_id]
    places = [one for one in group if one.withdrawn_on is None]
    place = places.index(line) if line in places else -1
    other = place - 1 if up else place + 1
    if place < 0 or line.position != position or not 0 <= other < len(places):
        return
    line.position, places[other].position = places[other].position, line.position
    session.flush()
    touch_consultation(consultation)
    record(ReportLineMoved(line.id, consultation.id, actor.id))


def take_line_out(actor: Account, consultation: Consultation, line: ReportLine, seen: int) -> None:
    """Delete a line of a draft; one that is public leaves a dated mark in its place."""
    _begin_on(actor, consultation, line)
    if line.version != seen:
        raise WrittenMeanwhile()
    if consultation.report_published_on is None:
        session.delete(line)
        session.flush()
    else:
        _withdraw_line(consultation, line)
    touch_consultation(consultation)
    record(ReportLineTakenOut(line.id, consultation.id, actor.id))


def cite_comment(
    actor: Account, consultation: Consultation, line: ReportLine, comment: Comment | None, read: int = 0
) -> None:
    """Let a line rest on a comment, in the revision that is public now; CitationRefused says what is in the way.

    `read` is the revision that the organiser was shown; 0 where only the address was given. A text that was cited
    before its author changed it is cited anew only by who was shown the other one.
    """
    _begin_on(actor, consultation, line)
    if comment is None:
        raise CitationRefused(reason="unknown")
    session.refresh(comment, ["state", "revision"])
    if comment.consultation_id != consultation.id or line.recommendation_id not in (None, comment.recommendation_id):
        raise CitationRefused(reason="elsewhere")
    if not comment.is_public:
        raise CitationRefused(reason="hidden")
    if read not in (0, comment.revision):
        raise CitationRefused(reason="changed")
    if _quoted(consultation, line, comment, read):
        _mark_changed(consultation, line)
        record(CommentCited(line.id, comment.id, actor.id))


def uncite_comment(actor: Account, consultation: Consultation, line: ReportLine, comment_id: str) -> None:
    """Let a line rest on a comment no more."""
    _begin_on(actor, consultation, line)
    citation = session.get(Citation, (line.id, comment_id))
    if citation is None:
        return
    comment = session.get_one(Comment, comment_id)
    session.delete(citation)
    _mark_changed(consultation, line)
    _count(consultation, comment, -1)
    record(CommentUncited(line.id, comment_id, actor.id))


def publish_report(actor: Account, consultation: Consultation) -> None:
    """Make the report public, whole; each comment that it cites says so from now on."""
    session.refresh(consultation, with_for_update=True)
    enforce(may_publish_report(actor, consultation))
    lines = [line.id for line in lines_of(consultation)]
    if not lines:
        raise ReportRefused(reason="empty")
    keep_report_day(consultation, clock.today())
    session.flush()
    for times, comment_ids in _by_times(cited_ids(lines)).items():
        count_citations(comment_ids, times)
    touch_all(consultation.id)
    record(ReportPublished(consultation.id, actor.id))


def _begin(actor: Account, consultation: Consultation) -> None:
    """One organiser after the other: whoever writes in a report holds the row of its consultation."""
    enforce(may_write_report(actor, consultation))
    session.refresh(consultation, with_for_update=True)


def _begin_on(actor: Account, consultation: Consultation, line: ReportLine) -> None:
    """The same, and the line is read again: Missing where a colleague has taken it out meanwhile."""
    _begin(actor, consultation)
    line_of(consultation, line.id)


def _mark_changed(consultation: Consultation, line: ReportLine) -> None:
    if consultation.report_published_on is not None:
        line.changed_on = clock.today()
    line.version += 1
    session.flush()
    touch_consultation(consultation)


def _withdraw_line(consultation: Consultation, line: ReportLine) -> None:
    cited = cited_ids([line.id])
    for citation in session.scalars(select(Citation).where(Citation.line_id == line.id)):
        session.delete(citation)
    line.body = line.html = ""
    line.withdrawn_on = clock.today()
    line.version += 1
    session.flush()
    count_citations(cited, -1)
    touch_all(consultation.id)


def _quoted(consultation: Consultation, line: ReportLine, comment: Comment, read: int) -> bool:
    """Quote the present text of a comment; False where the line rests on it already."""
    citation = session.get(Citation, (line.id, comment.id))
    if citation is not None and read in (0, citation.revision):
        return False
    if citation is None:
        _add_citation(consultation, line, comment)
    else:
        citation.revision, citation.cited_on = comment.revision, clock.today()
    return True


def _add_citation(consultation: Consultation, line: ReportLine, comment: Comment) -> None:
    counts = select(func.count(), func.max(Citation.position)).where(Citation.line_id == line.id)
    count, last = session.execute(counts).one()
    if count >= CITATIONS_MAXIMUM:
        raise CitationRefused(reason="many")
    citation = Citation(line_id=line.id, comment_id=comment.id, position=(last or 0) + 1, cited_on=clock.today())
    citation.revision = comment.revision
    session.add(citation)
    session.flush()
    _count(consultation, comment, 1)


def _count(consultation: Consultation, comment: Comment, change: int) -> None:
    """Comments say that they are cited only where the report can be read."""
    if consultation.report_published_on is not None:
        count_citations([comment.id], change)
        touch(comment.recommendation_id)


def _by_times(comment_ids: list[str]) -> dict[int, list[str]]:
    by_times: dict[int, list[str]] = {}
    for comment_id, times in Counter(comment_ids).items():
        by_times.setdefault(times, []).append(comment_id)
    return by_times
