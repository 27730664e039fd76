"""A second count, slow and in plain Python, that shares no line with the first."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations, permutations

from consultation.domain.social_choice.ranking import WeakOrder

Duels = dict[tuple[int, int], int]
Interval = tuple[int, int]


def duels(orders: Sequence[WeakOrder], alternatives: Sequence[int], unranked: str = "last") -> Duels:
    """Count the ballots that place one alternative before another."""
    counts = {(a, b): 0 for a in alternatives for b in alternatives if a != b}
    for order in orders:
        rank = {number: position for position, tier in enumerate(order.tiers) for number in tier}
        for a, b in counts:
            if unranked == "last" or (a in rank and b in rank):
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


def peeled(alternatives: Sequence[int], beats: Callable[[int, int], bool]) -> list[list[int]]:
    """Take away the unbeaten, tier by tier."""
    tiers, left = [], list(alternatives)
    while left:
        tier = [a for a in left if not any(beats(b, a) for b in left if b != a)]
        tiers.append(tier)
        left = [a for a in left if a not in tier]
    return tiers


def schulze_tiers(counts: Duels, alternatives: Sequence[int], winning_votes: bool = False) -> list[list[int]]:
    """Compare the strongest paths of every pair."""
    margins = {(a, b): counts[a, b] - counts[b, a] for a, b in counts}
    if winning_votes:
        margins = {pair: counts[pair] if margin > 0 else 0 for pair, margin in margins.items()}
    strengths = {(a, b): strength(margins, alternatives, a, b) for a, b in counts}
    return peeled(alternatives, lambda a, b: strengths[a, b] > strengths[b, a])


def ranked_pairs_tiers(counts: Duels, alternatives: Sequence[int]) -> list[list[int]]:
    """Lock margins from the greatest; of equal ones leave out each that the others or locked ones lead back from."""
    margins = {(a, b): counts[a, b] - counts[b, a] for a, b in counts}
    locked: set[tuple[int, int]] = set()
    for margin in sorted({m for m in margins.values() if m > 0}, reverse=True):
        equal = {pair for pair in margins if margins[pair] == margin}
        locked |= {(a, b) for a, b in equal if not leads(locked | equal, b, a)}
    return peeled(alternatives, lambda a, b: leads(locked, a, b))


def leads(pairs: set[tuple[int, int]], start: int, goal: int) -> bool:
    """Walk along pairs from start, and tell whether goal is met."""
    met, waiting = set(), [start]
    while waiting:
        here = waiting.pop()
        following = {b for a, b in pairs if a == here} - met
        met |= following
        waiting += following
    return goal in met


def borda_scores(orders: Sequence[WeakOrder], alternatives: Sequence[int], unranked: str) -> dict[int, Fraction]:
    """Ballot by ballot, a point for each that is placed behind, half a point for each that is tied or not compared."""
    scores = dict.fromkeys(alternatives, Fraction())
    for order in orders:
        placed = duels([order], alternatives, unranked)
        for a, b in placed:
            scores[a] += placed[a, b] if placed[a, b] or placed[b, a] else Fraction(1, 2)
    return scores


def copeland_duels(counts: Duels, alternatives: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """Count the duels that each alternative wins, ties and loses."""
    against = {a: [counts[a, b] - counts[b, a] for b in alternatives if b != a] for a in alternatives}
    return {a: (sum(m > 0 for m in ms), sum(m == 0 for m in ms), sum(m < 0 for m in ms)) for a, ms in against.items()}


def smith(counts: Duels, alternatives: Sequence[int]) -> tuple[int, ...]:
    """Try every set, the small ones first, until one beats all outside it."""
    for size in range(1, len(alternatives) + 1):
        for inside in combinations(alternatives, size):
            outside = [b for b in alternatives if b not in inside]
            if all(counts[a, b] > counts[b, a] for a in inside for b in outside):
                return inside
    raise AssertionError("all together beat nobody, and that is enough")


def kemeny_orders(counts: Duels, alternatives: Sequence[int]) -> list[tuple[int, ...]]:
    """Try every order, and return all those that contradict the ballots least, the first in numeric order first."""
    cost = {order: sum(counts[b, a] for a, b in combinations(order, 2)) for order in permutations(sorted(alternatives))}
    return [order for order in cost if cost[order] == min(cost.values())]


def irv_rounds(
    orders: Sequence[WeakOrder], alternatives: Sequence[int], unranked: str
) -> list[tuple[dict[int, Fraction], list[int]]]:
    """Ask every ballot, in every round, whom it places first of those that remain; return votes and who leaves."""
    left, rounds = list(alternatives), []
    while True:
        votes = dict.fromkeys(left, Fraction())
        for order in orders:
            tiers = [*order.tiers, order.unranked(alternatives)] if unranked == "last" else order.tiers
            first = next((remaining for tier in tiers if (remaining := [a for a in tier if a in votes])), [])
            for a in first:
                votes[a] += Fraction(1, len(first))
        lowest = [a for a in left if votes[a] == min(votes.values())]
        rounds.append((votes, [] if lowest == left else lowest))
        if lowest == left:
            return rounds
        left = [a for a in left if a not in lowest]


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
