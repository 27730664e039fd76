"""Ballots as they are stored: rows without a name, and what their boxes hold."""

from consultation.features.ballots.models.auditors import Auditor, AuditStatement, BundleCopy
from consultation.features.ballots.models.contents import CONSENT_VERSION, BallotContent, Sheet
from consultation.features.ballots.models.keyring import Keyring, fingerprint_of, key_name, signing_key_name
from consultation.features.ballots.models.record import ChainLine, DayList, PlanVersion
from consultation.features.ballots.models.tables import Ballot, CeremonyRecord, Draft, SealedBallot, Step, Urn

__all__ = [
    "CONSENT_VERSION",
    "AuditStatement",
    "Auditor",
    "Ballot",
    "BallotContent",
    "BundleCopy",
    "CeremonyRecord",
    "ChainLine",
    "DayList",
    "Draft",
    "Keyring",
    "PlanVersion",
    "SealedBallot",
    "Sheet",
    "Step",
    "Urn",
    "fingerprint_of",
    "key_name",
    "signing_key_name",
]
