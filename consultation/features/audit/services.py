"""What is done to the audit log: entries are written and sealed, and the end of their chain is published."""

import uuid
from dataclasses import asdict

from sqlalchemy import delete

from consultation.domain.verifiability.canonical import canonical
from consultation.domain.verifiability.log import chained
from consultation.features.audit.models import AuditEntry, AuditHead, AuditPerson, AuditSeal
from consultation.features.audit.queries import alias_of, as_sealed, head_of_day, last_seal, unsealed_entries
from consultation.infrastructure import clock
from consultation.infrastructure.database import new_public_id, session
from consultation.infrastructure.events import Event

# The fields by which events name an account: the log holds a random identifier in their place.
PERSONS = frozenset({"account_id", "actor_id", "attester_id", "author_id", "moderator_id"})
BATCH = 1000


def write_entry(event: Event) -> None:
    """Keep an event by its name and identifiers; NotCanonical when it carries anything but identifiers and numbers."""
    identifiers = {name: _plain(name, value) for name, value in asdict(event).items() if value is not None}
    session.add(AuditEntry(at=clock.now(), event=type(event).__name__, identifiers=canonical(identifiers).decode()))


def forget_persons(event: Event) -> None:
    """Delete the row that tells whom the log means, of each account that an event names."""
    named = [value for name, value in asdict(event).items() if name in PERSONS and value is not None]
    session.execute(delete(AuditPerson).where(AuditPerson.account_id.in_(named)))


def seal_entries() -> int:
    """Seal the entries that wait, a batch at most, after the end of the chain; how many there were.

    Of two sequencers at once one fails on the number that both would give, and is called again by its job.
    """
    waiting = unsealed_entries(BATCH)
    seals = chained(last_seal(), [as_sealed(entry) for entry in waiting])
    session.add_all(
        AuditSeal(number=seal.number, entry_id=entry.id, digest=seal.digest)
        for entry, seal in zip(waiting, seals, strict=True)
    )
    session.flush()
    return len(waiting)


def publish_head() -> AuditHead | None:
    """Note today's end of the chain for all to keep, once a day (Europe/Paris); None while nothing is sealed."""
    today, last = clock.today(), last_seal()
    if (published := head_of_day(today)) or last is None:
        return published
    head = AuditHead(day=today, number=last.number, digest=last.digest)
    session.add(head)
    session.flush()
    return head


def _plain(name: str, value: object) -> object:
    if name in PERSONS and isinstance(value, uuid.UUID):
        return _named(value)
    return str(value) if isinstance(value, uuid.UUID) else value


def _named(account_id: uuid.UUID) -> str:
    if known := alias_of(account_id):
        return known
    person = AuditPerson(account_id=account_id, alias=new_public_id())
    session.add(person)
    return person.alias
