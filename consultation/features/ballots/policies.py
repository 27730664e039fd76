"""Who may look at a ballot paper and prepare it; casting and closing are the policies of consultations."""

from consultation.domain.errors import BallotTooLate
from consultation.domain.verdicts import YES, Verdict, first_refusal, no
from consultation.features.accounts.models import Account
from consultation.features.ballots.models.holders import Holder, Visitor
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_read, may_take_part
from consultation.infrastructure import clock


def may_see_paper(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the ballot paper may be shown: to anyone, as long as ballots are taken."""
    is_open = consultation.takes_part_at(clock.now())
    return first_refusal(may_read(actor, consultation), YES if is_open else no(BallotTooLate()))


def may_prepare(holder: Holder | None, consultation: Consultation) -> Verdict:
    """Whether a draft may be kept for this holder: a visitor prepares one, and casts it once signed in."""
    if holder is None or isinstance(holder, Visitor):
        return may_see_paper(None, consultation)
    return first_refusal(may_see_paper(holder, consultation), may_take_part(holder, consultation))
