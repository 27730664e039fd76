"""Every refusal that the rules can utter: a kind that decides its status, a code that decides its sentence."""

from typing import ClassVar


class RuleBroken(Exception):
    """A refusal, with the named values that its sentence needs (never a secret, an address or a ranking)."""

    code: ClassVar[str] = "rule_broken"

    def __init__(self, **values: object) -> None:
        super().__init__(self.code)
        self.values = values


class NotSignedIn(RuleBroken):
    """The act needs an account."""

    code = "sign_in_required"


class Missing(RuleBroken):
    """What was asked for does not exist, or not for this person."""

    code = "not_found"


class Forbidden(RuleBroken):
    """Refused to this person, whatever the moment."""

    code = "forbidden"


class NotConfirmed(Forbidden):
    """The account's address has not been confirmed."""

    code = "address_not_confirmed"


class Suspended(Forbidden):
    """The account is suspended or disabled."""

    code = "account_suspended"


class NotAModerator(Forbidden):
    """Only a moderator of this consultation may."""

    code = "not_a_moderator"


class NotAnOrganiser(Forbidden):
    """Only an organiser of this consultation may."""

    code = "not_an_organiser"


class NotOfTheTeam(Forbidden):
    """Only somebody with a role in a consultation may."""

    code = "not_of_the_team"


class ConflictOfInterest(Forbidden):
    """Nobody decides in a thread in which they wrote, nor about themselves."""

    code = "conflict_of_interest"


# Conflict: not now, or no longer.


class Conflict(RuleBroken):
    """The state of things refuses this act."""

    code = "conflict"


class UnlawfulMove(Conflict):
    """A consultation cannot pass from its phase to the one asked for."""

    code = "unlawful_move"


class OpeningRefused(Conflict):
    """A consultation lacks what it needs before it may open; `missing` lists it by code."""

    code = "opening_refused"


class RecommendationsFrozen(Conflict):
    """The recommendations of a consultation no longer change once it has opened."""

    code = "recommendations_frozen"


class NotOpen(Conflict):
    """The consultation takes no contribution or ballot now."""

    code = "not_open"


class BallotTooLate(NotOpen):
    """Ballots are not taken, or no longer: what was cast before the close, if anything, is what counts."""

    code = "ballot_too_late"


class NotPublished(Conflict):
    """Results are not published yet: nobody sees them, organisers included."""

    code = "not_published"


class AlreadyPublished(Conflict):
    """A consultation is published once."""

    code = "already_published"


class CeremonyRefused(Conflict):
    """The closing ceremony found what it must not pass over; `cause` says what."""

    code = "ceremony_refused"


class CommentNotPublic(Conflict):
    """The comment is withheld or withdrawn: it takes no reply, reaction or notice."""

    code = "comment_not_public"


class AlreadyDecided(Conflict):
    """Another moderator has decided this case meanwhile."""

    code = "already_decided"


class AlreadyAttested(Conflict):
    """The same person attests a proof once: two different people must have seen it."""

    code = "already_attested"


# Invalid: what was sent cannot be taken as it is.


class Invalid(RuleBroken):
    """What was sent cannot be taken as it is."""

    code = "invalid"


class ConsultationRefused(Invalid):
    """A consultation cannot be written so; `reason` is slug, slug_taken, words or dates."""

    code = "consultation_refused"


class EntryRefused(Invalid):
    """An entry of a file of recommendations is not acceptable; `entry` is its place from 1, `reason` says why."""

    code = "entry_refused"


class ImportRefused(Invalid):
    """A file of recommendations is refused whole; `faults` holds an EntryRefused for each thing wrong."""

    code = "import_refused"


class NameRefused(Invalid):
    """A display name is not acceptable; `reason` is a code of domain.names."""

    code = "name_refused"


class NameTaken(Invalid):
    """Somebody else in this consultation has this name, or one that looks the same."""

    code = "name_taken"


class PassphraseRefused(Invalid):
    """A passphrase is too short, too long or too common; `reason` says which."""

    code = "passphrase_refused"


class EmptyRanking(Invalid):
    """A ballot ranks at least one recommendation."""

    code = "empty_ranking"


class ForeignRecommendation(Invalid):
    """A ranking names a recommendation that is not in this consultation."""

    code = "foreign_recommendation"


class ConsentMissing(Invalid):
    """A ballot needs its own consent."""

    code = "consent_missing"


class StatementIncomplete(Invalid):
    """A measure needs ground, facts and a statement (Regulation (EU) 2022/2065, article 17(3)); `reason` says which."""

    code = "statement_incomplete"


class NoticeIncomplete(Invalid):
    """A notice needs an explanation of 20 to 1,000 characters."""

    code = "notice_incomplete"


class SignInRefused(Invalid):
    """Address and passphrase do not open an account together; which of the two is wrong is never said."""

    code = "sign_in_refused"


class TokenInvalid(Invalid):
    """A link is expired, used, or not whole."""

    code = "token_invalid"


class Unavailable(RuleBroken):
    """The platform cannot do this now, through no fault of the person."""

    code = "unavailable"


class BallotUnreadable(Unavailable):
    """What lies in this person's place does not open with the consultation's key: it was put there by other means."""

    code = "ballot_unreadable"


class KeyUnavailable(Unavailable):
    """The consultation's key is missing or is not the one it opened with: no ballot is taken, no new key is made."""

    code = "key_unavailable"
