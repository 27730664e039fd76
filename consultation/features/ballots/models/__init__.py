"""Ballots as they are stored: rows without a name, and what their boxes hold."""

from consultation.features.ballots.models.contents import CONSENT_VERSION, BallotContent, Sheet
from consultation.features.ballots.models.keyring import Keyring, fingerprint_of, key_name
from consultation.features.ballots.models.tables import Ballot, CeremonyRecord, Draft, SealedBallot, Step, Urn

__all__ = [
    "CONSENT_VERSION",
    "Ballot",
    "BallotContent",
    "CeremonyRecord",
    "Draft",
    "Keyring",
    "SealedBallot",
    "Sheet",
    "Step",
    "Urn",
    "fingerprint_of",
    "key_name",
]
