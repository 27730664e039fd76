"""Who may give notice, judge, and read why."""

from consultation.domain.errors import CommentNotPublic, ConflictOfInterest, Missing, NotAModerator
from consultation.domain.moderation.grounds import Outcome
from consultation.domain.verdicts import YES, Verdict, first_refusal, no
from consultation.features.accounts.models import MODERATOR, Account
from consultation.features.accounts.policies import may_act, may_moderate
from consultation.features.comments.models import Comment
from consultation.features.comments.policies import may_see
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_read
from consultation.features.moderation.models import Case, Decision


def may_give_notice(actor: Account | None, comment: Comment) -> Verdict:
    """Whether notice may be given of this comment: by anyone, with or without an account, while it is public."""
    return first_refusal(may_see(actor, comment), YES if comment.is_public else no(CommentNotPublic()))


def may_use_desk(actor: Account | None) -> Verdict:
    """Whether the actor moderates any consultation."""
    if not (able := may_act(actor)):
        return able
    is_moderator = actor is not None and any(grant.role == MODERATOR for grant in actor.grants)
    return YES if is_moderator else no(NotAModerator())


def may_see_queue(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor moderates this consultation; a draft of others does not even exist for them."""
    return first_refusal(may_act(actor), may_read(actor, consultation), may_moderate(actor, consultation.id))


def may_decide(actor: Account | None, case: Case, took_part: bool) -> Verdict:
    """Whether the actor may judge this case: a moderator of its consultation who wrote nothing in the thread."""
    return first_refusal(may_moderate(actor, case.consultation_id), no(ConflictOfInterest()) if took_part else YES)


def may_read_statement(actor: Account | None, decision: Decision) -> Verdict:
    """Whether the actor may read why: the moderators of the consultation, and the author of a comment withheld."""
    if may_moderate(actor, decision.comment.consultation_id):
        return YES
    is_its_author = actor is not None and actor.id == decision.comment.author_id
    return YES if is_its_author and decision.outcome == Outcome.WITHHOLD else no(Missing())
