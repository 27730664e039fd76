"""The moderators' desk as pages show it: plain strings, names and badges masked."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from consultation.domain.moderation.grounds import Ground, Outcome
from consultation.features.comments.models import Comment, State
from consultation.features.consultations.models import Consultation
from consultation.features.moderation.models import LAPSED, OPEN, Case, Notice
from consultation.features.moderation.queries import FollowUp, QueuedCase, QueueFigures
from consultation.infrastructure import clock
from consultation.infrastructure.web.grounds import TEMPLATES, ground_in_words, ground_with_article
from consultation.infrastructure.web.language import said_day

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class QueueRow:
    """A case in the list on the left."""

    ground: str
    details: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Voice:
    """A comment by somebody whose name is masked; one that is not public shows its placeholder only."""

    who: str
    alignment: str
    day: str
    html: Markup
    placeholder: str


@dataclass(frozen=True)
class NoticeShown:
    """What a reader said against the comment, without the reader."""

    ground: str
    explanation: str


@dataclass(frozen=True)
class DeskRow:
    """A consultation with the number of its open cases."""

    title: str
    language: str
    url: str
    open_cases: str


def desk_rows(consultations: Iterable[Consultation], counts: dict[uuid.UUID, int]) -> list[DeskRow]:
    """The consultations that somebody moderates, in the order given."""
    return [
        DeskRow(
            title=one.title,
            language=one.language,
            url=url_for("moderation.queue", slug=one.slug),
            open_cases=ngettext("%(num)s case to decide", "%(num)s cases to decide", counts.get(one.id, 0)),
        )
        for one in consultations
    ]


def figures_shown(queue: QueueFigures) -> list[tuple[str, str, None]]:
    """The figures above the queue, as they stand when the page is made."""
    oldest, delay = queue.oldest, queue.median_delay
    return [
        (_("To decide"), str(queue.open_cases), None),
        (_("Oldest"), said_duration(clock.now() - oldest) if oldest else "–", None),
        (_("Decided in 7 days"), str(queue.decided), None),
        (_("Median delay"), said_duration(delay) if delay is not None else "–", None),
    ]


def queue_rows(queue: Sequence[QueuedCase], consultation: Consultation, current: Case | None) -> list[QueueRow]:
    """The queue, with the case that is open on the right marked."""
    now = clock.now()
    return [
        QueueRow(
            ground=_ground_of(queued),
            details=_details_of(queued, now),
            url=url_for("moderation.case", slug=consultation.slug, case_id=queued.case.id),
            is_current=current is not None and queued.case.id == current.id,
        )
        for queued in queue
    ]


def judged(comment: Comment) -> Voice:
    """The comment to be judged, by « the author »."""
    return _voice(comment, _("The author"))


def voices_around(comment: Comment, thread: Sequence[Comment]) -> list[Voice]:
    """The rest of the thread, in its order; the same letter is the same person, and the author stays the author."""
    names = {comment.author_id: _("The author")}
    for other in thread:
        letter = chr(ord("A") + len(names) - 1)
        names.setdefault(other.author_id, _("Person %(letter)s", letter=letter))
    return [_voice(other, names[other.author_id]) for other in thread if other.id != comment.id]


def notices_shown(notices: Sequence[Notice]) -> list[NoticeShown]:
    """The notices of a case."""
    return [NoticeShown(ground_in_words(notice.ground), notice.explanation) for notice in notices]


def counts_by_ground(notices: Sequence[Notice]) -> str:
    """How many notices there are on each ground, the most frequent first."""
    counts = Counter(notice.ground for notice in notices)
    return ", ".join(
        _("“%(ground)s” (%(count)s)", ground=ground_in_words(ground), count=count)
        for ground, count in counts.most_common()
    )


def example_for(notices: Sequence[Notice]) -> str | None:
    """A sentence to start from, for the ground that most readers name."""
    counts = Counter(Ground(notice.ground) for notice in notices if Ground(notice.ground) in TEMPLATES)
    return _("For example: “%(sentence)s”", sentence=TEMPLATES[counts.most_common(1)[0][0]]) if counts else None


def state_of(follow_up: FollowUp) -> tuple[str, str]:
    """Where a notice stands, as a title and a sentence."""
    if follow_up.decision is None:
        return _STATES[follow_up.case.state]()
    return _STATES[follow_up.decision.outcome]()


def quoted(comment: Comment) -> Markup:
    """The text of a comment, as it was sanitised at writing."""
    return Markup(comment.html)  # noqa: S704


def sentences_offered() -> list[tuple[str, str]]:
    """The ready-made sentences by ground, for a moderator to start from."""
    return [(ground_with_article(ground.value), str(TEMPLATES[ground])) for ground in Ground if ground in TEMPLATES]


def recommendation_in_words(comment: Comment) -> str:
    """Where a comment stands, in words; no link, for the page that it leads to shows names."""
    recommendation = comment.recommendation
    return _("Recommendation %(number)s, %(day)s", number=recommendation.number, day=said_day(comment.posted_on))


def said_duration(duration: timedelta) -> str:
    """A duration to the grain that matters: minutes within an hour, hours within two days, days beyond."""
    if duration < HOUR:
        return _("%(number)s min", number=max(duration // MINUTE, 0))
    if duration < 2 * DAY:
        return _("%(number)s h", number=duration // HOUR)
    return ngettext("%(num)s day", "%(num)s days", duration // DAY)


def _ground_of(queued: QueuedCase) -> str:
    most = queued.grounds.most_common(1)
    return ground_in_words(Ground.DANGER_TO_LIFE if queued.case.is_urgent else most[0][0]) if most else _("A comment")


def _details_of(queued: QueuedCase, now: datetime) -> str:
    details = [
        _("Rec. %(number)s", number=queued.case.comment.recommendation.number),
        _("%(duration)s ago", duration=said_duration(now - queued.case.opened_at)),
        ngettext("%(num)s report", "%(num)s reports", queued.grounds.total()),
    ]
    if queued.took_part:
        details.append(_("for a colleague: you wrote in this thread"))
    return " · ".join(details)


def _voice(comment: Comment, who: str) -> Voice:
    return Voice(
        who=who,
        alignment=comment.alignment,
        day=said_day(comment.posted_on),
        html=quoted(comment) if comment.is_public else Markup(""),
        placeholder=_placeholder_of(comment),
    )


def _placeholder_of(comment: Comment) -> str:
    if comment.state == State.WITHHELD:
        return _("This comment is withheld by a decision of the moderators.")
    return _("This comment was withdrawn by its author.") if comment.state == State.WITHDRAWN else ""


_STATES: dict[str, Callable[[], tuple[str, str]]] = {
    OPEN: lambda: (_("Received"), _("A moderator has not read it yet.")),
    LAPSED: lambda: (_("Closed without a decision"), _("The author withdrew the comment before a decision was made.")),
    Outcome.KEEP: lambda: (_("Decided: kept"), _("A moderator read the comment and kept it public.")),
    Outcome.WITHHOLD: lambda: (
        _("Decided: withheld"),
        _("A moderator withheld the comment. Its author was told why; who reported it was not told."),
    ),
}
