"""A file with the names of its alternatives and what was counted of it: what the table and the JSON both say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consultation.domain.social_choice.formats.ranked_file import RankedFile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.tally import Tally


@dataclass(frozen=True, eq=False)
class Counted:
    """A file that was counted; `seed` is that of its resamples."""

    file: RankedFile
    tally: Tally
    seed: bytes | None = None

    def name(self, number: int) -> str:
        """Return the name of an alternative."""
        return self.file.names[number - 1]

    def names(self, numbers: Iterable[int]) -> list[str]:
        """Return the names of some alternatives."""
        return [self.name(number) for number in numbers]

    def tiers(self, order: WeakOrder) -> list[list[str]]:
        """Return an order by the names in its tiers, best first."""
        return [self.names(tier) for tier in order]
