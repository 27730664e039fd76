"""A second release, slow and in plain Python, written from docs/formats.md and sharing no line with the first."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations, pairwise, permutations
from math import ceil, erfc, floor, hypot, sqrt
from typing import Any

from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability.plan import CountingPlan

from ..social_choice import oracle

Duels = Mapping[tuple[int, int], int | Fraction]
Tiers = list[list[int]]
Json = dict[str, Any]

STEPS = ((500, 1, 5, 95), (250, 2, 6, 94), (100, 5, 5, 95), (50, 10, 10, 90))
ROW_STEPS = {1: (2, 6, 94), 2: (5, 5, 95), 5: (10, 10, 90), 10: (20, 20, 80)}
TOO_FEW = "too_few_ballots"
NORMAL_95 = 1.959963984540054


def release_by_hand(
    colleges: Mapping[str, Sequence[WeakOrder]], numbers: Sequence[int], root: bytes, plan: CountingPlan
) -> Json:
    """Count what `release_of` counts, for fewer than nine recommendations."""
    named = sorted(colleges.items())
    counted = {n: College(n, orders, numbers, root) for n, orders in named if len(orders) >= plan.minimum_ballots}
    release: Json = {
        "v": 1,
        "consultation": plan.consultation,
        "root": root.hex(),
        "plan": hashlib.sha256(plan.to_bytes()).hexdigest(),
        "method": "schulze",
        "unranked": "last",
        "colleges": {
            name: counted[name].release(plan) if name in counted else {"ballots": len(orders), "reason": TOO_FEW}
            for name, orders in named
        },
    }
    if len(counted) == 2:
        first, second = counted.values()
        if min(first.ballots, second.ballots) >= 50:
            release["agreement"] = agreement(first, second, root)
        if plan.combination == "mean":
            release["combined"] = {"order": combined(first, second)}
    release["suppressed"] = list(suppressed(release, plan))
    return release


class College:
    """The ballots of one college, and all that is counted of them."""

    def __init__(self, name: str, orders: Sequence[WeakOrder], numbers: Sequence[int], root: bytes) -> None:
        self.orders, self.numbers, self.ballots = orders, numbers, len(orders)
        self.duels = oracle.duels(orders, numbers)
        self.order = schulze_tiers(self.duels, numbers)
        self.ranks = {number: best for number, (best, _) in spans(self.order).items()}
        seed = hashlib.sha256(b"consultation:bootstrap:1\0" + root + name.encode()).digest()
        self.resamples = [spans(schulze_tiers(counts, numbers)) for counts in resampled(orders, numbers, seed)]
        self.low = {n: sorted(taken[n][0] for taken in self.resamples)[25] for n in numbers}
        self.high = {n: sorted(taken[n][1] for taken in self.resamples)[-26] for n in numbers}
        self.step, *self.clip = next((rule[1:] for rule in STEPS if self.ballots >= rule[0]), (0, 0, 0))

    def share(self, count: int | Fraction) -> int:
        """A share of the ballots in percent, in steps and clipped."""
        return in_steps(Fraction(count) / self.ballots, self.step, *self.clip)

    def release(self, plan: CountingPlan) -> Json:
        """What is published of it."""
        content: Json = {
            "ballots": self.ballots,
            "order": [
                {"recommendation": n, "rank": self.ranks[n], "low": self.low[n], "high": self.high[n]}
                for tier in self.order
                for n in tier
            ],
        }
        if self.ballots >= 50:
            step, *clip = ROW_STEPS[self.step]
            content |= {"step": self.step, "clip": self.clip, "row_step": step, "row_clip": clip, **self.shares(plan)}
        if self.ballots >= 100:
            content["bands"] = {str(number): self.bands(number, plan) for number in self.numbers}
            if len(self.numbers) > 1:
                content["mean_tau"] = two_decimals(Decimal(1), self.mean_tau())
        return content

    def shares(self, plan: CountingPlan) -> Json:
        """What is published from 50 ballots on."""
        others = {a: [b for b in self.numbers if b != a] for a in self.numbers}
        winners = [a for a in self.numbers if all(self.duels[a, b] > self.duels[b, a] for b in others[a])]
        rounds = oracle.irv_rounds(self.orders, self.numbers, "last")
        first = rounds[0][0]
        majority = [number for number, votes in first.items() if 2 * votes > self.ballots]
        return {
            "pairwise_percent": {str(a): {str(b): self.duel(a, b) for b in others[a]} for a in self.numbers},
            "paths": [self.path(above, n) for above, tier in pairwise(self.order) for n in tier],
            "methods": {name: shown for name, shown in self.methods(rounds).items() if name in plan.methods},
            "first_choices": self.first_choices(first),
            **({"condorcet_winner": winners[0]} if winners else {}),
            **({"majority": majority[0]} if majority else {}),
            "smith_set": list(oracle.smith(self.duels, self.numbers)),
            "chances": {str(number): self.chances(number) for number in self.numbers},
        }

    def row(self, counts: Sequence[int | Fraction]) -> list[int]:
        """The shares of counts that make up all the ballots: each step goes to the count that most lacks it."""
        step, low, high = ROW_STEPS[self.step]
        exact = [Fraction(count) * 100 / self.ballots / step for count in counts]
        given = [floor(share) for share in exact]
        lacking = [share - whole for share, whole in zip(exact, given, strict=True)]
        while sum(given) * step < 100:
            neediest = lacking.index(max(lacking))
            given[neediest] += 1
            lacking[neediest] = Fraction(-1)
        return [min(max(steps * step, low), high) for steps in given]

    def first_choices(self, votes: Mapping[int, Fraction]) -> dict[str, int]:
        """The shares of first places; those below the bound are rounded as one."""
        low = ROW_STEPS[self.step][1]
        shown = {number: count for number, count in votes.items() if Fraction(count) / self.ballots * 100 >= low}
        shares = self.row([*shown.values(), sum(votes.values()) - sum(shown.values())])
        return {str(number): shares[list(shown).index(number)] if number in shown else low for number in votes}

    def duel(self, a: int, b: int) -> int:
        """The share that places a before b; of two that exceed the whole together, the lesser is rounded down."""
        if self.share(self.duels[a, b]) + self.share(self.duels[b, a]) > 100 and self.duels[a, b] <= self.duels[b, a]:
            exact = Fraction(100 * self.duels[a, b], self.step * self.ballots)
            return max(ceil(exact - Fraction(1, 2)) * self.step, self.clip[0])
        return self.share(self.duels[a, b])

    def as_released(self, a: int, b: int) -> int:
        """The count for which the released share of a duel would be exact, to a whole ballot, halves up."""
        return floor(Fraction(self.duel(a, b) * self.ballots, 100) + Fraction(1, 2))

    def path(self, above: Sequence[int], number: int) -> list[int]:
        """The shortest of the strongest chains that lead to a number from one that beats it in the tier above."""
        strengths = strongest(self.duels, self.numbers)
        chains = []
        for better in above:
            if strengths[better, number] > strengths[number, better]:
                between = [n for n in self.numbers if n not in (better, number)]
                ways = ((better, *w, number) for size in range(len(between) + 1) for w in permutations(between, size))
                weight = strengths[better, number]
                chains.append(next(w for w in ways if min(map(self.margin, pairwise(w))) >= weight))
        return list(min(chains, key=lambda chain: (len(chain), chain)))

    def margin(self, pair: tuple[int, int]) -> int:
        """Ballots that place the first of a pair before the second, less the others."""
        return self.duels[pair] - self.duels[pair[::-1]]

    def methods(self, rounds: Sequence[tuple[dict[int, Fraction], list[int]]]) -> Json:
        """The order of each method but the main one, with what it adds."""
        kemeny = oracle.kemeny_orders(self.duels, self.numbers)
        scores = oracle.borda_scores(self.orders, self.numbers, "last")
        duels = oracle.copeland_duels(self.duels, self.numbers)
        borda: Json = {"order": descending(scores)}
        if self.ballots >= 1000:
            mean = {n: len(self.numbers) - score / self.ballots for n, score in scores.items()}
            borda["mean_place"] = {str(n): str(floor(10 * place + Fraction(1, 2)) / 10) for n, place in mean.items()}
        return {
            "ranked_pairs": {"order": oracle.ranked_pairs_tiers(self.duels, self.numbers)},
            "kemeny": {"order": [[number] for number in kemeny[0]], "exact": True, "sole": len(kemeny) == 1},
            "borda": borda,
            "copeland": {
                "order": descending({n: won - lost for n, (won, _, lost) in duels.items()}),
                "duels": {str(n): list(fought) for n, fought in duels.items()},
            },
            "irv": {"order": [list(rounds[-1][0]), *(leaving for _, leaving in reversed(rounds[:-1]))]},
        }

    def chances(self, number: int) -> dict[str, int]:
        """How often the resamples put it first and in the first five; of k places that are shared each counts 1/k."""
        tops = {"first": 1, "top_5": 5} if len(self.numbers) > 5 else {"first": 1}
        taken = [resample[number] for resample in self.resamples]
        held = {
            name: sum((Fraction(max(0, min(top, b) - a + 1), b - a + 1) for a, b in taken), Fraction())
            for name, top in tops.items()
        }
        return {name: in_steps(inside / len(taken), 5, 5, 95) for name, inside in held.items()}

    def bands(self, number: int, plan: CountingPlan) -> dict[str, int]:
        """How often the ballots rank it in each band of places, and how often they leave it unranked."""
        lasts = [end for end in plan.bands if len(self.numbers) - end >= 3] + [len(self.numbers)]
        found = Counter(order.rank_of(number) for order in self.orders)
        names, counts = ["unranked"], [found[None]]
        for before, last in reversed(list(pairwise([0, *lasts]))):
            names.insert(0, f"{before + 1}-{last}" if last > before + 1 else f"{last}")
            counts.insert(0, sum(found[place] for place in range(before + 1, last + 1)))
        return dict(zip(names, self.row(counts), strict=True))

    def mean_tau(self) -> Fraction:
        """The mean of tau over all couples of ballots, equal ballots taken together."""
        pairs = list(combinations(self.numbers, 2))
        last = len(self.numbers) + 1
        placed = [[order.rank_of(n) or last for n in self.numbers] for order in self.orders]
        index = {n: i for i, n in enumerate(self.numbers)}
        kinds = Counter(tuple(sign(ranks[index[b]] - ranks[index[a]]) for a, b in pairs) for ranks in placed)
        alike = sum(times * (times - 1) * dot(kind, kind) for kind, times in kinds.items())
        apart = sum(2 * kinds[one] * kinds[other] * dot(one, other) for one, other in combinations(kinds, 2))
        return Fraction(alike + apart, self.ballots * (self.ballots - 1) * len(pairs))


def agreement(first: College, second: College, root: bytes) -> Json:
    """How far two colleges agree."""
    numbers = first.numbers
    apart = [n for n in numbers if first.high[n] < second.low[n] or second.high[n] < first.low[n]]
    content: Json = {"dividing": sorted(apart, key=lambda n: (-abs(first.ranks[n] - second.ranks[n]), n))}
    tau = tau_b(first.order, second.order)
    if tau is not None:
        content["tau_b"] = two_decimals(*tau)
        taus = sorted(map(value, reference(first, second, root)))
        content["reference"] = [two_decimals(Decimal(1), end) for end in (taus[25], taus[-26])]
    if min(first.ballots, second.ballots) >= 100:
        content["reversed"] = reversals(first, second)
    return content


def tau_b(first: Tiers, second: Tiers) -> tuple[Decimal, Decimal] | None:
    """Tau-b as a number and what to divide it by, None where an order ties all."""
    here, there = spans(first), spans(second)
    signs = [(sign(here[a][0] - here[b][0]), sign(there[a][0] - there[b][0])) for a, b in combinations(here, 2)]
    untied = sum(abs(a) for a, _ in signs) * sum(abs(b) for _, b in signs)
    return (Decimal(untied).sqrt(), Decimal(sum(a * b for a, b in signs))) if untied else None


def value(tau: tuple[Decimal, Decimal] | None) -> Decimal:
    """A tau-b of the reference, which must be defined in what is counted here."""
    assert tau is not None
    return tau[1] / tau[0]


def reference(first: College, second: College, root: bytes) -> Iterator[tuple[Decimal, Decimal] | None]:
    """Tau-b of two random groups of all the ballots, a thousand times."""
    pooled = [*first.orders, *second.orders]
    seed = hashlib.sha256(b"consultation:permutation:1\0" + root).digest()
    size = min(first.ballots, second.ballots)
    pairs = list(first.duels)
    placed = [oracle.duels([order], first.numbers) for order in pooled]
    whole = {pair: first.duels[pair] + second.duels[pair] for pair in pairs}
    for division in range(1000):
        stream = hashlib.shake_256(seed + division.to_bytes(4, "big")).digest(40 * len(pooled))
        group: dict[int, None] = {}
        for start in range(0, len(stream), 4):
            group[int.from_bytes(stream[start : start + 4], "little") % len(pooled)] = None
            if len(group) == size:
                break
        inside = {pair: sum(placed[ballot][pair] for ballot in group) for pair in pairs}
        outside = {pair: whole[pair] - inside[pair] for pair in pairs}
        yield tau_b(schulze_tiers(inside, first.numbers), schulze_tiers(outside, first.numbers))


def reversals(first: College, second: College) -> list[Json]:
    """The duels that the colleges surely decide the other way round: Newcombe, and Benjamini and Hochberg at 5 %.

    The counts are those that the released shares would be exact for.
    """
    step, compared = max(first.step, second.step), []
    for a, b in combinations(first.numbers, 2):
        sides = [
            (college.as_released(a, b), college.as_released(a, b) + college.as_released(b, a))
            for college in (first, second)
        ]
        compared.append((score_test(*sides), a, b, *sides))
    ranked = sorted(one[0] for one in compared)
    sure = max((p for k, p in enumerate(ranked, start=1) if p <= 0.05 * k / len(ranked)), default=-1.0)
    found = []
    for p, a, b, (x, n), (y, k) in compared:
        if p <= sure and (2 * x - n) * (2 * y - k) < 0:
            (low, high), (other_low, other_high) = wilson(x, n), wilson(y, k)
            gap = Fraction(x, n) - Fraction(y, k)
            bounds = (
                x / n - y / k - hypot(x / n - low, other_high - y / k),
                x / n - y / k + hypot(high - x / n, y / k - other_low),
            )
            shown = [in_steps(Fraction(end), step, -90, 90) for end in (gap, *bounds)]
            found.append(dict(zip(("first", "second", "difference", "low", "high"), (a, b, *shown), strict=True)))
    return found


def score_test(here: tuple[int, int], there: tuple[int, int]) -> float:
    """The p-value that two shares are the same."""
    (x, n), (y, k) = here, there
    pooled = Fraction(x + y, n + k)
    variance = pooled * (1 - pooled) * (Fraction(1, n) + Fraction(1, k))
    return erfc(sqrt((Fraction(x, n) - Fraction(y, k)) ** 2 / variance / 2)) if variance else 1.0


def wilson(x: int, n: int) -> tuple[float, float]:
    """The interval of Wilson for a share."""
    centre, spread = x + NORMAL_95**2 / 2, NORMAL_95 * sqrt(x * (n - x) / n + NORMAL_95**2 / 4)
    return (centre - spread) / (n + NORMAL_95**2), (centre + spread) / (n + NORMAL_95**2)


def combined(first: College, second: College) -> Tiers:
    """The Schulze order of the mean of the proportions of both colleges."""
    mean = {p: Fraction(first.duels[p], first.ballots) + Fraction(second.duels[p], second.ballots) for p in first.duels}
    return schulze_tiers(mean, first.numbers)


def suppressed(release: Json, plan: CountingPlan) -> Iterator[Json]:
    """All that is absent or clipped, in the order of the format."""
    for name, college in sorted(release["colleges"].items()):
        places = college.get("methods", {}).get("borda", {})
        holders = {"mean_place": places} if "borda" in plan.methods else {}
        tables = ["order", "pairwise_percent", "methods", "first_choices", "chances", "bands", *holders, "mean_tau"]
        for table in tables:
            if table not in holders.get(table, college):
                is_undefined = table == "mean_tau" and "bands" in college
                yield {"college": name, "table": table, "reason": "undefined" if is_undefined else TOO_FEW}
            elif table in ("pairwise_percent", "first_choices", "chances", "bands"):
                clip = {"chances": [5, 95], "pairwise_percent": college["clip"]}.get(table, college["row_clip"])
                for cell in beyond(college[table], clip):
                    yield {"college": name, "table": table, **cell}
    compared = release.get("agreement")
    if compared is None:
        yield {"table": "agreement", "reason": TOO_FEW}
    else:
        yield from (
            {"table": "agreement", "row": r, "reason": "undefined"} for r in ("tau_b", "reference") if r not in compared
        )
    if compared is None or "reversed" not in compared:
        yield {"table": "reversed", "reason": TOO_FEW}
    else:
        differences = {str(pair["first"]): {} for pair in compared["reversed"]}
        for pair in compared["reversed"]:
            differences[str(pair["first"])][str(pair["second"])] = pair["difference"]
        yield from ({"table": "reversed", **cell} for cell in beyond(differences, [-90, 90]))
    if plan.combination == "mean" and "combined" not in release:
        yield {"table": "combined", "reason": TOO_FEW}


def beyond(table: Mapping[str, Any], clip: Sequence[int]) -> Iterator[Json]:
    """The cells on a bound, row by row."""
    for row, cells in table.items():
        for column, percent in cells.items() if isinstance(cells, dict) else [("", cells)]:
            if percent in clip:
                place = {"row": row, "column": column} if column else {"row": row}
                yield {**place, "reason": "at_most" if percent == clip[0] else "at_least"}


def schulze_tiers(duels: Duels, numbers: Sequence[int]) -> Tiers:
    """The tiers of Schulze's method with margins."""
    strengths = strongest(duels, numbers)
    return oracle.peeled(numbers, lambda a, b: strengths[a, b] > strengths[b, a])


