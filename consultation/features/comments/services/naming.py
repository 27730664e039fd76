"""The name that somebody is shown by in a consultation: chosen once, forgotten with the account."""

import uuid

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from consultation.domain import names
from consultation.domain.deliberation.texts import INTERESTS_MAXIMUM, clean_title
from consultation.domain.errors import Invalid, Missing, NameTaken
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.comments.events import InterestsDeclared, NameChosen
from consultation.features.comments.models import Comment, PenName
from consultation.features.comments.policies import may_comment, may_declare
from consultation.features.comments.queries import pen_name_of
from consultation.features.comments.services.cutting import cut_reactions_of
from consultation.features.consultations.models import Consultation
from consultation.features.recommendations.services import touch
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import record


def choose_name(account: Account, consultation: Consultation, name: str, interests: str = "") -> PenName:
    """Give the account its name in this consultation, once; NameRefused or NameTaken where it cannot have this one."""
    enforce(may_comment(account, consultation))
    if chosen := pen_name_of(account.id, consultation.id):
        return chosen
    name = names.accepted(name, consultation.organiser_name)
    pen_name = PenName(
        consultation_id=consultation.id,
        account_id=account.id,
        name=name,
        key=names.key_of(name),
        interests=_declared(interests),
    )
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


def forget_names(account_id: uuid.UUID) -> None:
    """Take the person out of the debate: no name over their comments, no mark of who reacted; the totals stay."""
    cut_reactions_of(account_id)
    _touch_written(account_id)
    for pen_name in session.scalars(select(PenName).where(PenName.account_id == account_id)):
        pen_name.interests = ""
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


def declare_interests(account: Account, consultation: Consultation, interests: str) -> PenName:
    """Say which interests are shown with one's comments, nothing where it is empty; Missing before a name is chosen."""
    enforce(may_declare(account, consultation))
    pen_name = pen_name_of(account.id, consultation.id)
    if pen_name is None:
        raise Missing()
    declared = _declared(interests)
    if pen_name.interests != declared:
        pen_name.interests = declared
        session.flush()
        _touch_written(account.id, consultation.id)
        record(InterestsDeclared(consultation.id, account.id))
    return pen_name


def _touch_written(account_id: uuid.UUID, consultation_id: uuid.UUID | None = None) -> None:
    """The pages change on which this person wrote, in one consultation or in all."""
    wrote = select(Comment.recommendation_id).distinct().where(Comment.author_id == account_id)
    if consultation_id is not None:
        wrote = wrote.where(Comment.consultation_id == consultation_id)
    for recommendation_id in sorted(session.scalars(wrote)):
        touch(recommendation_id)


def _declared(interests: str) -> str:
    line = clean_title(interests)
    if len(line) > INTERESTS_MAXIMUM:
        raise Invalid()
    return line
