"""The kinds of refusal: each decides the status under which it is uttered."""

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


class UnknownReading(Missing):
    """A list is asked for in an order, with a filter or from a place that does not exist."""

    code = "unknown_reading"


class Forbidden(RuleBroken):
    """Refused to this person, whatever the moment."""

    code = "forbidden"


class Conflict(RuleBroken):
    """The state of things refuses this act."""

    code = "conflict"


class Invalid(RuleBroken):
    """What was sent cannot be taken as it is."""

    code = "invalid"


class Unavailable(RuleBroken):
    """The platform cannot do this now, through no fault of the person."""

    code = "unavailable"
