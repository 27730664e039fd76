"""What was found in a file of votes: what the page and the JSON both say."""

from __future__ import annotations

from dataclasses import dataclass

from consultation.domain.deliberation.opinion_groups.consensus import together
from consultation.domain.deliberation.opinion_groups.grouping import LETTERS, Grouping
from consultation.domain.deliberation.opinion_groups.polis_file import VotesFile
from consultation.domain.deliberation.opinion_groups.publication import Refusal, refusal_of
from consultation.domain.deliberation.opinion_groups.stability import LEAST_STABILITY
from consultation.domain.deliberation.opinion_groups.votes import Counts


@dataclass(frozen=True, eq=False)
class Found:
    """A file, its groups and how well they hold; `stability` is None where there are no groups."""

    file: VotesFile
    grouping: Grouping
    stability: float | None

    @property
    def letters(self) -> str:
        """Return the letters of the groups, the largest first."""
        return LETTERS[: self.grouping.groups]

    @property
    def refusal(self) -> Refusal | None:
        """Return why a consultation would not publish these groups."""
        before = refusal_of(self.file.matrix, self.grouping)
        is_unstable = self.stability is not None and self.stability < LEAST_STABILITY
        return before or (Refusal.UNSTABLE if is_unstable else None)

    @property
    def counts(self) -> Counts:
        """Return the votes on each comment by group."""
        return self.file.matrix.counts(self.grouping.labels, self.grouping.groups)

    def members(self, number: int) -> list[str]:
        """Return the people of one group."""
        return [person for person, label in zip(self.file.people, self.grouping.labels, strict=True) if label == number]

    def bringing_together(self) -> list[tuple[int, float]]:
        """Return the column and the score of each comment, the most shared first; none where there are no groups."""
        if not self.grouping.groups:
            return []
        scores = together(self.counts)
        return sorted(
            ((column, float(score)) for column, score in enumerate(scores)), key=lambda one: (-one[1], one[0])
        )
