"""Auditors as they are read."""

import uuid

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from consultation.domain.errors import Missing
from consultation.domain.identifiers import is_public_identifier
from consultation.features.ballots.models import Auditor, AuditStatement
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import session


def auditors_of(consultation: Consultation) -> list[Auditor]:
    """Everybody who was confirmed, with copies and statements, the first one first: what the public reads."""
    return list(session.scalars(_named(consultation.id).where(Auditor.confirmed_at.is_not(None))))


def auditors_and_proposals_of(consultation: Consultation) -> list[Auditor]:
    """The same, and who still waits for a second organiser: what organisers read."""
    return list(session.scalars(_named(consultation.id)))


def statements_of(consultation: Consultation) -> list[tuple[str, AuditStatement]]:
    """What auditors declared to have found, each with its author's name, by day."""
    found = session.execute(
        select(Auditor.name, AuditStatement)
        .join(AuditStatement, AuditStatement.auditor_id == Auditor.id)
        .where(Auditor.consultation_id == consultation.id)
        .order_by(AuditStatement.day, AuditStatement.recorded_at)
    )
    return [(name, statement) for name, statement in found]


def auditor_named(consultation: Consultation, auditor_id: str) -> Auditor:
    """The auditor of this identifier in this consultation, locked until the transaction ends; Missing otherwise."""
    found = None
    if is_public_identifier(auditor_id):
        found = session.scalar(
            select(Auditor)
            .where(Auditor.id == auditor_id, Auditor.consultation_id == consultation.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    if found is None:
        raise Missing
    return found


def auditor_with_key(consultation: Consultation, recipient: str) -> Auditor | None:
    """The auditor, confirmed or not, whose public key this is; None where there is none."""
    return session.scalar(
        select(Auditor).where(Auditor.consultation_id == consultation.id, Auditor.recipient == recipient)
    )


def _named(consultation_id: uuid.UUID) -> Select[Auditor]:
    return (
        select(Auditor)
        .where(Auditor.consultation_id == consultation_id)
        .order_by(Auditor.proposed_at, Auditor.id)
        .options(selectinload(Auditor.copies), selectinload(Auditor.statements))
        .execution_options(populate_existing=True)
    )
