"""What a comment said before, and what each change did to its words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.revisions import Piece, differences
from consultation.domain.deliberation.texts import Source
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment, CommentRevision
from consultation.features.comments.queries import history_of
from consultation.features.comments.serializers.shown import scribe_for
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.web.language import said_day


@dataclass(frozen=True)
class _Text:
    """What a comment said from one day on."""

    alignment: str
    body: str
    html: str
    sources: Sequence[Source]


@dataclass(frozen=True)
class ShownChange:
    """One change: the day it was made, what became of the words, of the position and of the sources."""

    title: str
    since: str
    former_html: Markup
    pieces: Sequence[Piece]
    former_alignment: str
    alignment: str
    sources_removed: Sequence[Source]
    sources_added: Sequence[Source]


def history_page_of(actor: Account | None, consultation: Consultation, comment: Comment) -> dict[str, object]:
    """What the page of a comment and of all it said before shows, the latest change first."""
    return {
        "comment": scribe_for(actor, consultation, [comment]).shown(comment),
        "changes": _changes(comment, history_of(comment)),
        "recommendation": comment.recommendation,
        "consultation": consultation,
        "back_url": url_for("comments.comment", slug=consultation.slug, comment_id=comment.id),
    }


def _changes(comment: Comment, former: Sequence[CommentRevision]) -> list[ShownChange]:
    sources = [Source(one.title, one.url) for one in comment.sources]
    after = _Text(comment.alignment, comment.body, comment.html, sources)
    changed_on, changes = comment.edited_on, []
    for revision in former:
        before = _Text(revision.alignment, revision.body, revision.html, _sources_of(revision))
        title = _("Changed on %(day)s", day=said_day(changed_on or revision.written_on))
        since = _("The text from %(day)s on", day=said_day(revision.written_on))
        changes.append(_change(title, since, before, after))
        after, changed_on = before, revision.written_on
    return changes


def _change(title: str, since: str, before: _Text, after: _Text) -> ShownChange:
    return ShownChange(
        title=title,
        since=since,
        former_html=Markup(before.html),  # noqa: S704 - sanitised at writing
        pieces=differences(before.body, after.body) if before.body != after.body else (),
        former_alignment=Alignment(before.alignment).value,
        alignment=Alignment(after.alignment).value,
        sources_removed=[one for one in before.sources if one not in after.sources],
        sources_added=[one for one in after.sources if one not in before.sources],
    )


def _sources_of(revision: CommentRevision) -> list[Source]:
    return [Source(title, url) for title, url in json.loads(revision.sources)]
