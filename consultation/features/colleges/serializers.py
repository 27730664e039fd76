"""Claims to be a physician as they are shown."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from consultation.features.colleges.models import (
    COUNCIL_ATTESTATION,
    DOUBLE,
    OFFICIAL_DOCUMENT,
    PRO_SANTE_CONNECT,
    PROFESSIONAL_CARD,
    REVOCATION,
    Measure,
    PhysicianClaim,
)
from consultation.infrastructure.web.language import said_day

PROOFS = {
    PROFESSIONAL_CARD: _l("Professional card"),
    COUNCIL_ATTESTATION: _l("Attestation of the departmental council of the order"),
    PRO_SANTE_CONNECT: _l("Pro Santé Connect, shown on a screen"),
    OFFICIAL_DOCUMENT: _l("Other official document"),
}


@dataclass(frozen=True)
class ClaimRow:
    """A claim in words: its reference, the day it was made, and each attestation as (proof, day)."""

    reference: str
    day: str
    attestations: list[tuple[str, str]]


def row_of(claim: PhysicianClaim) -> ClaimRow:
    """The row of a claim whose attestations are loaded; who attested is not shown."""
    seen = [(str(PROOFS[one.proof]), said_day(one.attested_at)) for one in claim.attestations]
    return ClaimRow(claim.id, said_day(claim.claimed_at), seen)


MEASURES = {
    REVOCATION: _l("Take the proof back: the account is a citizen’s again"),
    DOUBLE: _l("Close this account: it is the second one of the same person"),
}


@dataclass(frozen=True)
class MeasureRow:
    """What is asked against a claim, in words; `kept` is the reference of the account that is kept, or empty."""

    reference: str
    measure: str
    kept: str
    reason: str
    day: str


def measure_row_of(measure: Measure) -> MeasureRow:
    """The row of a measure; who asked for it is not shown."""
    words, day = str(MEASURES[measure.kind]), said_day(measure.asked_at)
    return MeasureRow(measure.claim_id, words, measure.kept_claim_id or "", measure.reason, day)
