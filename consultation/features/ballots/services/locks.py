"""Locks of a consultation's ballots: many cast at once, the ceremony alone.

On SQLite every writing transaction is alone from its first statement, so that nothing has to be asked for.
"""

import hashlib
import uuid

from sqlalchemy import bindparam, func, select

from consultation.domain.verdicts import enforce
from consultation.features.ballots.models.holders import Holder
from consultation.features.ballots.policies import may_prepare
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import begin_writing, is_postgresql, session
from consultation.infrastructure.glimpses import PlainStatement

# Asked at every cast: written once. The slot is asked for when the consultation's lock is held, never before: whoever
# waited for the fence with a slot in hand would keep one whom the fence waits for.
_FENCED_OFF = select(func.pg_advisory_xact_lock_shared(bindparam("fence")))
_SLOT_AFTER_FENCE = PlainStatement(
    select(func.pg_advisory_xact_lock(bindparam("slot"))).select_from(_FENCED_OFF.cte("fenced_off"))
)


def hold_open(holder: Holder, consultation: Consultation) -> None:
    """Make the fence wait for this transaction, then refuse unless ballots are taken at this very moment."""
    hold_fence_off(consultation)
    enforce(may_prepare(holder, consultation))


def hold_fence_off(consultation: Consultation) -> None:
    """Make the fence wait for this transaction, where it does not stand already: the phase, read anew, tells.

    The lock is a statement of its own, so that phase and dates are read after it was granted.
    """
    begin_writing()
    if is_postgresql():
        session.connection().execute(_FENCED_OFF, {"fence": _number_of(consultation.id.bytes)})
    session.refresh(consultation, ["phase", "closes_at"])


def hold_for_cast(consultation: Consultation, slot: bytes) -> None:
    """Make the fence, and any other act on this slot, wait for this transaction; nothing was read before it."""
    begin_writing()
    if is_postgresql():
        _SLOT_AFTER_FENCE.run(fence=_number_of(consultation.id.bytes), slot=_number_of(slot))


def hold_slot(slot: bytes) -> None:
    """Let two casts of the same person follow each other, for the second must see the first."""
    if is_postgresql():
        session.execute(select(func.pg_advisory_xact_lock(_number_of(slot))))


def hold_chain(consultation_id: uuid.UUID) -> None:
    """Let two lines of a chain follow each other, for the second must name the first."""
    if is_postgresql():
        session.execute(select(func.pg_advisory_xact_lock(_number_of(b"chain" + consultation_id.bytes))))


def hold_alone(consultation_id: uuid.UUID) -> None:
    """Wait for the casts in flight and keep all others out until this transaction ends."""
    if is_postgresql():
        session.execute(select(func.pg_advisory_xact_lock(_number_of(consultation_id.bytes))))


def _number_of(name: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"consultation:lock:1\0" + name).digest()[:8], signed=True)
