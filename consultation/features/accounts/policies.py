"""What any account may do anywhere: the questions that every later feature asks first."""

import uuid

from consultation.domain.errors import (
    CharterNotAccepted,
    LastOrganiser,
    NotAModerator,
    NotAnOrganiser,
    NotConfirmed,
    NotOfTheTeam,
    NotSignedIn,
    Suspended,
)
from consultation.domain.verdicts import YES, Verdict, first_refusal, no
from consultation.features.accounts.models import MODERATOR, ORGANISER, Account
from consultation.features.accounts.queries import is_last_organiser
from consultation.infrastructure import charter


def may_act(actor: Account | None) -> Verdict:
    """Whether somebody is signed in, with a confirmed address and an account in force."""
    if actor is None:
        return no(NotSignedIn())
    if actor.is_disabled:
        return no(Suspended())
    if not actor.is_confirmed and not actor.is_synthetic:
        return no(NotConfirmed())
    return YES


def may_speak(actor: Account | None) -> Verdict:
    """Whether whoever may act has accepted the charter: no comment is judged by rules its author never saw."""
    if not (able := may_act(actor)):
        return able
    has_accepted = actor is not None and actor.charter_edition == charter.in_force()
    return YES if has_accepted else no(CharterNotAccepted())


def may_accept_charter(actor: Account | None, edition: int) -> Verdict:
    """Whether the actor may accept this edition: the one in force, which their page may not show any more."""
    return first_refusal(may_see_account(actor), YES if edition == charter.in_force() else no(CharterNotAccepted()))


def may_see_account(actor: Account | None) -> Verdict:
    """Whether somebody is signed in: one's own account page shows one's own account only."""
    return YES if actor is not None else no(NotSignedIn())


def may_erase(actor: Account | None) -> Verdict:
    """Whether the actor may erase their account: their own, unless a consultation would be left without organiser."""
    is_last = actor is not None and is_last_organiser(actor.id)
    return first_refusal(may_see_account(actor), no(LastOrganiser()) if is_last else YES)


def may_moderate(actor: Account | None, consultation_id: uuid.UUID) -> Verdict:
    """Whether the actor is a moderator of this consultation."""
    if not (able := may_act(actor)):
        return able
    return YES if actor is not None and actor.holds(MODERATOR, consultation_id) else no(NotAModerator())


def may_organise(actor: Account | None, consultation_id: uuid.UUID) -> Verdict:
    """Whether the actor is an organiser of this consultation."""
    if not (able := may_act(actor)):
        return able
    return YES if actor is not None and actor.holds(ORGANISER, consultation_id) else no(NotAnOrganiser())


def may_join_team_work(actor: Account | None) -> Verdict:
    """Whether the actor holds a role in any consultation."""
    if not (able := may_act(actor)):
        return able
    return YES if actor is not None and actor.is_of_a_team else no(NotOfTheTeam())
