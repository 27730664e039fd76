"""Who may comment, reply, react, change, withdraw and answer."""

from consultation.domain.errors import (
    AlreadyRead,
    CommentNotPublic,
    ConflictOfInterest,
    Forbidden,
    Missing,
    NotConfirmed,
    NotOpen,
    NotSignedIn,
)
from consultation.domain.verdicts import YES, Verdict, first_refusal, no
from consultation.features.accounts.models import Account
from consultation.features.accounts.policies import may_act, may_moderate, may_speak
from consultation.features.comments.models import Comment, State
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_organise_consultation, may_read, may_take_part
from consultation.infrastructure import clock


def may_comment(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may write under the recommendations of this consultation now."""
    return first_refusal(may_take_part(actor, consultation), may_speak(actor))


def may_prepare(consultation: Consultation) -> Verdict:
    """Whether a visitor may write a comment that waits for its author to have an account: while comments are taken."""
    is_open = YES if consultation.takes_part_at(clock.now()) else no(NotOpen())
    return first_refusal(may_read(None, consultation), is_open)


def may_write(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may write at all: a comment that is public at once, or one that waits for an account."""
    verdict = may_comment(actor, consultation)
    lacks_account = isinstance(verdict.refusal, NotSignedIn | NotConfirmed)
    return may_prepare(consultation) if lacks_account else verdict


def may_write_reply(actor: Account | None, comment: Comment, consultation: Consultation) -> Verdict:
    """Whether the actor may write an answer to this comment, public at once or once there is an account."""
    return first_refusal(may_write(actor, consultation), _is_public(comment))


def may_reply(actor: Account | None, comment: Comment, consultation: Consultation) -> Verdict:
    """Whether the actor may answer this comment of this consultation."""
    return first_refusal(may_comment(actor, consultation), _is_public(comment))


def may_react(actor: Account | None, comment: Comment, consultation: Consultation) -> Verdict:
    """Whether the actor may react to this comment of this consultation: nobody reacts to their own."""
    is_ones_own = _is_ones_own(actor, comment)
    return first_refusal(may_reply(actor, comment, consultation), no(Forbidden()) if is_ones_own else YES)


def may_edit(actor: Account | None, comment: Comment, consultation: Consultation) -> Verdict:
    """Whether the actor may change this comment: its author, while it is public and comments are taken."""
    return first_refusal(may_comment(actor, consultation), _is_ones_own(actor, comment), _is_public(comment))


def may_rewrite(actor: Account | None, comment: Comment, consultation: Consultation) -> Verdict:
    """Whether the actor may change a comment that is not public yet: its author, while comments are taken."""
    is_held = YES if comment.state == State.HELD else no(AlreadyRead())
    return first_refusal(may_comment(actor, consultation), _is_ones_own(actor, comment), is_held)


def may_withdraw(actor: Account | None, comment: Comment) -> Verdict:
    """Whether the actor may take this comment back: its author, at any time, while it is public or to become so."""
    stands = YES if comment.state == State.HELD else _is_public(comment)
    return first_refusal(may_act(actor), _is_ones_own(actor, comment), stands)


def may_see(actor: Account | None, comment: Comment) -> Verdict:
    """Whether the actor may know of this comment: anyone, but its author alone while a reading is asked for."""
    return no(Missing()) if comment.state == State.HELD and not _is_ones_own(actor, comment) else YES


def may_see_readings(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may see the comments whose authors ask for a reading: the moderators of the consultation."""
    return first_refusal(may_act(actor), may_read(actor, consultation), may_moderate(actor, consultation.id))


def may_end_reading(actor: Account | None, comment: Comment, *, took_part: bool) -> Verdict:
    """Whether the actor may publish or return this held comment: a moderator who wrote nothing in its thread."""
    apart = no(ConflictOfInterest()) if took_part else YES
    is_held = YES if comment.state == State.HELD else no(AlreadyRead())
    return first_refusal(may_moderate(actor, comment.consultation_id), apart, is_held)


def may_see_history(actor: Account | None, comment: Comment) -> Verdict:
    """Whether the actor may read what the comment said before: anyone, while it is public."""
    return first_refusal(may_see(actor, comment), _is_public(comment))


def may_declare(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may say which interests are shown with their comments: at any time, even after the close."""
    return first_refusal(may_read(actor, consultation), may_act(actor))


def may_answer(actor: Account | None, comment: Comment, consultation: Consultation) -> Verdict:
    """Whether the actor may answer this comment in the organiser's name: at any time, while the comment is public.

    The words of an answer may be those of the comment: where the one is hidden, the other is neither shown nor changed.
    """
    return first_refusal(may_organise_consultation(actor, consultation), _is_public(comment))


def may_read_answers(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may see which comments wait for an answer: the organisers of the consultation."""
    return may_organise_consultation(actor, consultation)


def _is_ones_own(actor: Account | None, comment: Comment) -> Verdict:
    return YES if actor is not None and actor.id == comment.author_id else no(Forbidden())


def _is_public(comment: Comment) -> Verdict:
    return YES if comment.is_public else no(CommentNotPublic())
