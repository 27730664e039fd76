"""Who may comment, reply, react and withdraw."""

from consultation.domain.errors import CommentNotPublic, Forbidden
from consultation.domain.verdicts import YES, Verdict, first_refusal, no
from consultation.features.accounts.models import Account
from consultation.features.accounts.policies import may_act
from consultation.features.comments.models import Comment
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_take_part


def may_comment(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may write under the recommendations of this consultation now."""
    return may_take_part(actor, consultation)


def may_reply(actor: Account | None, comment: Comment, consultation: Consultation) -> Verdict:
    """Whether the actor may answer this comment of this consultation."""
    return first_refusal(may_take_part(actor, consultation), _is_public(comment))


def may_react(actor: Account | None, comment: Comment, consultation: Consultation) -> Verdict:
    """Whether the actor may react to this comment of this consultation: nobody reacts to their own."""
    is_ones_own = actor is not None and actor.id == comment.author_id
    return first_refusal(may_reply(actor, comment, consultation), no(Forbidden()) if is_ones_own else YES)


def may_withdraw(actor: Account | None, comment: Comment) -> Verdict:
    """Whether the actor may take this comment back: its author, at any time, while it is public."""
    is_ones_own = actor is not None and actor.id == comment.author_id
    return first_refusal(may_act(actor), YES if is_ones_own else no(Forbidden()), _is_public(comment))


def _is_public(comment: Comment) -> Verdict:
    return YES if comment.is_public else no(CommentNotPublic())
