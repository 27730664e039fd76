"""Generated ballots with ties, truncation and circles, always the same, and a plan to count them by."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability.plan import CountingPlan

ROOT = bytes(range(32))
NUMBERS = (1, 3, 7, 24)
EVEN = (1, 1, 1)


def plan_with(**decisions: Any) -> CountingPlan:
    """The usual counting plan, with some decisions of its own."""
    dates = {"opens": "2026-09-01T08:00:00Z", "closes": "2026-12-01T17:00:00Z", "results_on": "2026-12-06"}
    return CountingPlan(**{"consultation": "ia-sante-2018", **dates, **decisions})


PLAN = plan_with()


def orders(
    count: int, numbers: Sequence[int] = NUMBERS, salt: str = "", camps: Sequence[int] = EVEN
) -> list[WeakOrder]:
    """As many weak orders, drawn by SHA-256.

    Three camps of these sizes start the list of numbers at its beginning, its first third and its second: of even size
    they go round in a circle.
    """
    return [_order(hashlib.sha256(f"{salt}{ballot}".encode()).digest(), numbers, camps) for ballot in range(count)]


def profile(count: int, numbers: Sequence[int] = NUMBERS, salt: str = "", camps: Sequence[int] = EVEN) -> Profile:
    """The same orders as a profile."""
    return Profile.from_orders(numbers, orders(count, numbers, salt, camps))


def _order(drawn: bytes, numbers: Sequence[int], camps: Sequence[int]) -> WeakOrder:
    """One order: its camp, two neighbours that change places, some ties, some left out at the end."""
    size = len(numbers)
    members = [camp for camp, share in enumerate(camps) for _ in range(share)]
    start = members[drawn[0] * len(members) // 256] * size // 3
    wanted = [*numbers[start:], *numbers[:start]]
    first, second = drawn[1] % size, (drawn[1] + 1) % size
    wanted[first], wanted[second] = wanted[second], wanted[first]
    tiers: list[list[int]] = []
    for place, number in enumerate(wanted[: max(1, size - drawn[2] % (size + 1))]):
        if tiers and drawn[(3 + place) % len(drawn)] < 60:
            tiers[-1].append(number)
        else:
            tiers.append([number])
    return WeakOrder.from_tiers(tiers)
