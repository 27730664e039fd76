"""Mails that follow from acts, written in the transaction of the act and sent after it."""

from consultation.domain.moderation.grounds import Ground, Outcome
from consultation.features.accounts.queries import account_by_id
from consultation.features.moderation.events import CaseDecided, CaseLapsed, NoticeGiven
from consultation.features.moderation.models import LAPSED, Notice
from consultation.features.moderation.queries import addressed_notices, decision_by_id
from consultation.features.moderation.services import forget_contact
from consultation.infrastructure import mail
from consultation.infrastructure.web.grounds import NAMES
from consultation.infrastructure.web.urls import external_url


def confirm_notice(event: NoticeGiven) -> None:
    """Whoever gave notice is told that it was received (Regulation (EU) 2022/2065, article 16(4))."""
    for notice, address in addressed_notices(event.case_id, event.notice_id):
        _write(notice, address, "notice_received")


def tell_author_of_decision(event: CaseDecided) -> None:
    """The author of a withheld comment is told the true reason (the same regulation, article 17)."""
    if event.outcome != Outcome.WITHHOLD:
        return
    decision = decision_by_id(event.decision_id)
    ground = Ground(decision.ground)
    author = account_by_id(decision.comment.author_id)
    if author is None or author.address is None:
        return
    mail.write(
        author.address,
        "decision_withheld",
        author.language,
        decision=decision,
        number=decision.comment.recommendation.number,
        ground=NAMES[ground],
        article=ground.article,
        url=external_url("moderation.statement", author.language, decision_id=decision.id),
    )


def tell_notifiers_of_decision(event: CaseDecided) -> None:
    """Whoever gave notice is told the outcome, once (the same regulation, article 16(5))."""
    _tell_all(event.case_id, event.outcome)


def tell_notifiers_of_lapse(event: CaseLapsed) -> None:
    """Whoever gave notice is told that the author withdrew the comment."""
    _tell_all(event.case_id, LAPSED)


def _tell_all(case_id: str, outcome: str) -> None:
    for notice, address in addressed_notices(case_id):
        _write(notice, address, "notice_decided", outcome=outcome)
        forget_contact(notice)


def _write(notice: Notice, address: str, name: str, **values: object) -> None:
    url = external_url("moderation.notice", notice.language, reference=notice.id)
    mail.write(address, name, notice.language, notice=notice, url=url, **values)
