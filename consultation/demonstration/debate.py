"""The debate of the demonstration: comments written one by one, posted over the past days as people post them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from consultation.demonstration.leanings import Shared
from consultation.demonstration.participants import Participants
from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.reactions import Reaction
from consultation.domain.deliberation.texts import Source
from consultation.domain.moderation.grounds import Ground, Outcome
from consultation.domain.moderation.statement_of_reasons import StatementOfReasons
from consultation.features.accounts.models import Account
from consultation.features.comments import services as comments
from consultation.features.comments.models import Comment
from consultation.features.consultations.models import Consultation
from consultation.features.moderation import services as moderation
from consultation.features.moderation.queries import open_case_of
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_public_id

Entry = Mapping[str, Any]
BUSY_DAY = timedelta(hours=14)


@dataclass
class Debate:
    """Posts the threads of one consultation between two moments, as its invented participants."""

    random: Random
    consultation: Consultation
    people: Participants
    moderator: Account
    begins: datetime
    ends: datetime
    shared: list[Shared] = field(default_factory=list)

    def hold(self, recommendation: Recommendation, threads: Sequence[Entry]) -> None:
        """Post all threads of a recommendation, in the order of its file, with reactions, notices and decisions."""
        moments = sorted(self.begins + (self.ends - self.begins) * self.random.random() for _ in threads)
        for moment, entry in zip(moments, threads, strict=True):
            self._post_thread(recommendation, entry, moment)

    def _post_thread(self, recommendation: Recommendation, entry: Entry, moment: datetime) -> None:
        root = self._post(recommendation, entry, moment)
        for reply in entry.get("replies", ()):
            moment = min(self.ends, moment + BUSY_DAY * self.random.random())
            self._post(recommendation, reply, moment, root)
        self._judge(root, entry, moment)

    def _post(
        self, recommendation: Recommendation, entry: Entry, moment: datetime, parent: Comment | None = None
    ) -> Comment:
        with clock.standing_at(moment):
            author = self._author(entry["by"])
            comment = comments.post_comment(
                author,
                recommendation,
                Alignment(entry["alignment"]),
                entry["text"],
                [Source(source["title"], source["url"]) for source in entry.get("sources", ())],
                submission=new_public_id(),
                parent=parent,
            )
            self._react(author, comment)
        if "agreement" in entry:
            self.shared.append(Shared(comment, entry["agreement"]))
        return comment

    def _author(self, college: str) -> Account:
        """Mostly somebody who has not spoken yet; sometimes somebody who has."""
        pool = self.people.physicians if college == "physician" else self.people.citizens
        author = self.random.choice(pool)
        if author not in self.people.named:
            name = self.people.names.pop()
            comments.choose_name(author, self.consultation, name)
            self.people.named[author] = name
        return author

    def _react(self, author: Account, comment: Comment) -> None:
        """A few reactions; comments differ in how far they are shared."""
        shared = self.random.betavariate(2, 1.2)
        for account in self.random.sample(self.people.everybody(), self.random.randint(0, 14)):
            if account is author:
                continue
            kind = Reaction.AGREE if self.random.random() < shared else Reaction.DISAGREE
            comments.react(account, comment, Reaction.PASS if self.random.random() < 0.1 else kind)

    def _judge(self, comment: Comment, entry: Entry, moment: datetime) -> None:
        """Give the notices of the file and, where there is one, the decision that followed."""
        for notice in entry.get("notices", ()):
            with clock.standing_at(moment + timedelta(hours=2)):
                moderation.give_notice(
                    self._reader(comment),
                    comment,
                    Ground(notice["ground"]),
                    notice["explanation"],
                    submission=new_public_id(),
                )
        if decision := entry.get("decision"):
            with clock.standing_at(moment + timedelta(hours=5)):
                self._decide(comment, decision)

    def _reader(self, comment: Comment) -> Account:
        """Somebody who did not write the comment."""
        reader = self.random.choice(self.people.citizens)
        return reader if reader.id != comment.author_id else self.people.physicians[0]

    def _decide(self, comment: Comment, decision: Entry) -> None:
        case = open_case_of(comment.id)
        if case is None:
            raise LookupError("a decision needs notices before it")
        reasons = StatementOfReasons(
            Outcome(decision["outcome"]), Ground(decision["ground"]), decision["facts"], decision["statement"]
        )
        moderation.decide_case(self.moderator, case, case.version, reasons)
