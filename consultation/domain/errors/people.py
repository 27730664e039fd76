"""Refusals that concern an account, its name, its passphrase or its role."""

from consultation.domain.errors.kinds import Conflict, Forbidden, Invalid


class NotConfirmed(Forbidden):
    """The account's address has not been confirmed."""

    code = "address_not_confirmed"


class Suspended(Forbidden):
    """The account is suspended or disabled."""

    code = "account_suspended"


class NotOfTheTeam(Forbidden):
    """Only somebody with a role in a consultation may."""

    code = "not_of_the_team"


class CharterNotAccepted(Conflict):
    """Whoever writes has accepted the edition of the charter that is in force."""

    code = "charter_not_accepted"


class NameRefused(Invalid):
    """A display name is not acceptable; `reason` is a code of domain.names."""

    code = "name_refused"


class NameTaken(Invalid):
    """Somebody else in this consultation has this name, or one that looks the same."""

    code = "name_taken"


class PassphraseRefused(Invalid):
    """A passphrase is too short, too long or too common; `reason` says which."""

    code = "passphrase_refused"


class SignInRefused(Invalid):
    """Address and passphrase do not open an account together; which of the two is wrong is never said."""

    code = "sign_in_refused"


class TokenInvalid(Invalid):
    """A link is expired, used, or not whole."""

    code = "token_invalid"


class AlreadyAttested(Conflict):
    """The same person attests a proof once: two different people must have seen it."""

    code = "already_attested"
