"""What boxes hold: a cast ballot, or the sheet on which a ranking is being made."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from consultation.domain.social_choice.insertion import Insertion
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

    The rows keep their places until somebody asks for a move, so `shown` may differ from the ranking. A ranking that
    duels build is kept as the duels alone; any other change forgets them.
    """

    order: WeakOrder | None = None
    shown: tuple[int, ...] = ()
    duels: Insertion | None = None

    @classmethod
    def of(cls, order: WeakOrder | None) -> Self:
        """A sheet whose rows stand in the order of the ranking."""
        return cls(order, order.ranked() if order else ())

    @classmethod
    def by_duels(cls, duels: Insertion) -> Self:
        """A sheet whose ranking is the one that these duels have built so far."""
        return replace(cls.of(duels.order), duels=duels)

    @classmethod
    def from_text(cls, text: bytes) -> Self:
        """Read the text of a box."""
        values = json.loads(text)
        if "answers" in values:
            return cls.by_duels(Insertion(_order(values["start"]), tuple(values["presented"]), values["answers"]))
        return cls(_order(values["ranking"]), tuple(values["shown"]))

    def to_text(self) -> bytes:
        """The text for a box."""
        if self.duels:
            start, presented = _tiers(self.duels.start), list(self.duels.presented)
            return canonical({"answers": self.duels.answers, "presented": presented, "start": start})
        return canonical({"ranking": _tiers(self.order), "shown": list(self.shown)})

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to keep: nothing is ranked and no duel has been answered."""
        return self.order is None and not (self.duels and self.duels.answers)

    def duels_over(self, alternatives: Iterable[int]) -> Insertion:
        """The duels where they stand, or those that begin from this ranking and ask for the rest in the order given."""
        return self.duels or Insertion.into(self.order, alternatives)

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


def _order(tiers: list[list[int]]) -> WeakOrder | None:
    return WeakOrder.from_tiers(tiers) if tiers else None


def _tiers(order: WeakOrder | None) -> list[list[int]]:
    return [list(tier) for tier in order] if order else []
