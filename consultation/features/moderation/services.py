"""What is done in moderation: notice is given, a case is decided, or lapses."""

import uuid

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from consultation.domain.deliberation.texts import clean_text
from consultation.domain.errors import (
    AlreadyDecided,
    CommentNotPublic,
    JudgedTextChanged,
    NoticeIncomplete,
    StatementIncomplete,
)
from consultation.domain.moderation.grounds import Ground, Outcome
from consultation.domain.moderation.statement_of_reasons import StatementOfReasons, faults_of
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment
from consultation.features.comments.queries import wrote_in_thread
from consultation.features.comments.services import lock, withhold_comment
from consultation.features.moderation.events import CaseDecided, CaseLapsed, CaseOpened, NoticeGiven
from consultation.features.moderation.models import DECIDED, LAPSED, OPEN, Case, Decision, Notice
from consultation.features.moderation.policies import may_decide, may_give_notice
from consultation.features.moderation.queries import (
    decision_of_case,
    notice_of_account,
    notice_of_submission,
    open_case_of,
)
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import record

EXPLANATION_MINIMUM = 20
EXPLANATION_MAXIMUM = 1000


def give_notice(
    actor: Account | None,
    comment: Comment,
    ground: Ground,
    explanation: str,
    submission: str,
    *,
    contact: str | None = None,
    language: str = "fr",
) -> Notice:
    """Say what is wrong with a comment; the same form again, or the same account again, gives the first notice back.

    The contact is kept only where there is no account. Regulation (EU) 2022/2065, article 16.
    """
    if sent_before := notice_of_submission(submission):
        return sent_before
    enforce(may_give_notice(actor, comment))
    case = _open_case(comment)
    # Whoever withheld the comment held the lock on its case: what was read before waiting may be stale.
    session.refresh(comment, ["state"])
    enforce(may_give_notice(actor, comment))
    if actor is not None and (given_before := notice_of_account(case.id, actor.id)):
        return given_before
    notice = Notice(
        id=new_public_id(),
        case_id=case.id,
        ground=ground.value,
        explanation=_explained(explanation),
        account_id=actor.id if actor else None,
        contact=None if actor else contact,
        language=actor.language if actor else language,
        submission=submission,
        created_at=clock.now(),
    )
    return _kept(notice, is_urgent=ground.is_urgent)


def decide_case(
    moderator: Account, case: Case, version: int, reasons: StatementOfReasons, templates: frozenset[str] = frozenset()
) -> Decision:
    """Keep or withhold the comment of a case, once; the same form again gives the first decision back.

    AlreadyDecided when the case is no longer as the moderator saw it (`version`), JudgedTextChanged when the comment is
    not; StatementIncomplete when a measure lacks a reason. `templates` are the ready-made sentences, which locate no
    passage.
    """
    enforce(may_decide(moderator, case, took_part=wrote_in_thread(moderator.id, case.comment)))
    # The comment before its case, as its author does who changes it: neither waits for the other for ever.
    lock(case.comment)
    if faults := faults_of(reasons, templates):
        raise StatementIncomplete(reason=next(iter(faults.values())))
    if not _closes(case.id, DECIDED, version):
        return _decided_before(moderator, case, reasons)
    decision = _decision(moderator, case, reasons)
    session.add(decision)
    session.flush()
    if reasons.outcome is Outcome.WITHHOLD:
        withhold_comment(case.comment, decision.id, decision.ground)
    record(CaseDecided(decision.id, case.id, case.comment_id, decision.outcome, moderator.id))
    return decision


def lapse_case(comment_id: str) -> None:
    """Close the open case, if any, of a comment that its author has withdrawn: there is nothing left to judge."""
    case = open_case_of(comment_id)
    if case is not None and _closes(case.id, LAPSED, case.version):
        record(CaseLapsed(case.id, comment_id))


def renew_case(comment_id: str) -> None:
    """Make whoever has read the comment of an open case read it again: it says something else now."""
    session.execute(
        update(Case).where(Case.comment_id == comment_id, Case.state == OPEN).values(version=Case.version + 1)
    )


