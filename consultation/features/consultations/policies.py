"""Who may read, join and lead a consultation."""

from consultation.domain.errors import Missing, NotAnOrganiser, NotOpen, UnlawfulMove
from consultation.domain.phases import Phase, moved
from consultation.domain.verdicts import YES, Verdict, first_refusal, no
from consultation.features.accounts.models import ORGANISER, Account
from consultation.features.accounts.policies import may_act, may_moderate, may_organise
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock


def may_read(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may see this consultation: anyone once it has opened, its team while it is a draft."""
    if consultation.phase != Phase.DRAFT:
        return YES
    is_of_its_team = may_organise(actor, consultation.id) or may_moderate(actor, consultation.id)
    return YES if is_of_its_team else no(Missing())


def may_take_part(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may comment and rank now; the date alone refuses what is late."""
    is_open = consultation.takes_part_at(clock.now())
    return first_refusal(may_read(actor, consultation), may_act(actor), YES if is_open else no(NotOpen()))


def may_create_consultation(actor: Account | None) -> Verdict:
    """Whether the actor may write a new consultation: whoever organises one already."""
    if not (able := may_act(actor)):
        return able
    is_organiser = actor is not None and any(grant.role == ORGANISER for grant in actor.grants)
    return YES if is_organiser else no(NotAnOrganiser())


def may_organise_consultation(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor leads this consultation; a draft of others does not even exist for them."""
    return first_refusal(may_act(actor), may_read(actor, consultation), may_organise(actor, consultation.id))


def may_open(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may open this consultation, what it lacks apart."""
    return first_refusal(may_organise_consultation(actor, consultation), _may_move(consultation, Phase.OPEN))


def may_close(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may begin the closing ceremony, or take it up again where it stopped."""
    if consultation.phase == Phase.CLOSING:
        return may_organise_consultation(actor, consultation)
    return first_refusal(may_organise_consultation(actor, consultation), _may_move(consultation, Phase.CLOSING))


def may_publish(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may publish the results."""
    return first_refusal(may_organise_consultation(actor, consultation), _may_move(consultation, Phase.PUBLISHED))


def _may_move(consultation: Consultation, target: Phase) -> Verdict:
    try:
        moved(Phase(consultation.phase), target)
    except UnlawfulMove as refusal:
        return no(refusal)
    return YES
