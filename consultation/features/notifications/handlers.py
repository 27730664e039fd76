"""News and mails that follow from acts, written in the transaction of the act and told after it."""

import uuid

from consultation.domain.moderation.grounds import Ground, Outcome
from consultation.features.accounts.events import AccountErased
from consultation.features.accounts.queries import account_by_id
from consultation.features.comments.events import (
    CommentEdited,
    CommentPosted,
    CommentRestored,
    CommentWithdrawn,
    CommentWithheld,
    OfficialReplyGiven,
    OfficialReplyWithdrawn,
)
from consultation.features.consultations.events import ConsultationClosed, ConsultationOpened, ConsultationPublished
from consultation.features.consultations.models import Consultation
from consultation.features.moderation.events import CaseDecided, CaseLapsed, NoticeGiven
from consultation.features.moderation.models import LAPSED, Notice
from consultation.features.moderation.queries import addressed_notices, decision_by_id
from consultation.features.moderation.services import forget_contact
from consultation.features.notifications import services
from consultation.features.notifications.events import PaceChanged
from consultation.features.notifications.jobs import announce_closing, announcement_time, spread_news, write_mails
from consultation.features.notifications.models import Happening
from consultation.features.notifications.queries import subscription_by_id
from consultation.infrastructure import mail
from consultation.infrastructure.database import session
from consultation.infrastructure.jobs import enqueue
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


def tell_followers_of_comment(event: CommentPosted) -> None:
    """Whoever follows what a comment stands in is told of it, at their own pace."""
    services.add_news_of_comment(event.comment_id, Happening.COMMENT)
    enqueue(spread_news)


def tell_followers_of_answer(event: OfficialReplyGiven) -> None:
    """Whoever follows what an answer stands in is told of it, the author of the comment first of all."""
    services.add_news_of_comment(event.comment_id, Happening.ANSWER)
    enqueue(spread_news)


def forget_withdrawn_answer(event: OfficialReplyWithdrawn) -> None:
    """Nobody is told any more of an answer that was taken back."""
    services.forget_answer(event.comment_id)


def reissue_in_feeds(event: CommentEdited | CommentWithheld | CommentRestored | CommentWithdrawn) -> None:
    """Feeds issue a comment anew when what is public of it changes."""
    services.reissue(event.comment_id)


def tell_followers_of_opening(event: ConsultationOpened) -> None:
    """Whoever follows a consultation is told that it opened, and later that it closes soon."""
    consultation = session.get_one(Consultation, event.consultation_id)
    _tell_step(event.consultation_id, Happening.OPENED)
    enqueue(announce_closing, due_at=announcement_time(consultation), consultation_id=str(event.consultation_id))


def tell_followers_of_close(event: ConsultationClosed) -> None:
    """Whoever follows a consultation is told that it closed."""
    _tell_step(event.consultation_id, Happening.CLOSED)


def tell_followers_of_results(event: ConsultationPublished) -> None:
    """Whoever follows a consultation, or wished to hear of its results, is told that they are public."""
    _tell_step(event.consultation_id, Happening.PUBLISHED)


def write_at_new_pace(event: PaceChanged) -> None:
    """A mail that somebody wants sooner, or later, is written then."""
    enqueue(write_mails, due_at=subscription_by_id(event.subscription_id).due_at)


def note_refused_address(event: mail.MailRefused) -> None:
    """An address that a mail server refuses for good is no longer written to of what it follows."""
    services.note_refusal(event.mail_id)


def forget_what_erased_followed(event: AccountErased) -> None:
    """Whoever leaves follows nothing any more."""
    services.forget_follower(event.account_id)


def _tell_step(consultation_id: uuid.UUID, kind: Happening) -> None:
    services.add_step(consultation_id, kind)
    enqueue(spread_news)


def _tell_all(case_id: str, outcome: str) -> None:
    for notice, address in addressed_notices(case_id):
        _write(notice, address, "notice_decided", outcome=outcome)
        forget_contact(notice)


def _write(notice: Notice, address: str, name: str, **values: object) -> None:
    url = external_url("moderation.notice", notice.language, reference=notice.id)
    mail.write(address, name, notice.language, notice=notice, url=url, **values)
