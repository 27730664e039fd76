"""Weak orders: what a ballot says and what a count returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

Tier = tuple[int, ...]


class InvalidRanking(ValueError):
    """A ranking that breaks a rule of weak orders."""


class EmptyRanking(InvalidRanking):
    """A ranking in which nothing is ranked."""


class DuplicateAlternative(InvalidRanking):
    """A ranking that names the same alternative twice."""


class UnknownAlternative(InvalidRanking):
    """A ranking, or a move in it, that names an alternative which is not there."""


@dataclass(frozen=True)
class WeakOrder:
    """Alternatives in tiers, best first; those of one tier are tied and stand in ascending order."""

    tiers: tuple[Tier, ...]

    def __post_init__(self) -> None:
        """Refuse an empty order or tier, a number below 1, a number named twice and a tier out of order."""
        if not self.tiers or not all(self.tiers):
            raise EmptyRanking("a ranking and each of its tiers name at least one alternative")
        ranked = self.ranked()
        if len(set(ranked)) != len(ranked):
            raise DuplicateAlternative("an alternative stands at one place only")
        if min(ranked) < 1 or any(list(tier) != sorted(tier) for tier in self.tiers):
            raise InvalidRanking("alternatives are numbered from 1 and ascend within a tier")

    @classmethod
    def from_tiers(cls, tiers: Iterable[Iterable[int]]) -> Self:
        """Build an order from its tiers, best first, whatever the order inside a tier."""
        return cls(tuple(tuple(sorted(tier)) for tier in tiers))

    @classmethod
    def from_ranks(cls, ranks: Mapping[int, int | None]) -> Self:
        """Build an order from ranks: equal ranks tie, gaps close up, None leaves an alternative unranked."""
        given = sorted({rank for rank in ranks.values() if rank is not None})
        return cls.from_tiers([number for number, rank in ranks.items() if rank == wanted] for wanted in given)

    def __contains__(self, number: object) -> bool:
        """Tell whether the alternative is ranked."""
        return any(number in tier for tier in self.tiers)

    def __iter__(self) -> Iterator[Tier]:
        """Give the tiers, best first."""
        return iter(self.tiers)

    def ranked(self) -> tuple[int, ...]:
        """Return all that is ranked, best first."""
        return tuple(number for tier in self.tiers for number in tier)

    def unranked(self, alternatives: Iterable[int]) -> tuple[int, ...]:
        """Return those of the alternatives that are not ranked, ascending."""
        return tuple(sorted(set(alternatives) - set(self.ranked())))

    def places(self) -> dict[int, int]:
        """Return the place of each ranked alternative as it is shown: 1, 2, 2, 4 (standard competition ranking)."""
        shown: dict[int, int] = {}
        for tier in self.tiers:
            shown |= dict.fromkeys(tier, len(shown) + 1)
        return shown

    def rank_of(self, number: int) -> int | None:
        """Return the place of an alternative as it is shown, or None when it is unranked."""
        return self.places().get(number)

    def raised(self, number: int) -> Self:
        """Move an alternative up: alone, it joins the tier above; tied, it stands alone above its tier."""
        return self._moved(number, -1)

    def lowered(self, number: int) -> Self:
        """Move an alternative down: alone, it joins the tier below; tied, it stands alone below its tier."""
        return self._moved(number, +1)

    def without(self, number: int) -> Self:
        """Take an alternative out of the ranking; the last one cannot be taken out (EmptyRanking)."""
        self._tier_of(number)
        remaining = [[other for other in tier if other != number] for tier in self.tiers]
        return self.from_tiers(tier for tier in remaining if tier)

    def appended(self, number: int) -> Self:
        """Rank an unranked alternative, alone after all the others."""
        return self.from_tiers([*self.tiers, (number,)])

    def _tier_of(self, number: int) -> int:
        for index, tier in enumerate(self.tiers):
            if number in tier:
                return index
        raise UnknownAlternative(f"{number} is not ranked")

    def _moved(self, number: int, step: int) -> Self:
        index = self._tier_of(number)
        tiers = [set(tier) for tier in self.tiers]
        if len(tiers[index]) > 1:
            tiers[index].remove(number)
            tiers.insert(index if step < 0 else index + 1, {number})
        elif 0 <= index + step < len(tiers):
            tiers[index + step].add(number)
            del tiers[index]
        return self.from_tiers(tiers)
