"""What is not public yet, ready to be shown to whoever wrote it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.argument import Argument
from consultation.domain.deliberation.texts import Source
from consultation.features.comments.forms.pointed import Passage, passage_of, reasons_for
from consultation.features.comments.models import Comment
from consultation.features.comments.models.drafts import Draft
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.markdown import rendered


@dataclass(frozen=True)
class ShownDraft:
    """A comment that waits for an act of its author."""

    id: str
    number: int
    title: str
    is_reply: bool
    alignment: str
    html: Markup
    body: str
    sources: Sequence[Source]
    kept_until: datetime
    advice: str


@dataclass(frozen=True)
class ShownHeld:
    """A comment that waits for a reading."""

    number: int
    title: str
    alignment: str
    html: Markup
    until: datetime | None
    url: str


@dataclass(frozen=True)
class ShownReading:
    """A held comment for the moderators: nothing of its author, and what would identify somebody marked."""

    alignment: str
    html: Markup
    sources: Sequence[Source]
    until: datetime | None
    passages: Sequence[Passage]
    reasons: Sequence[str]
    is_reply: bool


def shown_drafts(drafts: Sequence[Draft], recommendations: Mapping[str, Recommendation]) -> list[ShownDraft]:
    """Drafts, each with the recommendation that it is about."""
    return [_shown(draft, recommendations[draft.recommendation_id]) for draft in drafts]


def shown_held(held: Sequence[Comment], consultation: Consultation) -> list[ShownHeld]:
    """Held comments, each with the way to its page."""
    return [
        ShownHeld(
            number=comment.recommendation.number,
            title=comment.recommendation.title,
            alignment=comment.alignment,
            html=quoted(comment),
            until=comment.held_until,
            url=url_for("comments.held", slug=consultation.slug, comment_id=comment.id),
        )
        for comment in held
    ]


def readings_in(held: Sequence[Comment], consultation: Consultation) -> list[ShownHeld]:
    """Held comments, each with the way to its page at the moderators' desk."""
    ways = [url_for("comments.reading", slug=consultation.slug, comment_id=comment.id) for comment in held]
    return [replace(shown, url=url) for shown, url in zip(shown_held(held, consultation), ways, strict=True)]


def reading_of(held: Comment) -> ShownReading:
    """A held comment, ready to be read for its author."""
    sources = [Source(source.title, source.url) for source in held.sources]
    texts = [("body", _("The comment"), held.body), *(("source", _("A source"), one.title) for one in sources)]
    passages = [passage for text in texts if (passage := passage_of(*text)).pointers]
    return ShownReading(
        alignment=held.alignment,
        html=quoted(held),
        sources=sources,
        until=held.held_until,
        passages=passages,
        reasons=reasons_for(passages),
        is_reply=held.parent_id is not None,
    )


def quoted(comment: Comment) -> Markup:
    """What a comment says."""
    return Markup(comment.html)  # noqa: S704 - sanitised at writing


def fields_of(draft: Draft) -> dict[str, object]:
    """The fields of a form that hold a draft."""
    return {"submission": draft.argument.submission, **_fields(draft.argument)}


def fields_of_held(comment: Comment) -> dict[str, object]:
    """The fields of a form that hold what a held comment says."""
    sources = [Source(source.title, source.url) for source in comment.sources]
    return _fields(Argument(Alignment(comment.alignment), comment.body, sources, comment.submission))


def _fields(argument: Argument) -> dict[str, object]:
    sources = {
        f"source_{part}_{place}": getattr(source, part)
        for place, source in enumerate(argument.sources, start=1)
        for part in ("title", "url")
    }
    return {"alignment": argument.alignment.value, "body": argument.body, **sources}


def _shown(draft: Draft, recommendation: Recommendation) -> ShownDraft:
    return ShownDraft(
        id=draft.id,
        number=recommendation.number,
        title=recommendation.title,
        is_reply=draft.replies_to is not None,
        alignment=draft.argument.alignment.value,
        html=Markup(rendered(draft.argument.body)),  # noqa: S704 - sanitised here
        body=draft.argument.body,
        sources=draft.argument.sources,
        kept_until=draft.kept_until,
        advice=draft.advice,
    )
