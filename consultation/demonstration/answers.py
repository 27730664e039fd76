"""What organisers answer in the demonstration: replies, outcomes, and a report that rests on the debate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import yaml
from sqlalchemy import select

from consultation.demonstration.participants import FOLDER
from consultation.domain.deliberation.answers import Decided
from consultation.features.accounts.models import Account
from consultation.features.comments import services as comments
from consultation.features.comments.models import Comment
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.features.recommendations.services import give_outcome, promise_answers
from consultation.features.reports.services import add_line, cite_comment, publish_report
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

Entry = Mapping[str, Any]
DAY = timedelta(days=1)


def answers_of(part: str) -> Entry:
    """What the file says of the open consultation or of the closed one."""
    entries: Entry = yaml.safe_load((FOLDER / "answers.yaml").read_text(encoding="utf-8"))[part]
    return entries


@dataclass(frozen=True)
class Desk:
    """Answers in one consultation as its organiser."""

    organiser: Account
    consultation: Consultation

    def promise(self, entry: Entry) -> None:
        """Promise a day for the answers, so long after the results."""
        day = self.consultation.results_on + timedelta(days=entry["days_after_results"])
        promise_answers(self.organiser, self.consultation, day)

    def reply(self, entries: Sequence[Entry], now: datetime) -> None:
        """Answer comments the day after they were written; change an answer, or take it back, a day later."""
        for entry in entries:
            comment = self._comment(entry["to"])
            with clock.standing_at(min(now, comment.posted_at + DAY)):
                self._answer(comment, entry["text"], 0)
            with clock.standing_at(min(now, comment.posted_at + 2 * DAY)):
                if "changed" in entry:
                    self._answer(comment, entry["changed"], 1)
                if entry.get("withdrawn"):
                    comments.withdraw_answer(self.organiser, comment, 1)

    def decide(self, entries: Mapping[int, Entry]) -> None:
        """Say what becomes of each recommendation."""
        for number, entry in entries.items():
            self._decide(number, entry, 0)

    def change_outcomes(self, entries: Mapping[int, Entry]) -> None:
        """Change the outcomes that the file says were changed."""
        for number, entry in entries.items():
            if "changed" in entry:
                self._decide(number, entry["changed"], 1)

    def report(self, entries: Sequence[Entry]) -> None:
        """Write the lines of the report with the comments that they rest on, and make it public."""
        for entry in entries:
            line = add_line(self.organiser, self.consultation, self._about(entry.get("about")), entry["text"])
            for words in entry.get("cites", ()):
                cite_comment(self.organiser, self.consultation, line, self._comment(words))
        publish_report(self.organiser, self.consultation)

    def _answer(self, comment: Comment, text: str, seen: int) -> None:
        comments.answer_comment(self.organiser, comment, text, seen, comment.revision)

    def _decide(self, number: int, entry: Entry, seen: int) -> None:
        recommendation = recommendation_by_number(self.consultation, number)
        kind, why = Decided(entry["kind"]), entry["why"]
        give_outcome(self.organiser, self.consultation, recommendation, kind, why, seen)

    def _about(self, number: int | None) -> Recommendation | None:
        return recommendation_by_number(self.consultation, number) if number else None

    def _comment(self, words: str) -> Comment:
        """The one comment that begins with these words."""
        begun = Comment.body.startswith(words, autoescape=True)
        return session.scalars(select(Comment).where(Comment.consultation_id == self.consultation.id, begun)).one()
