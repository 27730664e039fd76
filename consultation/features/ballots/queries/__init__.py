"""Ballots as they are read: one's own while open, all of them without a name after the close."""

from consultation.features.ballots.queries.ceremony import REFUSED, StepState, ceremony_state, step_state
from consultation.features.ballots.queries.chain import participation_of, plan_in_force, plan_versions, signer_of
from consultation.features.ballots.queries.papers import (
    Papers,
    ballot_in,
    ballot_of,
    draft_in,
    draft_of,
    keyring_of,
    papers_of,
)
from consultation.features.ballots.queries.sealed import boxes_of, eligible_colleges, sealed_profiles, sealed_root

__all__ = [
    "REFUSED",
    "Papers",
    "StepState",
    "ballot_in",
    "ballot_of",
    "boxes_of",
    "ceremony_state",
    "draft_in",
    "draft_of",
    "eligible_colleges",
    "keyring_of",
    "papers_of",
    "participation_of",
    "plan_in_force",
    "plan_versions",
    "sealed_profiles",
    "sealed_root",
    "signer_of",
    "step_state",
]
