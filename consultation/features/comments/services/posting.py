"""A comment or a reply, made public."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.argument import Argument
from consultation.domain.deliberation.texts import Source
from consultation.domain.deliberation.threads import ROOT, place_of_reply
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.comments.events import CommentPosted
from consultation.features.comments.models import Comment, State
from consultation.features.comments.policies import may_comment, may_reply
from consultation.features.comments.queries import comment_of_submission
from consultation.features.comments.services.accepting import accepted_text, rows_of
from consultation.features.comments.services.counting import count_as_public
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import record
from consultation.infrastructure.markdown import rendered


def post_comment(
    author: Account,
    recommendation: Recommendation,
    alignment: Alignment,
    body: str,
    sources: Sequence[Source],
    submission: str,
    parent: Comment | None = None,
) -> Comment:
    """Publish a comment, or a reply to `parent`; the same submission again gives the first comment back."""
    argument = Argument(alignment, body, sources, submission)
    if earlier := comment_of_submission(author.id, submission):
        return earlier
    comment = new_comment(author, recommendation, argument, parent)
    if (earlier := kept_once(comment)) is not comment:
        return earlier
    count_as_public(comment)
    record(CommentPosted(comment.id, recommendation.id, author.id))
    return comment


def new_comment(author: Account, recommendation: Recommendation, argument: Argument, parent: Comment | None) -> Comment:
    """A comment that its author may write here, not kept yet; the refusal says why they may not."""
    consultation = session.get_one(Consultation, recommendation.consultation_id)
    enforce(may_reply(author, parent, consultation) if parent else may_comment(author, consultation))
    place = place_of_reply(parent.id, parent.parent_id) if parent else ROOT
    body = accepted_text(argument.body)
    return Comment(
        id=new_public_id(),
        consultation_id=recommendation.consultation_id,
        recommendation_id=recommendation.id,
        author_id=author.id,
        college=author.college,
        alignment=argument.alignment.value,
        parent_id=place.parent_id,
        answered_id=place.answered_id,
        body=body,
        html=rendered(body),
        posted_at=clock.now(),
        posted_on=clock.today(),
        state=State.PUBLISHED.value,
        sources=rows_of(argument.sources),
        submission=argument.submission,
    )


def kept_once(comment: Comment) -> Comment:
    """The comment, kept; or what the same form, sent twice at once, has made of it meanwhile."""
    try:
        with session.begin_nested():
            session.add(comment)
    except IntegrityError:
        if earlier := comment_of_submission(comment.author_id, comment.submission):
            return earlier
        raise
    return comment
