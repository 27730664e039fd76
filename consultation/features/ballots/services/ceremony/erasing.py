"""Steps 5 and 6: boxes, drafts and key are destroyed, then the files of the database are rewritten without them."""

from datetime import timedelta

from sqlalchemy import delete

from consultation.domain.errors import CeremonyRefused
from consultation.features.ballots.models import Ballot, DayList, Draft, Step, key_name
from consultation.features.ballots.models.keyring import Row
from consultation.features.ballots.queries import step_state
from consultation.features.ballots.services.ceremony.sealing import Record, require_sealed
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import mark_closed
from consultation.infrastructure import clock, keys
from consultation.infrastructure.database import session
from consultation.infrastructure.scrubbing import ScrubForbidden, scrub

COPIES_KEPT_DAYS = 30
FORGOTTEN: tuple[Row, ...] = (Ballot, Draft, DayList)


def forget(consultation: Consultation) -> Record:
    """Step 5: delete every box and destroy the key; the only step that cannot be undone."""
    require_sealed(consultation, step_state(consultation.id, Step.PUBLISH).record or {})
    for row in FORGOTTEN:
        session.execute(delete(row).where(row.consultation_id == consultation.id))
    _destroy_key(key_name(consultation.id))
    return {}


def scrub_files() -> None:
    """The work of step 6, outside any transaction; CeremonyRefused when others keep the files busy, or rights lack."""
    try:
        is_done = scrub([row.__tablename__ for row in FORGOTTEN])
    except ScrubForbidden as error:
        raise CeremonyRefused(reason="forbidden") from error
    if not is_done:
        raise CeremonyRefused(reason="busy")


def confirm_scrubbed(consultation: Consultation) -> Record:
    """The end of step 6: the consultation is closed; what holds copies of the open phase is given a last day.

    Archived journals, snapshots and backups are out of reach here: people destroy them, and the page lists them.
    """
    mark_closed(consultation)
    opened = (consultation.opened_at or consultation.opens_at).astimezone(clock.PARIS).date()
    last = clock.today() + timedelta(days=COPIES_KEPT_DAYS)
    return {"copies_since": opened.isoformat(), "copies_gone_by": last.isoformat()}


def _destroy_key(name: str) -> None:
    store = keys.store()
    try:
        store.destroy(name)
        remains = store.exists(name)
    except OSError as error:
        raise CeremonyRefused(reason="key_unreachable") from error
    if remains:
        raise CeremonyRefused(reason="key_remains")
