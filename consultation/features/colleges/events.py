"""What happens on the way into the physicians' college."""

import uuid
from dataclasses import dataclass

from consultation.infrastructure.events import Event


@dataclass(frozen=True)
class PhysicianClaimed(Event):
    """Somebody asks to speak as a physician; until the proof is seen they take part as a citizen."""

    claim_id: str
    account_id: uuid.UUID


@dataclass(frozen=True)
class ProofAttested(Event):
    """One person of the team has seen the proof of a claim."""

    claim_id: str
    attester_id: uuid.UUID


@dataclass(frozen=True)
class PhysicianVerified(Event):
    """Two people of the team have seen the proof: the account is in the physicians' college."""

    claim_id: str
    account_id: uuid.UUID


@dataclass(frozen=True)
class PhysicianClaimRefused(Event):
    """A person of the team refused a claim, with a reason."""

    claim_id: str
    account_id: uuid.UUID
    actor_id: uuid.UUID


@dataclass(frozen=True)
class MeasureAsked(Event):
    """A person of the team asked that a proof be taken back, or the second account of a person closed."""

    claim_id: str
    actor_id: uuid.UUID


@dataclass(frozen=True)
class MeasureSetAside(Event):
    """What was asked against a claim does not hold."""

    claim_id: str
    actor_id: uuid.UUID


@dataclass(frozen=True)
class PhysicianRevoked(Event):
    """A second person confirmed that the proof does not hold: the account is in the citizens' college again."""

    claim_id: str
    account_id: uuid.UUID
    actor_id: uuid.UUID


@dataclass(frozen=True)
class DoubleClosed(Event):
    """A second person confirmed that a person has two accounts: the one of this claim is closed, the other kept."""

    claim_id: str
    account_id: uuid.UUID
    kept_claim_id: str
    actor_id: uuid.UUID
