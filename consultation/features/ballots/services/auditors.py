"""Auditors: named by two organisers, handed an encrypted bundle, heard in public (BALLOT.md, Verification)."""

import hashlib
from datetime import date

from consultation.domain.deliberation.texts import clean_text, clean_title
from consultation.domain.errors import AuditorRefused
from consultation.domain.verdicts import enforce
from consultation.features.accounts.models import Account
from consultation.features.ballots.events import (
    AuditorConfirmed,
    AuditorDismissed,
    AuditorProposed,
    AuditStatementRecorded,
    BundleHandedOver,
)
from consultation.features.ballots.models import Auditor, AuditStatement, BundleCopy
from consultation.features.ballots.policies import may_confirm_auditor, may_name_auditors
from consultation.features.ballots.queries.auditors import auditor_named, auditor_with_key
from consultation.features.ballots.queries.bundles import bundle_of
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock, envelopes
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import record

LONGEST_NAME = 100
SHORTEST_STATEMENT, LONGEST_STATEMENT = 10, 5000


def propose_auditor(actor: Account, consultation: Consultation, name: str, recipient: str) -> Auditor:
    """Name an auditor by the public key that will open the bundle; AuditorRefused: name, recipient or known."""
    enforce(may_name_auditors(actor, consultation))
    session.refresh(consultation, with_for_update=True)  # two organisers with the same key follow each other
    name, recipient = clean_title(clean_text(name)), recipient.strip()
    _refuse_unless(0 < len(name) <= LONGEST_NAME, "name")
    _refuse_unless(envelopes.is_recipient(recipient), "recipient")
    _refuse_unless(auditor_with_key(consultation, recipient) is None, "known")
    auditor = Auditor(
        id=new_public_id(),
        consultation_id=consultation.id,
        name=name,
        recipient=recipient,
        proposed_by=actor.id,
        proposed_at=clock.now(),
    )
    session.add(auditor)
    session.flush()
    record(AuditorProposed(consultation.id, auditor.id, actor.id))
    return auditor


def confirm_auditor(actor: Account, consultation: Consultation, auditor_id: str) -> Auditor:
    """Confirm whom another organiser proposed; AuditorRefused: same_person, or settled where it was done already."""
    enforce(may_name_auditors(actor, consultation))
    auditor = auditor_named(consultation, auditor_id)
    enforce(may_confirm_auditor(actor, auditor))
    auditor.confirmed_by, auditor.confirmed_at = actor.id, clock.now()
    session.flush()
    record(AuditorConfirmed(consultation.id, auditor.id, actor.id))
    return auditor


def dismiss_auditor(actor: Account, consultation: Consultation, auditor_id: str) -> None:
    """Take back a proposal, which leaves no trace in public, or hand no copy to an auditor any more.

    One organiser is enough: this only takes access away. AuditorRefused: settled.
    """
    enforce(may_name_auditors(actor, consultation))
    auditor = auditor_named(consultation, auditor_id)
    _refuse_unless(auditor.ended_at is None, "settled")
    if auditor.confirmed_at is None:
        session.delete(auditor)
    else:
        auditor.ended_at = clock.now()
    session.flush()
    record(AuditorDismissed(consultation.id, auditor_id, actor.id))


def bundle_for(consultation: Consultation, recipient: str, release: bytes = b"") -> bytes:
    """The auditors' bundle in an envelope that this confirmed auditor alone can open; that it was made is public.

    For the command line. AuditorRefused: unconfirmed. CeremonyRefused before the ballots are sealed.
    """
    auditor = auditor_with_key(consultation, recipient.strip())
    if auditor is None or not auditor.is_in_force:
        raise AuditorRefused(reason="unconfirmed")
    bundle = bundle_of(consultation, release)
    digest = hashlib.sha256(bundle).hexdigest()
    session.add(BundleCopy(id=new_public_id(), auditor_id=auditor.id, handed_at=clock.now(), hash=digest))
    session.flush()
    record(BundleHandedOver(consultation.id, auditor.id))
    return envelopes.sealed_for(auditor.recipient, bundle)


def record_statement(
    actor: Account, consultation: Consultation, auditor_id: str, day: date, text: str
) -> AuditStatement:
    """Put on record, in public and for good, what an auditor declares to have found; AuditorRefused: statement."""
    enforce(may_name_auditors(actor, consultation))
    auditor = auditor_named(consultation, auditor_id)
    _refuse_unless(auditor.confirmed_at is not None, "settled")
    text = clean_text(text)
    _refuse_unless(SHORTEST_STATEMENT <= len(text) <= LONGEST_STATEMENT and day <= clock.today(), "statement")
    statement = AuditStatement(id=new_public_id(), auditor_id=auditor.id, day=day, text=text, recorded_at=clock.now())
    session.add(statement)
    session.flush()
    record(AuditStatementRecorded(consultation.id, auditor.id, actor.id))
    return statement


def _refuse_unless(is_so: bool, reason: str) -> None:
    if not is_so:
        raise AuditorRefused(reason=reason)
