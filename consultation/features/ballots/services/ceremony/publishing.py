"""Step 4: root and counts become public, and the auditors' bundle is on its disk before anything is destroyed."""

from pathlib import Path

import structlog

from consultation.domain.errors import CeremonyRefused
from consultation.domain.verifiability import merkle
from consultation.domain.verifiability.canonical import canonical
from consultation.domain.verifiability.roots import LineType
from consultation.features.accounts.models import OBSERVER, ORGANISER
from consultation.features.accounts.queries import holders_of
from consultation.features.ballots.models import Step
from consultation.features.ballots.queries import step_state
from consultation.features.ballots.queries.bundles import bundle_of
from consultation.features.ballots.queries.chain import last_line_of_type
from consultation.features.ballots.queries.sealed import commitments_query
from consultation.features.ballots.services.ceremony.sealing import Record, require_sealed
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import audits, deposit, mail
from consultation.infrastructure.database import replica

log = structlog.get_logger()


def publish(consultation: Consultation) -> Record:
    """Step 4: what is sealed is read again, on the replica too, deposited, audited, and told to the observers.

    Done again after a crash, it writes the identical bundle.
    """
    record = step_state(consultation.id, Step.SEAL).record or {}
    require_sealed(consultation, record)
    _require_replayed(consultation, record)
    path = deposit_bundle(consultation)
    if faults := audits.faults_of(path):
        log.error("bundle_refused", faults=faults)
        raise CeremonyRefused(reason="bundle")
    _tell_observers(consultation)
    return record


def bundle_name(consultation: Consultation) -> str:
    """The name of a consultation's bundle in the auditors' deposit."""
    return f"{consultation.slug}.zip"


def deposit_bundle(consultation: Consultation) -> Path:
    """Write the auditors' bundle as it stands to its disk."""
    try:
        return deposit.keep(bundle_name(consultation), bundle_of(consultation))
    except OSError as error:
        raise CeremonyRefused(reason="deposit") from error


def _require_replayed(consultation: Consultation, record: Record) -> None:
    """A replica that is behind would still hold boxes, and not the seal, when the key is gone."""
    with replica() as connection:
        if connection is None:
            return
        held = connection.scalars(commitments_query(consultation.id)).all()
    if merkle.root(held).hex() != record["root"]:
        raise CeremonyRefused(reason="replica")


def _tell_observers(consultation: Consultation) -> None:
    line = canonical(last_line_of_type(consultation.id, LineType.FINAL)).decode()
    people = {one.id: one for role in (OBSERVER, ORGANISER) for one in holders_of(role, consultation.id)}
    for person in people.values():
        if person.address:
            mail.write(person.address, "ballots_sealed", person.language, title=consultation.title, line=line)
