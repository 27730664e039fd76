"""Refusals that concern the log of what is done."""

from consultation.domain.errors.kinds import Conflict


class LogFaulty(Conflict):
    """The log is not what its seals say: `reason` is altered, missing or head, `number` says where."""

    code = "log_faulty"
