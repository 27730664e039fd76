"""What is kept of one person, to be taken away (Regulation (EU) 2016/679, articles 15 and 20)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from consultation.features.accounts.models import Account, Grant
from consultation.features.audit.models import AuditPerson
from consultation.features.authentication.models import SignIn
from consultation.features.ballots.models.auditors import Auditor
from consultation.features.colleges.models import Attestation, Measure, PhysicianClaim
from consultation.features.comments.models import Comment, CommentReaction, CommentSource, PenName, ReturnedComment
from consultation.features.consultations.models import Consultation
from consultation.features.moderation.models import Decision, Notice
from consultation.features.notifications.models import Mailbox, Subscription
from consultation.features.recommendations.models import Recommendation
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

Column = InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Kept:
    """The rows of one table that are about a person: whose they are, what is told of each, and how it is joined."""

    person: Column
    columns: Sequence[Column]
    joined: Sequence[ColumnElement[bool]] = ()

    def of(self, account_id: uuid.UUID) -> Select[Any]:
        """The statement that reads the rows of one person, in a fixed order."""
        return select(*self.columns).where(self.person == account_id, *self.joined).order_by(*self.columns[:2])


# Neither fingerprints of secrets nor the ballot: beside an address it would be what no file of ours ever holds.
KEPT: Mapping[str, Kept] = {
    "account": Kept(
        Account.id,
        (
            Account.address,
            Account.language,
            Account.college,
            Account.created_at,
            Account.confirmed_at,
            Account.charter_edition,
            Account.charter_accepted_at,
        ),
    ),
    "log_identifier": Kept(AuditPerson.account_id, (AuditPerson.alias,)),
    "roles": Kept(
        Grant.account_id,
        (Consultation.slug, Grant.role, Grant.granted_at),
        [Grant.consultation_id == Consultation.id],
    ),
    "sign_ins": Kept(SignIn.account_id, (SignIn.created_at, SignIn.expires_at, SignIn.label)),
    "physician_claims": Kept(
        PhysicianClaim.account_id,
        (
            PhysicianClaim.claimed_at,
            PhysicianClaim.id,
            PhysicianClaim.state,
            PhysicianClaim.decided_at,
            PhysicianClaim.reason,
        ),
    ),
    "proofs_seen_of_others": Kept(
        Attestation.attester_id, (Attestation.attested_at, Attestation.claim_id, Attestation.proof)
    ),
    "measures_asked": Kept(Measure.asked_by, (Measure.asked_at, Measure.claim_id, Measure.kind, Measure.reason)),
    "auditors_proposed": Kept(Auditor.proposed_by, (Auditor.id, Auditor.name)),
    "auditors_confirmed": Kept(Auditor.confirmed_by, (Auditor.id, Auditor.name)),
    "names": Kept(
        PenName.account_id,
        (Consultation.slug, PenName.name),
        [PenName.consultation_id == Consultation.id],
    ),
    "comments": Kept(
        Comment.author_id,
        (
            Comment.posted_at,
            Comment.id,
            Consultation.slug,
            Recommendation.number,
            Comment.alignment,
            Comment.college,
            Comment.state,
            Comment.body,
        ),
        [
            Comment.recommendation_id == Recommendation.id,
            Comment.consultation_id == Consultation.id,
        ],
    ),
    "sources": Kept(
        Comment.author_id,
        (CommentSource.comment_id, CommentSource.position, CommentSource.title, CommentSource.url),
        [Comment.id == CommentSource.comment_id],
    ),
    "comments_returned": Kept(
        ReturnedComment.account_id,
        (
            ReturnedComment.returned_on,
            ReturnedComment.id,
            Recommendation.number,
            ReturnedComment.alignment,
            ReturnedComment.body,
            ReturnedComment.sources,
            ReturnedComment.advice,
            ReturnedComment.kept_until,
        ),
        [ReturnedComment.recommendation_id == Recommendation.id],
    ),
    "reactions": Kept(CommentReaction.account_id, (CommentReaction.comment_id, CommentReaction.kind)),
    "subscriptions": Kept(
        Subscription.account_id,
        (
            Subscription.begun_at,
            Subscription.id,
            Subscription.consultation_id,
            Subscription.recommendation_id,
            Subscription.thread_id,
            Subscription.pace,
            Subscription.mailed_at,
        ),
    ),
    "mailbox": Kept(Mailbox.account_id, (Mailbox.refused_on,)),
    "notices": Kept(Notice.account_id, (Notice.created_at, Notice.id, Notice.ground, Notice.explanation)),
    "decisions_about_comments": Kept(
        Comment.author_id,
        (
            Decision.decided_at,
            Decision.comment_id,
            Decision.outcome,
            Decision.ground,
            Decision.facts,
            Decision.statement,
            Decision.body_judged,
        ),
        [Comment.id == Decision.comment_id],
    ),
    "decisions_taken": Kept(Decision.moderator_id, (Decision.decided_at, Decision.case_id, Decision.outcome)),
}


def data_of(account: Account) -> dict[str, list[dict[str, object]]]:
    """All that is kept of a person, the ballot and fingerprints of secrets apart, by kind; moments in UTC."""
    return {kind: _rows(kept, account.id) for kind, kept in KEPT.items()}


def _rows(kept: Kept, account_id: uuid.UUID) -> list[dict[str, object]]:
    names = ["consultation" if column is Consultation.slug else column.key for column in kept.columns]
    return [
        {name: _plain(value) for name, value in zip(names, row, strict=True)}
        for row in session.execute(kept.of(account_id))
    ]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return clock.second(value)
    return str(value) if isinstance(value, date | uuid.UUID) else value
