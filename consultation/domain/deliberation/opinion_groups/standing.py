"""Where one person stands on a published map: found from what they said, for themselves alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from consultation.domain.deliberation.opinion_groups.axes import Axes
from consultation.domain.deliberation.opinion_groups.clustering import nearest
from consultation.domain.deliberation.opinion_groups.grouping import LETTERS
from consultation.domain.deliberation.opinion_groups.publication import Drawn
from consultation.domain.deliberation.opinion_groups.shapes import Frame, Point
from consultation.domain.deliberation.opinion_groups.votes import Reals, VoteMatrix


@dataclass(frozen=True)
class Standing:
    """A point of the map, and the letter of the group that is nearest to it."""

    point: Point
    letter: str


@dataclass(frozen=True, eq=False)
class Sheet:
    """What leads from reactions to a point of the map; it is never published, and says nothing of any one person."""

    comments: tuple[str, ...]
    axes: Axes
    centers: Reals
    frame: Frame

    @classmethod
    def of_drawn(cls, drawn: Drawn, comments: Sequence[str]) -> Self | None:
        """Keep what a map was drawn with; None where no map is published."""
        if drawn.frame is None:
            return None
        return cls(tuple(comments), drawn.grouping.axes, drawn.grouping.centers, drawn.frame)

    def standing(self, said: Mapping[str, int]) -> Standing | None:
        """Return where somebody stands who has said this of comments; None where it is too little."""
        column = {comment: index for index, comment in enumerate(self.comments)}
        votes = [(0, column[comment], vote) for comment, vote in said.items() if comment in column]
        matrix = VoteMatrix.of_votes(1, len(self.comments), votes)
        if not matrix.has_enough[0]:
            return None
        place = self.axes.places(matrix)
        return Standing(self.frame.point(place[0]), LETTERS[int(nearest(place, self.centers)[0])])

    def as_facts(self) -> dict[str, Any]:
        """Return the sheet as plain numbers and texts."""
        return {
            "comments": list(self.comments),
            "center": self.axes.center.tolist(),
            "components": self.axes.components.tolist(),
            "centers": self.centers.tolist(),
            "frame": [self.frame.scale, self.frame.left, self.frame.top],
        }

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `as_facts` has written."""
        axes = Axes(np.array(facts["center"]), np.array(facts["components"]))
        return cls(tuple(facts["comments"]), axes, np.array(facts["centers"]), Frame(*facts["frame"]))
