"""Invented participants: no address, no passphrase, marked as synthetic."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import yaml

from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import Account
from consultation.features.colleges import services as colleges
from consultation.features.colleges.models import PROOFS

FOLDER = Path(__file__).parent


@dataclass
class Participants:
    """Who takes part in a consultation of the demonstration, with the names that are still free."""

    citizens: list[Account]
    physicians: list[Account]
    names: list[str]
    named: dict[Account, str] = field(default_factory=dict)

    def everybody(self) -> list[Account]:
        """Citizens, then physicians."""
        return [*self.citizens, *self.physicians]


def invent(random: Random, citizens: int, physicians: int, team: Sequence[Account]) -> Participants:
    """Make participants; each physician's proof is attested by the first two people of the team."""
    people = Participants(
        citizens=[accounts.create_synthetic_participant() for _ in range(citizens)],
        physicians=[accounts.create_synthetic_participant() for _ in range(physicians)],
        names=yaml.safe_load((FOLDER / "names.yaml").read_text(encoding="utf-8")),
    )
    random.shuffle(people.names)
    for physician in people.physicians:
        verify(physician, team)
    return people


def claim_only(count: int, attester: Account) -> None:
    """Make people who say to be physicians and are not verified yet; one person has seen the proof of the first."""
    claimants = [accounts.create_synthetic_participant() for _ in range(count)]
    for claimant in claimants:
        accounts.confirm_address(claimant)  # the desk shows the claims of those whose address answers
    claims = [colleges.claim_physician(claimant) for claimant in claimants]
    colleges.attest(attester, claims[0], PROOFS[0])


def verify(physician: Account, team: Sequence[Account]) -> None:
    """Claim and attest, as people do: two different people of the team have seen a named proof."""
    claim = colleges.claim_physician(physician)
    for attester, proof in zip(team[:2], PROOFS[:2], strict=True):
        colleges.attest(attester, claim, proof)
