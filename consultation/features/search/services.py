"""The index follows what is public: each change of a thing enters it again as it now is, or takes it out."""

import uuid
from collections.abc import Iterator
from datetime import date

from consultation.domain.phases import Phase
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import recommendations_of
from consultation.features.search.queries import (
    Written,
    comment_to_index,
    comments_to_index,
    consultations_to_index,
    entries_left_over,
    lines_to_index,
    outcomes_to_index,
)
from consultation.infrastructure import clock, search
from consultation.infrastructure.database import session
from consultation.infrastructure.markdown import plain

BATCH = 500
COMMENTS = ("comment", "reply")
TEXTS = ("consultation", "recommendation", "outcome", "report")


def index_consultation(consultation_id: uuid.UUID) -> None:
    """Let a consultation and its recommendations be found, once it has opened."""
    search.remove_all(("consultation", "recommendation"), consultation_id)
    consultation = session.get_one(Consultation, consultation_id)
    if consultation.phase != Phase.DRAFT:
        search.add(*_texts_of(consultation))


def index_outcome(recommendation_id: str) -> None:
    """Let what became of a recommendation be found as it is now said."""
    search.remove(("outcome",), (recommendation_id,))
    recommendation = session.get_one(Recommendation, recommendation_id)
    consultation = session.get_one(Consultation, recommendation.consultation_id)
    search.add(*_outcomes_of(consultation, recommendation_id))


def index_report(consultation_id: uuid.UUID) -> None:
    """Let the lines of a report be found as they now are, once it is public."""
    search.remove_all(("report",), consultation_id)
    search.add(*_lines_of(session.get_one(Consultation, consultation_id)))


def index_comment(comment_id: str) -> None:
    """Let a comment and the answer to it be found as they now are; not at all where they are not public."""
    written = comment_to_index(comment_id)
    search.remove(COMMENTS, (comment_id,))
    if written is not None:
        search.add(*_entries_of(written))


def index_texts_again() -> None:
    """Enter everything that the organisers say in public anew, and nothing else of theirs."""
    search.remove_all(TEXTS)
    for consultation in consultations_to_index():
        search.add(*_texts_of(consultation), *_outcomes_of(consultation), *_lines_of(consultation))


def index_comments_again(after: str) -> str | None:
    """Enter the comments that follow an identifier anew, one batch of them; the last of it, None when it was the end.

    What was left in the index of comments that are no longer public goes, those between two of the batch too.
    """
    batch = comments_to_index(after, BATCH)
    last = batch[-1].id if len(batch) == BATCH else None
    gone = [left for kind in COMMENTS for left in entries_left_over(kind, after, last)]
    search.remove(COMMENTS, [*(written.id for written in batch), *gone])
    search.add(*(entry for written in batch for entry in _entries_of(written)))
    return last


def _texts_of(consultation: Consultation) -> Iterator[search.Entry]:
    day = (consultation.opened_at or consultation.opens_at).astimezone(clock.PARIS).date()
    yield search.Entry(
        place=search.place_of_text(day, consultation.id),
        kind="consultation",
        object_id=str(consultation.id),
        consultation_id=consultation.id,
        language=consultation.language,
        title=consultation.title,
        body=consultation.summary,
        day=day,
    )
    for recommendation in recommendations_of(consultation.id):
        yield search.Entry(
            place=search.place_of_text(day, consultation.id, recommendation.number),
            kind="recommendation",
            object_id=recommendation.id,
            consultation_id=consultation.id,
            recommendation_id=recommendation.id,
            language=consultation.language,
            title=recommendation.title,
            body=_text_of(recommendation),
            day=day,
        )


def _text_of(recommendation: Recommendation) -> str:
    parts = (recommendation.introduction, recommendation.text, recommendation.theme)
    return "\n".join(part for part in parts if part)


def _outcomes_of(consultation: Consultation, recommendation_id: str | None = None) -> Iterator[search.Entry]:
    for outcome in outcomes_to_index(consultation.id, recommendation_id):
        about = outcome.recommendation_id
        yield _said(consultation, "outcome", about, about, outcome.html, outcome.given_on)


def _lines_of(consultation: Consultation) -> Iterator[search.Entry]:
    for line in lines_to_index(consultation):
        day = max(line.written_on, consultation.report_published_on or line.written_on)
        yield _said(consultation, "report", line.id, line.recommendation_id, line.html, day)


def _said(
    consultation: Consultation, kind: str, object_id: str, recommendation_id: str | None, html: str, day: date
) -> search.Entry:
    """What the organiser says about the debate stands by its day, as the comments do."""
    return search.Entry(
        place=search.place_of_comment(day, object_id),
        kind=kind,
        object_id=object_id,
        consultation_id=consultation.id,
        recommendation_id=recommendation_id,
        language=consultation.language,
        title="",
        body=plain(html),
        day=day,
    )


def _entries_of(written: Written) -> Iterator[search.Entry]:
    yield _entry(written, "comment", written.html, written.day, written.college, written.alignment)
    if written.answer is not None and written.answered_on is not None:
        yield _entry(written, "reply", written.answer, written.answered_on)


def _entry(
    written: Written, kind: str, html: str, day: date, college: str | None = None, alignment: str | None = None
) -> search.Entry:
    return search.Entry(
        place=search.place_of_comment(day, written.id),
        kind=kind,
        object_id=written.id,
        consultation_id=written.consultation_id,
        recommendation_id=written.recommendation_id,
        language=written.language,
        title="",
        body=plain(html),
        day=day,
        college=college,
        alignment=alignment,
    )
