"""Refusals that concern ballots, the key that seals them, their close and those who check it."""

from consultation.domain.errors.consultations import NotOpen
from consultation.domain.errors.kinds import Conflict, Invalid, Unavailable


class BallotTooLate(NotOpen):
    """Ballots are not taken, or no longer: what was cast before the close, if anything, is what counts."""

    code = "ballot_too_late"


class ConfirmedTooLate(BallotTooLate):
    """Ballots are no longer taken, and in this browser a ranking waits that was never cast."""

    code = "confirmed_too_late"


class EmptyRanking(Invalid):
    """A ballot ranks at least one recommendation."""

    code = "empty_ranking"


class ForeignRecommendation(Invalid):
    """A ranking names a recommendation that is not in this consultation."""

    code = "foreign_recommendation"


class ConsentMissing(Invalid):
    """A ballot needs its own consent."""

    code = "consent_missing"


class TextsChanged(Conflict):
    """A recommendation was corrected after the ranking was reviewed: it must be read again before it is cast."""

    code = "texts_changed"


class BallotUnreadable(Unavailable):
    """What lies in this person's place does not open with the consultation's key: it was put there by other means."""

    code = "ballot_unreadable"


class KeyUnavailable(Unavailable):
    """The consultation's key is missing or is not the one it opened with: no ballot is taken, no new key is made."""

    code = "key_unavailable"


class CeremonyRefused(Conflict):
    """The closing ceremony found what it must not pass over; `cause` says what."""

    code = "ceremony_refused"


class PlanRefused(Conflict):
    """The counting plan cannot be so, or not now; `reason` names what: a field of the plan, or unchanged, phase."""

    code = "plan_refused"


class AuditorRefused(Conflict):
    """An auditor cannot be named, confirmed or served so; `reason` says why, for instance known or same_person."""

    code = "auditor_refused"