def forget_judged_text(comment_id: str) -> None:
    """Erase the text of a comment that was judged, kept or restored, and that its author takes back."""
    session.execute(update(Decision).where(Decision.comment_id == comment_id).values(body_judged=""))


def forget_contact(notice: Notice) -> None:
    """Blank the address that a visitor left, once it has served."""
    notice.contact = None


def forget_person(account_id: uuid.UUID) -> None:
    """Cut notices and decisions from somebody who leaves; what they say stays, for decisions must be accounted for."""
    session.execute(update(Notice).where(Notice.account_id == account_id).values(account_id=None, contact=None))
    session.execute(update(Decision).where(Decision.moderator_id == account_id).values(moderator_id=None))


def _open_case(comment: Comment) -> Case:
    if case := open_case_of(comment.id):
        return case
    case = Case(
        id=new_public_id(),
        consultation_id=comment.consultation_id,
        comment_id=comment.id,
        state=OPEN,
        is_urgent=False,
        opened_at=clock.now(),
        version=1,
    )
    try:
        with session.begin_nested():
            session.add(case)
    except IntegrityError:
        if meanwhile := open_case_of(comment.id):
            return meanwhile
        raise
    record(CaseOpened(case.id, comment.id))
    return case


def _kept(notice: Notice, *, is_urgent: bool) -> Notice:
    try:
        with session.begin_nested():
            session.add(notice)
    except IntegrityError:
        if meanwhile := _same_notice(notice.submission, notice.case_id, notice.account_id):
            return meanwhile
        raise
    if is_urgent:
        session.execute(update(Case).where(Case.id == notice.case_id).values(is_urgent=True))
    record(NoticeGiven(notice.id, notice.case_id))
    return notice


def _same_notice(submission: str, case_id: str, account_id: uuid.UUID | None) -> Notice | None:
    if sent_before := notice_of_submission(submission):
        return sent_before
    return notice_of_account(case_id, account_id) if account_id else None


def _explained(explanation: str) -> str:
    text = clean_text(explanation)
    if not EXPLANATION_MINIMUM <= len(text) <= EXPLANATION_MAXIMUM:
        raise NoticeIncomplete()
    return text


def _closes(case_id: str, state: str, version: int) -> bool:
    """Close a case that is still open and as it was seen; of two who try at once, one succeeds."""
    closed = session.execute(
        update(Case)
        .where(Case.id == case_id, Case.state == OPEN, Case.version == version)
        .values(state=state, version=Case.version + 1)
        .returning(Case.id)
    )
    return closed.first() is not None


def _decision(moderator: Account, case: Case, reasons: StatementOfReasons) -> Decision:
    return Decision(
        id=new_public_id(),
        case_id=case.id,
        comment_id=case.comment_id,
        moderator_id=moderator.id,
        outcome=reasons.outcome.value,
        ground=reasons.ground.value if reasons.ground else "",
        facts=clean_text(reasons.facts),
        statement=clean_text(reasons.statement),
        body_judged=_text_judged(case.comment),
        revision_judged=case.comment.revision,
        decided_at=clock.now(),
    )


def _text_judged(comment: Comment) -> str:
    sources = [f"{source.title} <{source.url}>" for source in comment.sources]
    return "\n\n".join([comment.body, *sources])


def _decided_before(moderator: Account, case: Case, reasons: StatementOfReasons) -> Decision:
    """The decision of the same person with the same outcome and words, sent twice; AlreadyDecided otherwise."""
    former = decision_of_case(case.id)
    if former is None:
        raise JudgedTextChanged() if case.comment.is_public else CommentNotPublic()
    wanted = _decision(moderator, case, reasons)
    fields = ("moderator_id", "outcome", "ground", "facts", "statement")
    if any(getattr(former, field) != getattr(wanted, field) for field in fields):
        raise AlreadyDecided()
    return former
