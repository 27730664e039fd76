"""What boxes hold: a cast ballot, or the sheet on which a ranking is being made."""

import json
from dataclasses import dataclass
from typing import Self

from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability import commitment
from consultation.domain.verifiability.canonical import canonical
from consultation.domain.verifiability.commitment import CommittedBallot, parse_ballot

CONSENT_VERSION = "ranking-1"


@dataclass(frozen=True)
class BallotContent:
    """A cast ballot: the bytes committed to, 32 random bytes, the voter's note, the consent that was given."""

    ballot: bytes
    random: bytes
    note: str
    consent: str

    @classmethod
    def from_text(cls, text: bytes) -> Self:
        """Read the text of a box; ValueError when it is not that of a ballot."""
        values = json.loads(text)
        return cls(values["bytes"].encode(), bytes.fromhex(values["random"]), values["note"], values["consent"])

    def to_text(self) -> bytes:
        """The text for a box."""
        return canonical(
            {"bytes": self.ballot.decode(), "consent": self.consent, "note": self.note, "random": self.random.hex()}
        )

    @property
    def salt(self) -> bytes:
        """What hides the ballot in its commitment (32 bytes)."""
        return commitment.salt(self.random, self.note)

    @property
    def commitment(self) -> bytes:
        """What the voter can recognise in the list of commitments (32 bytes)."""
        return commitment.commitment(self.salt, self.ballot)

    def said(self) -> CommittedBallot:
        """What the bytes say; InvalidBallotBytes when they are not canonical."""
        return parse_ballot(self.ballot)


@dataclass(frozen=True)
class Sheet:
    """A ranking in the making: what is ranked, None when nothing is, and the order in which its rows are shown.

    The rows keep their places until somebody asks for a move, so `shown` may differ from the ranking.
    """

    order: WeakOrder | None = None
    shown: tuple[int, ...] = ()

    @classmethod
    def of(cls, order: WeakOrder | None) -> Self:
        """A sheet whose rows stand in the order of the ranking."""
        return cls(order, order.ranked() if order else ())

    @classmethod
    def from_text(cls, text: bytes) -> Self:
        """Read the text of a box."""
        values = json.loads(text)
        order = WeakOrder.from_tiers(values["ranking"]) if values["ranking"] else None
        return cls(order, tuple(values["shown"]))

    def to_text(self) -> bytes:
        """The text for a box."""
        tiers = [list(tier) for tier in self.order] if self.order else []
        return canonical({"ranking": tiers, "shown": list(self.shown)})

    def in_order(self) -> Self:
        """The same ranking, its rows put in order."""
        return self.of(self.order)

    def with_added(self, number: int) -> Self:
        """Rank this recommendation after all others; nothing changes when it is ranked already."""
        if number in self.shown:
            return self
        order = self.order.appended(number) if self.order else WeakOrder.from_tiers([[number]])
        return type(self)(order, (*self.shown, number))

    def with_raised(self, number: int) -> Self:
        """Join the tier above, or stand alone above the present one; no other row moves."""
        if self.order is None or number not in self.shown:
            return self
        order = self.order.raised(number)
        places, others = order.places(), [other for other in self.shown if other != number]
        before = max((i + 1 for i, other in enumerate(others) if places[other] <= places[number]), default=0)
        return type(self)(order, (*others[:before], number, *others[before:]))

    def with_lowered(self, number: int) -> Self:
        """Join the tier below, or stand alone below the present one; no other row moves."""
        if self.order is None or number not in self.shown:
            return self
        order = self.order.lowered(number)
        places, others = order.places(), [other for other in self.shown if other != number]
        at = [i for i, other in enumerate(others) if places[other] >= places[number]]
        before = min(at, default=len(others))
        return type(self)(order, (*others[:before], number, *others[before:]))
