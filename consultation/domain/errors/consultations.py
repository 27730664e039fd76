"""Refusals that concern a consultation, its recommendations and those who organise it."""

from consultation.domain.errors.kinds import Conflict, Forbidden, Invalid


class NotAnOrganiser(Forbidden):
    """Only an organiser of this consultation may."""

    code = "not_an_organiser"


class LastOrganiser(Conflict):
    """No consultation is without an organiser: the last one hands over before leaving."""

    code = "last_organiser"


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


class ConsultationRefused(Invalid):
    """A consultation cannot be written so; `reason` is slug, slug_taken, words or dates."""

    code = "consultation_refused"


class EntryRefused(Invalid):
    """An entry of a file of recommendations is not acceptable; `entry` is its place from 1, `reason` says why."""

    code = "entry_refused"


class ImportRefused(Invalid):
    """A file of recommendations is refused whole; `faults` holds an EntryRefused for each thing wrong."""

    code = "import_refused"
