"""Refusals that concern what organisers answer: replies, outcomes, promises and the report."""

from consultation.domain.errors.kinds import Conflict, Invalid


class WrittenMeanwhile(Conflict):
    """Another organiser has changed the same text since it was read: nothing is overwritten."""

    code = "written_meanwhile"


class AnswerMissing(Conflict):
    """There is no official reply to change or withdraw."""

    code = "answer_missing"


class PromiseRefused(Invalid):
    """A day cannot be promised; `reason` is past, results, no_reason, long_reason or unchanged."""

    code = "promise_refused"


class ReportRefused(Conflict):
    """The report is not made public; `reason` is empty or published."""

    code = "report_refused"


class CitationRefused(Invalid):
    """A comment is not cited; `reason` is unknown, elsewhere, hidden, changed or many."""

    code = "citation_refused"
