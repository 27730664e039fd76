"""Work on results that is done after the request."""

import uuid

import structlog

from consultation.features.ballots.queries.bundles import bundle_of
from consultation.features.consultations.models import Consultation
from consultation.features.results import services
from consultation.features.results.queries import progress_of, release_of
from consultation.infrastructure import audits, deposit
from consultation.infrastructure.database import session

log = structlog.get_logger()


def publish_results(consultation_id: str, actor_id: str) -> None:
    """Count and publish what an organiser asked for; as in the closing ceremony, the count commits by itself.

    The worker's own transaction is given back first: the row of this job stays until it is called once more and finds
    that nothing is left to count, so that an interruption at any point is taken up again.
    """
    identifier = uuid.UUID(consultation_id)
    progress = progress_of(identifier)
    if progress is None or progress.refusal:
        return
    session.rollback()
    services.count_and_publish(identifier, uuid.UUID(actor_id))


def deposit_release(consultation_id: str) -> None:
    """Add the release to the auditors' bundle, and have the stand-alone audit count the ballots on its own.

    The release is public already: what the audit finds is said in the log, for the organisers' administrators.
    """
    consultation = session.get_one(Consultation, uuid.UUID(consultation_id))
    bundle = bundle_of(consultation, release_of(consultation).text.encode())
    if faults := audits.faults_of(deposit.keep(f"{consultation.slug}.zip", bundle)):
        log.error("release_not_confirmed", slug=consultation.slug, faults=faults)
