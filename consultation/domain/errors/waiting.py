"""Refusals that concern comments which are not public yet."""

from consultation.domain.errors.kinds import Conflict, Invalid


class TooManyWaiting(Conflict):
    """As many comments as may wait in one browser do already."""

    code = "too_many_waiting"


class AdviceMissing(Invalid):
    """A comment is returned to its author with 20 to 1,000 characters that say why."""

    code = "advice_missing"


class AlreadyRead(Conflict):
    """The reading is over: the comment was made public, returned or taken back meanwhile."""

    code = "already_read"
