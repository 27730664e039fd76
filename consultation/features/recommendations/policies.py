"""Who may promise answers, and say what becomes of a recommendation."""

from consultation.domain.errors import NotPublished
from consultation.domain.phases import Phase
from consultation.domain.verdicts import YES, Verdict, first_refusal, no
from consultation.features.accounts.models import Account
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_organise_consultation


def may_promise_answers(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may promise a day for the answers of this consultation."""
    return may_organise_consultation(actor, consultation)


def may_give_outcome(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may say what becomes of recommendations: not before all have seen the results."""
    is_published = consultation.phase == Phase.PUBLISHED
    return first_refusal(may_organise_consultation(actor, consultation), YES if is_published else no(NotPublished()))
