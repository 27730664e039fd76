"""Claims to be a physician as they are shown."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from consultation.features.colleges.models import (
    COUNCIL_ATTESTATION,
    OFFICIAL_DOCUMENT,
    PRO_SANTE_CONNECT,
    PROFESSIONAL_CARD,
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
