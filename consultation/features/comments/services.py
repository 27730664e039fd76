"""What is done to comments: named, posted, reacted to, withheld, restored, withdrawn."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from consultation.domain import names
from consultation.domain.colleges import College
from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.reactions import Reaction, shared_score
from consultation.domain.deliberation.texts import TEXT_MAXIMUM, Source, clean_text
from consultation.domain.deliberation.threads import ROOT, place_of_reply
from consultation.domain.errors import CommentNotPublic, Conflict, Invalid, NameTaken
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.comments.events import (
    CommentPosted,
    CommentRestored,
    CommentWithdrawn,
    CommentWithheld,
    NameChosen,
)
from consultation.features.comments.models import Comment, CommentReaction, CommentSource, PenName, State
from consultation.features.comments.policies import may_comment, may_react, may_reply, may_withdraw
from consultation.features.comments.queries import comment_of_submission, pen_name_of
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.models import Recommendation
from consultation.features.recommendations.services import count_comment
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import record
from consultation.infrastructure.markdown import rendered

_COUNTERS = {Reaction.AGREE: "agrees", Reaction.DISAGREE: "disagrees", Reaction.PASS: "passes"}


def choose_name(account: Account, consultation: Consultation, name: str) -> PenName:
    """Give the account its name in this consultation, once; NameRefused or NameTaken where it cannot have this one."""
    enforce(may_comment(account, consultation))
    if chosen := pen_name_of(account.id, consultation.id):
        return chosen
    name = names.accepted(name)
    pen_name = PenName(consultation_id=consultation.id, account_id=account.id, name=name, key=names.key_of(name))
    try:
        with session.begin_nested():
            session.add(pen_name)
    except IntegrityError as error:
        # The same form sent twice at once has chosen it meanwhile; otherwise somebody else has it.
        if chosen := pen_name_of(account.id, consultation.id):
            return chosen
        raise NameTaken from error
    record(NameChosen(consultation.id, account.id))
    return pen_name


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
    if earlier := comment_of_submission(author.id, submission):
        return earlier
    consultation = session.get_one(Consultation, recommendation.consultation_id)
    enforce(may_reply(author, parent, consultation) if parent else may_comment(author, consultation))
    comment = _written(author, recommendation, alignment, _accepted(body), sources, submission, parent)
    try:
        with session.begin_nested():
            session.add(comment)
    except IntegrityError:
        if earlier := comment_of_submission(author.id, submission):
            return earlier
        raise
    _count_publicly(comment, 1)
    if comment.parent_id is not None:
        session.execute(update(Comment).where(Comment.id == comment.parent_id).values(replies=Comment.replies + 1))
    record(CommentPosted(comment.id, recommendation.id, author.id))
    return comment


def react(account: Account, comment: Comment, kind: Reaction | None) -> None:
    """Note what a person says of a comment in place of what they said before; None takes it back."""
    enforce(may_react(account, comment, session.get_one(Consultation, comment.consultation_id)))
    # One after the other on the same comment, so that what was said before is known.
    session.execute(select(Comment.id).where(Comment.id == comment.id).with_for_update())
    mine = (CommentReaction.comment_id == comment.id, CommentReaction.account_id == account.id)
    former = session.scalar(select(CommentReaction.kind).where(*mine))
    said = Reaction(former) if former else None
    if said == kind:
        return
    session.execute(delete(CommentReaction).where(*mine))
    if kind is not None:
        session.execute(insert(CommentReaction).values(comment_id=comment.id, account_id=account.id, kind=kind.value))
    _count_reactions(comment, {said: -1, kind: 1})


def withhold_comment(comment: Comment, decision_id: str, ground: str) -> None:
    """Put a dated placeholder with its ground in place of a public comment; its text and its replies stay."""
    _move(
        comment,
        State.PUBLISHED,
        State.WITHHELD,
        CommentNotPublic(),
        withheld_on=clock.today(),
        withheld_ground=ground,
        decision_id=decision_id,
    )
    _count_publicly(comment, -1)
    record(CommentWithheld(comment.id, decision_id))


def restore_comment(comment: Comment) -> None:
    """Bring a withheld comment back to its place."""
    _move(
        comment,
        State.WITHHELD,
        State.PUBLISHED,
        Conflict(),
        withheld_on=None,
        withheld_ground=None,
        decision_id=None,
    )
    _count_publicly(comment, 1)
    record(CommentRestored(comment.id))


def withdraw_comment(author: Account, comment: Comment) -> None:
    """Take one's own comment back: its text and sources are erased, its place and its replies stay."""
    enforce(may_withdraw(author, comment))
    _withdraw(comment)


