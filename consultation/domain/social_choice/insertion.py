"""A ranking that builds itself from duels: binary insertion, two alternatives at a time.

Source: D. E. Knuth, The Art of Computer Programming, volume 3, section 5.2.1, with ties as a third outcome.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Self

from consultation.domain.social_choice.ranking import DuplicateAlternative, InvalidRanking, Tier, WeakOrder


class NotAsked(InvalidRanking):
    """An answer to a question that is not asked."""


class Answer(StrEnum):
    """What can be said of the candidate and its opponent: a letter each, so that a text keeps a whole sequence."""

    BEFORE = "<"
    AFTER = ">"
    TIED = "="
    ASIDE = "s"
    OPPONENT_ASIDE = "o"


_EITHER = (Answer.BEFORE, Answer.AFTER, Answer.TIED, Answer.ASIDE)


@dataclass(frozen=True)
class Question:
    """A candidate for a place, an opponent that stands for all those tied with it, and the answers that are offered.

    The opponent can be left aside only where neither is ranked: whatever is ranked has won, lost or tied a duel.
    """

    candidate: int
    opponent: int
    tied: Tier
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Insertion:
    """The order that was there at first, the alternatives to insert in the order in which they come, and the answers.

    All else is the fold of the answers; DuplicateAlternative and NotAsked refuse what cannot have happened.
    """

    start: WeakOrder | None
    presented: tuple[int, ...]
    answers: str = ""

    def __post_init__(self) -> None:
        """Refuse an alternative that comes twice or is ranked already, and answers beyond the last question."""
        numbers = (*(self.start.ranked() if self.start else ()), *self.presented)
        if len(set(numbers)) != len(numbers):
            raise DuplicateAlternative("an alternative is inserted once")
        _ = self._standing

    @classmethod
    def into(cls, order: WeakOrder | None, alternatives: Iterable[int]) -> Self:
        """Begin to insert those of the alternatives that the order does not rank, in the order given."""
        return cls(order, tuple(number for number in alternatives if order is None or number not in order))

    @property
    def question(self) -> Question | None:
        """What is asked now; None when no alternative waits any more."""
        standing = self._standing.begun
        if not standing.waiting:
            return None
        opponent, *tied = standing.tiers[standing.middle]
        offered = _EITHER if self._standing.tiers else (*_EITHER, Answer.OPPONENT_ASIDE)
        return Question(standing.waiting[0], opponent, tuple(tied), offered)

    @property
    def order(self) -> WeakOrder | None:
        """The order so far: what was there at first and what has found its place; None when nothing is ranked."""
        return WeakOrder(self._standing.tiers) if self._standing.tiers else None

    @property
    def asked(self) -> int:
        """How many questions have been answered."""
        return len(self.answers)

    @property
    def at_most_left(self) -> int:
        """How many questions are left at worst, the present one included: each answer takes one off at least."""
        standing = self._standing.begun
        tiers_to_come = range(len(standing.tiers) + 1, len(standing.tiers) + len(standing.waiting))
        return standing.between.bit_length() + sum(tiers.bit_length() for tiers in tiers_to_come)

    def answered(self, answer: Answer) -> Self:
        """Take an answer to the present question; NotAsked when it is not among those offered."""
        return replace(self, answers=self.answers + answer)

    def undone(self) -> Self:
        """Take the last answer back; NotAsked when there is none."""
        if not self.answers:
            raise NotAsked("no answer was given yet")
        return replace(self, answers=self.answers[:-1])

    @cached_property
    def _standing(self) -> _Standing:
        standing = _Standing.of(self.start.tiers if self.start else (), self.presented)
        for letter in self.answers:
            standing = standing.after(letter)
        return standing


@dataclass(frozen=True)
class _Standing:
    """Tiers so far, what waits, and between which tiers the place of the candidate, the first that waits, still lies.

    Without a tier the first that waits is there to be compared with, and the second is the candidate.
    """

    tiers: tuple[Tier, ...]
    waiting: Tier
    low: int
    high: int

    @classmethod
    def of(cls, tiers: tuple[Tier, ...], waiting: Tier) -> Self:
        """The standing in which the next candidate may come anywhere."""
        return cls(tiers, waiting, 0, len(tiers) if waiting else 0)

    @property
    def begun(self) -> Self:
        """The same with one tier at least, as long as anything waits."""
        return self if self.tiers else self.of((self.waiting[:1],), self.waiting[1:])

    @property
    def between(self) -> int:
        """How many tiers the candidate may still be compared with; none when nothing waits."""
        return self.high - self.low

    @property
    def middle(self) -> int:
        """The tier that the candidate is compared with."""
        return (self.low + self.high) // 2

    def after(self, letter: str) -> Self:
        """The standing after an answer; NotAsked when it answers nothing, ValueError for a letter that is none."""
        answer = Answer(letter)
        if not self.begun.waiting or (answer == Answer.OPPONENT_ASIDE and self.tiers):
            raise NotAsked(f"“{letter}” answers no question")
        if answer == Answer.OPPONENT_ASIDE:
            return self.of((), self.waiting[1:])
        if answer == Answer.ASIDE:
            candidate = 0 if self.tiers else 1
            return self.of(self.tiers, (*self.waiting[:candidate], *self.waiting[candidate + 1 :]))
        return self.begun._compared(answer)

    def _compared(self, answer: Answer) -> Self:
        candidate, middle = self.waiting[0], self.middle
        if answer == Answer.TIED:
            tier = tuple(sorted((*self.tiers[middle], candidate)))
            return self._placed(tier, middle, middle + 1)
        low, high = (self.low, middle) if answer == Answer.BEFORE else (middle + 1, self.high)
        return replace(self, low=low, high=high) if low < high else self._placed((candidate,), low, low)

    def _placed(self, tier: Tier, low: int, high: int) -> Self:
        """Put a tier in the place of those from low to high, and go on with what waits."""
        return self.of((*self.tiers[:low], tier, *self.tiers[high:]), self.waiting[1:])
