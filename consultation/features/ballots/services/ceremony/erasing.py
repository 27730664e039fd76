"""Steps 5 and 6: boxes, drafts and key are destroyed, then the files of the database are rewritten without them."""

from sqlalchemy import delete

from consultation.domain.errors import CeremonyRefused
from consultation.features.ballots.models import Ballot, Draft, Step, key_name
from consultation.features.ballots.queries import step_state
from consultation.features.ballots.services.ceremony.sealing import Record, require_sealed
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.services import mark_closed
from consultation.infrastructure import keys
from consultation.infrastructure.database import session
from consultation.infrastructure.scrubbing import ScrubForbidden, scrub


def forget(consultation: Consultation) -> Record:
    """Step 5: delete every box and destroy the key; the only step that cannot be undone."""
    require_sealed(consultation, step_state(consultation.id, Step.PUBLISH).record or {})
    for row in (Ballot, Draft):
        session.execute(delete(row).where(row.consultation_id == consultation.id))
    store, name = keys.store(), key_name(consultation.id)
    store.destroy(name)
    if store.exists(name):
        raise CeremonyRefused(reason="key_remains")
    return {}


def scrub_files() -> None:
    """The work of step 6, outside any transaction; CeremonyRefused when others keep the files busy, or rights lack."""
    try:
        is_done = scrub([Ballot.__tablename__, Draft.__tablename__])
    except ScrubForbidden as error:
        raise CeremonyRefused(reason="forbidden") from error
    if not is_done:
        raise CeremonyRefused(reason="busy")


def confirm_scrubbed(consultation: Consultation) -> Record:
    """The end of step 6: nothing is left to do, the consultation is closed."""
    mark_closed(consultation)
    return {}