def withdraw_all_comments(author: Account) -> None:
    """Take every public comment of this person back, as they would one by one."""
    mine = select(Comment).where(Comment.author_id == author.id, Comment.state == State.PUBLISHED.value)
    for comment in session.scalars(mine.order_by(Comment.id)):
        _withdraw(comment)


def forget_names(account_id: uuid.UUID) -> None:
    """Take the person out of the debate: no name over their comments, no mark of who reacted; the totals stay."""
    session.execute(delete(CommentReaction).where(CommentReaction.account_id == account_id))
    for pen_name in session.scalars(select(PenName).where(PenName.account_id == account_id)):
        pen_name.name, pen_name.key = "", f"forgotten:{new_public_id()}"  # no key of a name holds a colon
    session.flush()
    wrote = select(Comment.id).where(
        Comment.author_id == PenName.account_id, Comment.consultation_id == PenName.consultation_id
    )
    session.execute(
        delete(PenName)
        .where(PenName.account_id == account_id, ~wrote.exists())
        .execution_options(synchronize_session=False)
    )


def _withdraw(comment: Comment) -> None:
    _move(comment, State.PUBLISHED, State.WITHDRAWN, CommentNotPublic(), body="", html="")
    session.execute(delete(CommentSource).where(CommentSource.comment_id == comment.id))
    session.expire(comment, ["sources"])
    _count_publicly(comment, -1)
    record(CommentWithdrawn(comment.id))


def _accepted(text: str) -> str:
    body = clean_text(text)
    if not 0 < len(body) <= TEXT_MAXIMUM:
        raise Invalid()
    return body


def _written(
    author: Account,
    recommendation: Recommendation,
    alignment: Alignment,
    body: str,
    sources: Sequence[Source],
    submission: str,
    parent: Comment | None,
) -> Comment:
    place = place_of_reply(parent.id, parent.parent_id) if parent else ROOT
    return Comment(
        id=new_public_id(),
        consultation_id=recommendation.consultation_id,
        recommendation_id=recommendation.id,
        author_id=author.id,
        college=author.college,
        alignment=alignment.value,
        parent_id=place.parent_id,
        answered_id=place.answered_id,
        body=body,
        html=rendered(body),
        posted_at=clock.now(),
        posted_on=clock.today(),
        state=State.PUBLISHED.value,
        sources=[
            CommentSource(position=position, title=source.title, url=source.url)
            for position, source in enumerate(sources, start=1)
        ],
        submission=submission,
    )


def _count_publicly(comment: Comment, change: int) -> None:
    count_comment(comment.recommendation_id, College(comment.college), Alignment(comment.alignment), change)


def _count_reactions(comment: Comment, changes: Mapping[Reaction | None, int]) -> None:
    """Add in the database, never in memory, and store the score of the sums in the same transaction."""
    sums = {name: getattr(Comment, name) + changes.get(reaction, 0) for reaction, name in _COUNTERS.items()}
    change = update(Comment).where(Comment.id == comment.id).execution_options(synchronize_session=False)
    agrees, disagrees = session.execute(change.values(sums).returning(Comment.agrees, Comment.disagrees)).one()
    session.execute(change.values(score=shared_score(agrees, disagrees)))
    session.expire(comment, [*_COUNTERS.values(), "score"])


def _move(comment: Comment, current: State, target: State, otherwise: Conflict, **values: Any) -> None:
    """Change the state of a comment that is still in the state expected; raise `otherwise` when it no longer is."""
    moved = session.execute(
        update(Comment)
        .where(Comment.id == comment.id, Comment.state == current.value)
        .values(state=target.value, **values)
        .returning(Comment.id)
    )
    if moved.first() is None:
        raise otherwise
