"""Who may follow, and who may change what is followed."""

from consultation.domain.errors import Missing, NotConfirmed
from consultation.domain.verdicts import YES, Verdict, first_refusal, no
from consultation.features.accounts.models import Account
from consultation.features.accounts.policies import may_act, may_see_account
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_read
from consultation.features.notifications.models import Subscription


def may_follow(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may follow this consultation, or what is debated in it, open or not."""
    return first_refusal(may_read(actor, consultation), may_act(actor))


def may_change(actor: Account | None, subscription: Subscription) -> Verdict:
    """Whether this is the actor's own: what others follow does not even exist."""
    if actor is None:
        return may_see_account(actor)
    return YES if subscription.account_id == actor.id else no(Missing())


def may_be_written_to(account: Account) -> Verdict:
    """Whether mails about what is followed may go to this account: one in force, whose address was confirmed."""
    return first_refusal(may_act(account), YES if account.address else no(NotConfirmed()))
