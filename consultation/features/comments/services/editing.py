"""A comment changed by its author: at once in the first minutes, in sight of all afterwards."""

import json
from collections.abc import Sequence

from sqlalchemy import delete

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.revisions import is_told
from consultation.domain.deliberation.texts import Source
from consultation.domain.errors import CommentChanged
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.comments.events import CommentEdited
from consultation.features.comments.models import Comment, CommentRevision, CommentSource, OfficialReply
from consultation.features.comments.policies import may_edit
from consultation.features.comments.services.accepting import accepted_text, rows_of
from consultation.features.comments.services.counting import count_as_changed
from consultation.features.comments.services.locking import lock
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock
from consultation.infrastructure.database import session
from consultation.infrastructure.events import record
from consultation.infrastructure.markdown import rendered


def edit_comment(
    author: Account, comment: Comment, seen: int, alignment: Alignment, body: str, sources: Sequence[Source]
) -> Comment:
    """Change what one's own comment says; CommentChanged where it is no longer at the revision that was `seen`.

    The same change again is the first one. Once readers are told of changes, what stood before joins the history and
    the reactions given so far are those to an earlier text.
    """
    lock(comment)
    enforce(may_edit(author, comment, session.get_one(Consultation, comment.consultation_id)))
    words = accepted_text(body)
    if _says(comment, alignment, words, sources):
        return comment
    if comment.revision != seen:
        raise CommentChanged()
    former = comment.alignment
    if is_told(comment.posted_at, clock.now(), is_answered=_is_answered(comment)):
        _keep_former(comment)
    _rewrite(comment, alignment, words, sources)
    count_as_changed(comment, former)
    record(CommentEdited(comment.id, comment.recommendation_id, comment.revision))
    return comment


def _is_answered(comment: Comment) -> bool:
    """Whether anybody has said anything of the text: a reader, somebody who replied, the organiser."""
    said = comment.agrees + comment.disagrees + comment.passes + comment.replies + comment.cited
    return said > 0 or session.get(OfficialReply, comment.id) is not None


def _says(comment: Comment, alignment: Alignment, words: str, sources: Sequence[Source]) -> bool:
    return (comment.alignment, comment.body, cited_by(comment)) == (alignment, words, list(sources))


def cited_by(comment: Comment) -> list[Source]:
    """The sources of a comment, in their order."""
    return [Source(one.title, one.url) for one in comment.sources]


def _keep_former(comment: Comment) -> None:
    """Note what stood so far, and that whoever reacted did so to that."""
    session.add(
        CommentRevision(
            comment_id=comment.id,
            number=comment.revision,
            alignment=comment.alignment,
            body=comment.body,
            html=comment.html,
            sources=json.dumps([[one.title, one.url] for one in comment.sources]),
            written_on=comment.edited_on or comment.posted_on,
        )
    )
    comment.edited_on = clock.today()
    comment.earlier = Comment.agrees + Comment.disagrees + Comment.passes


def _rewrite(comment: Comment, alignment: Alignment, words: str, sources: Sequence[Source]) -> None:
    comment.alignment, comment.body, comment.html = alignment.value, words, rendered(words)
    comment.revision += 1
    session.execute(delete(CommentSource).where(CommentSource.comment_id == comment.id))
    session.expire(comment, ["sources"])
    for row in rows_of(sources):
        row.comment_id = comment.id
        session.add(row)
    session.flush()
