"""Who may write the report of a consultation, and make it public."""

from consultation.domain.errors import NotPublished, ReportRefused
from consultation.domain.phases import Phase
from consultation.domain.verdicts import YES, Verdict, first_refusal, no
from consultation.features.accounts.models import Account
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_organise_consultation


def may_write_report(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may write, order and take out lines, and cite comments: a draft is seen by organisers alone."""
    return may_organise_consultation(actor, consultation)


def may_publish_report(actor: Account | None, consultation: Consultation) -> Verdict:
    """Whether the actor may make the report public: once, and not before the results that it is about."""
    is_published = consultation.phase == Phase.PUBLISHED
    is_out = consultation.report_published_on is not None
    return first_refusal(
        may_write_report(actor, consultation),
        YES if is_published else no(NotPublished()),
        no(ReportRefused(reason="published")) if is_out else YES,
    )
