"""Comments as entries of an Atom feed (RFC 4287): by day, in the words that are public, or empty where none are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from consultation.domain.moderation.grounds import Ground
from consultation.features.comments.models import Comment, State
from consultation.features.consultations.models import Consultation
from consultation.features.notifications.queries import Issued
from consultation.features.notifications.serializers.things import name_of
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure.clock import day_of
from consultation.infrastructure.web.grounds import ground_in_words
from consultation.infrastructure.web.language import DEFAULT, said_day
from consultation.infrastructure.web.urls import external_url

# What XML 1.0 (2.2) cannot hold, whoever wrote it.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """A comment in a feed; `html` is empty and `placeholder` says why where it is not public."""

    id: str
    url: str
    title: str
    name: str
    published: str
    updated: str
    html: str
    placeholder: str


@dataclass(frozen=True)
class Feed:
    """A feed with its own address, that of the page it follows, and its entries, the latest first."""

    title: str
    language: str
    url: str
    page_url: str
    updated: str
    entries: Sequence[Entry]


def feed_of_consultation(consultation: Consultation, issued: Sequence[Issued]) -> Feed:
    """The latest comments of a consultation."""
    slug = consultation.slug
    return Feed(
        title=_writable(consultation.title),
        language=consultation.language,
        url=external_url("notifications.consultation_feed", slug=slug),
        page_url=external_url("recommendations.index", slug=slug),
        updated=_updated(consultation, issued),
        entries=_entries(consultation, issued),
    )


def feed_of_recommendation(
    consultation: Consultation, recommendation: Recommendation, issued: Sequence[Issued]
) -> Feed:
    """The latest comments under a recommendation."""
    where: dict[str, Any] = {"slug": consultation.slug, "number": recommendation.number}
    return Feed(
        title=_writable(f"{recommendation.number}. {recommendation.title}"),
        language=consultation.language,
        url=external_url("notifications.recommendation_feed", **where),
        page_url=external_url("comments.thread", **where),
        updated=_updated(consultation, issued),
        entries=_entries(consultation, issued),
    )


def _entries(consultation: Consultation, issued: Sequence[Issued]) -> list[Entry]:
    return [_entry(consultation, one.comment, one.changed_on) for one in issued]


def _entry(consultation: Consultation, comment: Comment, changed_on: date) -> Entry:
    where: dict[str, Any] = {"slug": consultation.slug, "comment_id": comment.id}
    name = _writable(name_of(comment)) if comment.is_public else ""
    number = comment.recommendation.number
    return Entry(
        # One comment is one entry, in whichever language the feed is read.
        id=external_url("comments.comment", DEFAULT, **where),
        url=external_url("comments.comment", **where),
        title=_("%(name)s, recommendation %(number)s", name=name, number=number)
        if name
        else _("A comment, recommendation %(number)s", number=number),
        name=name,
        published=_day(comment.posted_on),
        updated=_day(changed_on),
        html=_writable(comment.html) if comment.is_public else "",
        placeholder="" if comment.is_public else _placeholder(comment),
    )


def _placeholder(comment: Comment) -> str:
    if comment.state == State.WITHHELD and comment.withheld_on is not None:
        return _(
            "Comment withheld by moderation on %(day)s — ground: %(ground)s.",
            day=said_day(comment.withheld_on),
            ground=ground_in_words(comment.withheld_ground or Ground.OTHER),
        )
    if comment.state == State.WITHDRAWN:
        return _("Comment withdrawn by its author.")
    return _("This comment is not public.")


def _updated(consultation: Consultation, issued: Sequence[Issued]) -> str:
    """The day of the last change, or of the opening before there is any."""
    opened = day_of(consultation.opened_at or consultation.opens_at)
    return _day(max([opened, *(one.changed_on for one in issued)]))


def _day(value: date) -> str:
    """A day as a feed gives it: RFC 3339 asks for a moment, and no hour is ever told."""
    return f"{value.isoformat()}T00:00:00Z"


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
