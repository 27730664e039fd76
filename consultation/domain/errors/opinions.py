"""Refusals that concern opinion groups."""

from consultation.domain.errors.kinds import Conflict


class OpinionsAwaited(Conflict):
    """Opinion groups are not drawn yet: they come with the results, and nobody sees them before."""

    code = "opinions_awaited"
