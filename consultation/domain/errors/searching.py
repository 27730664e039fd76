"""Refusals that concern the search."""

from consultation.domain.errors.kinds import Invalid


class SearchTooBroad(Invalid):
    """Looking for this would keep the database from everybody else: too many texts hold the words."""

    code = "search_too_broad"
