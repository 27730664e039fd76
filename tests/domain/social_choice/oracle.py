"""A second count, slow and in plain Python, that shares no line with the first."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence

from consultation.domain.social_choice.ranking import WeakOrder

Duels = dict[tuple[int, int], int]
Interval = tuple[int, int]


def duels(orders: Sequence[WeakOrder], alternatives: Sequence[int]) -> Duels:
    """Count the ballots that place one alternative before another, unranked being last."""
    counts = {(a, b): 0 for a in alternatives for b in alternatives if a != b}
    for order in orders:
        rank = {number: position for position, tier in enumerate(order.tiers) for number in tier}
        for a, b in counts:
            counts[a, b] += rank.get(a, len(alternatives)) < rank.get(b, len(alternatives))
    return counts


def strength(margins: Duels, alternatives: Sequence[int], start: int, goal: int) -> int:
    """Try every margin as a threshold, from the greatest, until the duels above it lead from start to goal."""
    for threshold in sorted({margin for margin in margins.values() if margin > 0}, reverse=True):
        reached, growing = {start}, True
        while growing:
            beyond = {b for a in reached for b in alternatives if a != b and margins[a, b] >= threshold}
            growing = not beyond <= reached
            reached |= beyond
        if goal in reached:
            return threshold
    return 0


def schulze_tiers(counts: Duels, alternatives: Sequence[int]) -> list[list[int]]:
    """Take away the unbeaten, tier by tier."""
    margins = {(a, b): counts[a, b] - counts[b, a] for a, b in counts}
    strengths = {(a, b): strength(margins, alternatives, a, b) for a, b in counts}
    tiers, left = [], list(alternatives)
    while left:
        tier = [a for a in left if not any(strengths[b, a] > strengths[a, b] for b in left if b != a)]
        tiers.append(tier)
        left = [a for a in left if a not in tier]
    return tiers


def intervals(orders: Sequence[WeakOrder], alternatives: Sequence[int], seed: bytes) -> dict[int, Interval]:
    """Resample blocks of ballots 1,000 times, as the published rule says, and read the 26th places from both ends."""
    blocks = min(len(orders), 1024)
    block_duels = [duels(orders[block::blocks], alternatives) for block in range(blocks)]
    lowest: dict[int, list[int]] = {a: [] for a in alternatives}
    highest: dict[int, list[int]] = {a: [] for a in alternatives}
    for resample in range(1000):
        stream = hashlib.shake_256(seed + bytes([0, 0, resample // 256, resample % 256])).digest(4 * blocks)
        drawn = Counter(int.from_bytes(stream[i : i + 4], "little") % blocks for i in range(0, 4 * blocks, 4))
        counts = {pair: sum(times * block_duels[b][pair] for b, times in drawn.items()) for pair in block_duels[0]}
        taken = 0
        for tier in schulze_tiers(counts, alternatives):
            for number in tier:
                lowest[number].append(taken + 1)
                highest[number].append(taken + len(tier))
            taken += len(tier)
    pick: Callable[[int], Interval] = lambda a: (sorted(lowest[a])[25], sorted(highest[a], reverse=True)[25])  # noqa: E731
    return {a: pick(a) for a in alternatives}