def strongest(duels: Duels, numbers: Sequence[int]) -> dict[tuple[int, int], int | Fraction]:
    """The weight of the strongest chain of won duels between each two."""
    strengths = {(a, b): max(duels[a, b] - duels[b, a], 0) for a, b in duels}
    for middle, a, b in permutations(numbers, 3):
        strengths[a, b] = max(strengths[a, b], min(strengths[a, middle], strengths[middle, b]))
    return strengths


def spans(tiers: Tiers) -> dict[int, tuple[int, int]]:
    """The best and the worst place of each."""
    taken: dict[int, tuple[int, int]] = {}
    for tier in tiers:
        taken |= dict.fromkeys(tier, (len(taken) + 1, len(taken) + len(tier)))
    return taken


def resampled(orders: Sequence[WeakOrder], numbers: Sequence[int], seed: bytes) -> Iterator[Duels]:
    """The duels of a thousand resamples of blocks of ballots."""
    blocks = min(len(orders), 1024)
    held = [oracle.duels(orders[block::blocks], numbers) for block in range(blocks)]
    columns = {pair: [block[pair] for block in held] for pair in held[0]}
    for resample in range(1000):
        stream = hashlib.shake_256(seed + resample.to_bytes(4, "big")).digest(4 * blocks)
        drawn = [int.from_bytes(stream[i : i + 4], "little") % blocks for i in range(0, 4 * blocks, 4)]
        yield {pair: sum(column[block] for block in drawn) for pair, column in columns.items()}


def descending(scores: Mapping[int, int | Fraction]) -> Tiers:
    """Tiers of equal scores, the greatest first."""
    return [[n for n in sorted(scores) if scores[n] == score] for score in sorted(set(scores.values()), reverse=True)]


def in_steps(share: Fraction, step: int, low: int, high: int) -> int:
    """A share in percent to the nearest step, halves up, between two bounds."""
    return min(max(floor(100 * share / step + Fraction(1, 2)) * step, low), high)


def two_decimals(divisor: Decimal, number: Decimal | Fraction) -> str:
    """A quotient to .01, halves away from zero, and never minus zero."""
    exact = Decimal(number.numerator) / Decimal(number.denominator) if isinstance(number, Fraction) else number
    shown = (exact / divisor).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return str(shown if shown else abs(shown))


def dot(one: Sequence[int], other: Sequence[int]) -> int:
    """The pairs that two ballots place alike, less those that they place the other way round."""
    return sum(a * b for a, b in zip(one, other, strict=True))


def sign(difference: int) -> int:
    """-1, 0 or 1."""
    return (difference > 0) - (difference < 0)
