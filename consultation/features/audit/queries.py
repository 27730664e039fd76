"""The audit log as it is read: its chain, what waits to be sealed, the heads that were published."""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import bindparam, exists, func, select

from consultation.domain.verifiability.log import Entry, Seal
from consultation.features.audit.models import AuditEntry, AuditHead, AuditPerson, AuditSeal
from consultation.infrastructure.database import session

PAGE = 1000
# An entry is written with the moment of its act and committed with it: no transaction lives so long.
_LATE = timedelta(days=1)
_ALIAS = select(AuditPerson.alias).where(AuditPerson.account_id == bindparam("named"))


def alias_of(account_id: uuid.UUID) -> str | None:
    """The identifier by which the log names this account, or None while it names it nowhere."""
    return session.scalar(_ALIAS, {"named": account_id})


def last_seal() -> Seal | None:
    """The end of the chain; None before the first seal."""
    row = session.execute(select(AuditSeal.number, AuditSeal.digest).order_by(AuditSeal.number.desc()).limit(1)).first()
    return Seal(*row) if row else None


def unsealed_entries(limit: int) -> list[AuditEntry]:
    """Entries that are in no seal yet, oldest first."""
    is_sealed = exists().where(AuditSeal.entry_id == AuditEntry.id)
    waiting = select(AuditEntry).where(~is_sealed).order_by(AuditEntry.at, AuditEntry.id).limit(limit)
    since = _moment_of_last_sealed()
    return list(session.scalars(waiting.where(AuditEntry.at >= since - _LATE) if since else waiting))


def unsealed_count() -> int:
    """How many entries are in no seal, however old."""
    entries = session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    return entries - (session.scalar(select(func.count()).select_from(AuditSeal)) or 0)


def sealed_entries() -> Iterator[tuple[Seal, Entry]]:
    """The whole chain in its order, read by pages: in constant memory, however long."""
    after = 0
    while page := _page_after(after):
        yield from page
        after = page[-1][0].number


def digest_of_seal(number: int) -> str | None:
    """The digest of the seal that has this number, or None where the chain is shorter."""
    return session.scalar(select(AuditSeal.digest).where(AuditSeal.number == number))


def published_heads(limit: int | None = None) -> list[AuditHead]:
    """The heads that were published, the latest day first."""
    return list(session.scalars(select(AuditHead).order_by(AuditHead.day.desc()).limit(limit)))


def head_of_day(day: date) -> AuditHead | None:
    """The head that was published on a day, or None."""
    return session.get(AuditHead, day)


def stamp_of_heads() -> date | None:
    """What changes whenever a head is published: the latest day."""
    return session.scalar(select(func.max(AuditHead.day)))


def as_sealed(entry: AuditEntry) -> Entry:
    """The entry as its seal reads it."""
    return _entry(entry.at, entry.event, entry.identifiers)


def _page_after(number: int) -> list[tuple[Seal, Entry]]:
    rows = session.execute(
        select(AuditSeal.number, AuditSeal.digest, AuditEntry.at, AuditEntry.event, AuditEntry.identifiers)
        .join(AuditEntry, AuditEntry.id == AuditSeal.entry_id)
        .where(AuditSeal.number > number)
        .order_by(AuditSeal.number)
        .limit(PAGE)
    )
    return [(Seal(row.number, row.digest), _entry(row.at, row.event, row.identifiers)) for row in rows]


def _entry(at: datetime, event: str, identifiers: str) -> Entry:
    return Entry(at=at.astimezone(UTC).isoformat(timespec="microseconds"), event=event, identifiers=identifiers)


def _moment_of_last_sealed() -> datetime | None:
    return session.scalar(
        select(AuditEntry.at)
        .join(AuditSeal, AuditSeal.entry_id == AuditEntry.id)
        .order_by(AuditSeal.number.desc())
        .limit(1)
    )
