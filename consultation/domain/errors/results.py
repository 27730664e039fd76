"""Refusals that concern the publication of results."""

from consultation.domain.errors.kinds import Conflict


class NotPublished(Conflict):
    """Results are not published yet: nobody sees them, organisers included."""

    code = "not_published"


class AlreadyPublished(Conflict):
    """A consultation is published once."""

    code = "already_published"


class CorrectionRefused(Conflict):
    """Results are not published again; `reason` is no_reason, or unchanged where the count gives the same bytes."""

    code = "correction_refused"
