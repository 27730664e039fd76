"""The counting plan: how a consultation is counted and published, fixed and public before it opens."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Self

from consultation.domain.colleges import College
from consultation.domain.social_choice.methods import MAIN_METHOD, METHODS
from consultation.domain.social_choice.profile import Unranked
from consultation.domain.verifiability.canonical import canonical

FORMAT = 1
NO_COMBINATION = "none"
MEAN = "mean"
COMBINATIONS = (NO_COMBINATION, MEAN)
BANDS = (3, 10, 20)
# A band of one or two places tells more of the duels than their own cells do.
NARROWEST_BAND = 3
LEAST_MINIMUM = 20
CLAIMS_DAYS = 14
OPENINGS_KEPT_DAYS = 61


class InvalidPlan(ValueError):
    """A plan that the rules of counting and publication do not allow; its argument is a code that names what."""


@dataclass(frozen=True)
class Step:
    """From `ballots` on, shares are published in steps of `step` %, between `low` and `high` %."""

    ballots: int
    step: int
    low: int
    high: int


# Chosen so that a cell always stands for at least 5 possible counts (BALLOT.md, What is published).
STEPS = (Step(500, 1, 5, 95), Step(250, 2, 6, 94), Step(100, 5, 5, 95), Step(50, 10, 10, 90))


@dataclass(frozen=True)
class CountingPlan:
    """What is decided before opening: moments in UTC as ISO 8601 to the second, delays in days.

    `bands` are the last places of the groups of places that are published, each of three at least; `combination` is
    "none", or "mean" for an order of both colleges together at equal weight.
    """

    consultation: str
    opens: str
    closes: str
    results_on: str
    version: int = 1
    methods: tuple[str, ...] = tuple(METHODS)
    minimum_ballots: int = LEAST_MINIMUM
    bands: tuple[int, ...] = BANDS
    combination: str = NO_COMBINATION
    observers: tuple[str, ...] = ()
    claims_days: int = CLAIMS_DAYS
    openings_kept_days: int = OPENINGS_KEPT_DAYS

    def __post_init__(self) -> None:
        """Refuse what the rules do not allow (InvalidPlan)."""
        lawful = {
            "version": self.version >= 1,
            "methods": MAIN_METHOD in self.methods and set(self.methods) <= set(METHODS),
            "minimum_ballots": self.minimum_ballots >= LEAST_MINIMUM,
            "bands": bool(self.bands) and all(b - a >= NARROWEST_BAND for a, b in pairwise((0, *self.bands))),
            "combination": self.combination in COMBINATIONS,
            "observers": all(name.strip() for name in self.observers),
            "claims_days": self.claims_days >= 1,
            "openings_kept_days": self.openings_kept_days >= 1,
        }
        for code, is_lawful in lawful.items():
            if not is_lawful:
                raise InvalidPlan(code)

    @property
    def content(self) -> Mapping[str, Any]:
        """The content of plan.json."""
        return MappingProxyType(
            {
                "bands": list(self.bands),
                "claims_days": self.claims_days,
                "closes": self.closes,
                "colleges": [college.value for college in College],
                "combination": self.combination,
                "consultation": self.consultation,
                "method": MAIN_METHOD,
                "methods": [name for name in METHODS if name in self.methods],
                "minimum_ballots": self.minimum_ballots,
                "observers": list(self.observers),
                "openings_kept_days": self.openings_kept_days,
                "opens": self.opens,
                "results_on": self.results_on,
                "steps": [[one.ballots, one.step, one.low, one.high] for one in STEPS],
                "unranked": Unranked.LAST.value,
                "v": FORMAT,
                "version": self.version,
            }
        )

    @property
    def hash(self) -> str:
        """The SHA-256 of plan.json, hexadecimal, as the chain cites it."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    def to_bytes(self) -> bytes:
        """Return plan.json: its content in canonical form."""
        return canonical(dict(self.content))

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read plan.json back; InvalidPlan where it is not what its content gives."""
        try:
            content = json.loads(stored)
            plan = cls(
                consultation=content["consultation"],
                opens=content["opens"],
                closes=content["closes"],
                results_on=content["results_on"],
                version=content["version"],
                methods=tuple(content["methods"]),
                minimum_ballots=content["minimum_ballots"],
                bands=tuple(content["bands"]),
                combination=content["combination"],
                observers=tuple(content["observers"]),
                claims_days=content["claims_days"],
                openings_kept_days=content["openings_kept_days"],
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InvalidPlan("form") from error
        if plan.to_bytes() != stored:
            raise InvalidPlan("form")
        return plan

    def changed(self, **changes: Any) -> Self:
        """Return the next version of the plan, with some of its decisions changed."""
        return replace(self, version=self.version + 1, **changes)
