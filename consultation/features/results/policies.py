"""Who may publish results."""

from consultation.domain.errors import AlreadyPublished
from consultation.domain.phases import Phase
from consultation.domain.verdicts import YES, Verdict, first_refusal, no
from consultation.features.accounts.models import Account
from consultation.features.consultations import policies as consultations
from consultation.features.consultations.models import Consultation

AT_ONCE = 2_000


def is_unpublished(consultation: Consultation) -> Verdict:
    """Whether there is no release yet."""
    return no(AlreadyPublished()) if consultation.phase == Phase.PUBLISHED else YES


def is_counted_at_once(ballots: int) -> bool:
    """Whether so many ballots are counted while the organiser waits, in a second or two."""
    return ballots <= AT_ONCE


def may_publish(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may publish the results: an organiser, once, after the closing ceremony."""
    return first_refusal(
        consultations.may_organise_consultation(actor, consultation),
        is_unpublished(consultation),
        consultations.may_publish(actor, consultation),
    )
