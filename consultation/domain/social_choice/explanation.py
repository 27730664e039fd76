"""A release in words: messages that say why an order is what it is, built from released cells alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from types import MappingProxyType

from consultation.domain.social_choice.release import CollegeRelease, Placement, Release

Value = int | str | tuple[int, ...]

# All that can be said of a release, and the values that each message gives for its sentence.
MESSAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "headline.first_everywhere": ("recommendation",),
        "headline.tied_first_everywhere": ("recommendations",),
        "headline.first_in_college": ("college", "recommendation"),
        "headline.tied_first_in_college": ("college", "recommendations"),
        "headline.wins_every_duel": ("college", "recommendation"),
        "headline.too_few_ballots": ("college", "ballots"),
        "headline.agreement": ("tau_b",),
        "headline.same_order": (),
        "headline.dividing": ("recommendation", "rank", "other_rank", "college", "other_college"),
        "order.tied": ("recommendations", "rank"),
        "order.too_few_ballots": ("ballots",),
        "order.no_percentages": ("ballots",),
        "path": ("first", "second", "through"),
        "duel": ("first", "second", "before", "after"),
        "duel.within_rounding": ("first", "second", "share"),
        "duel.within_clipping": ("first", "second", "share"),
    }
)


@dataclass(frozen=True)
class Message:
    """A sentence without its language: a stable identifier and the named values that it speaks of."""

    id: str
    values: Mapping[str, Value]


def explanations(college: CollegeRelease) -> list[Message]:
    """Explain the order of one college: its ties, and for each lower place the duels that lead to it."""
    if "order" not in college:
        return [Message("order.too_few_ballots", {"ballots": college["ballots"]})]
    ties = [_tie(rank, tier) for rank, tier in _tiers(college["order"]) if len(tier) > 1]
    if "paths" not in college:
        return [*ties, Message("order.no_percentages", {"ballots": college["ballots"]})]
    return [*ties, *(message for path in college["paths"] for message in _path(college, path))]


def headlines(release: Release) -> list[Message]:
    """Say who comes first in each college, how far the colleges agree, and what divides them most."""
    return [*_first_places(release), *_agreement(release)]


def shown_share(share: int, clip: list[int]) -> str:
    """Show a released share, with its sign where it is clipped: "≤ 5", "42", "≥ 95"."""
    low, high = clip
    return f"≤ {low}" if share <= low else f"≥ {high}" if share >= high else str(share)


def _tiers(order: list[Placement]) -> Iterator[tuple[int, tuple[int, ...]]]:
    for rank, tier in groupby(order, key=itemgetter("rank")):
        yield rank, tuple(placement["recommendation"] for placement in tier)


def _tie(rank: int, tier: tuple[int, ...]) -> Message:
    return Message("order.tied", {"recommendations": tier, "rank": rank})


def _path(college: CollegeRelease, path: list[int]) -> list[Message]:
    duels = [_duel(college, first, second) for first, second in pairwise(path)]
    if len(duels) == 1:
        return duels
    return [Message("path", {"first": path[0], "second": path[-1], "through": tuple(path[1:-1])}), *duels]


def _duel(college: CollegeRelease, first: int, second: int) -> Message:
    shares, clip = college["pairwise_percent"], college["clip"]
    before, after = shares[str(first)][str(second)], shares[str(second)][str(first)]
    values: dict[str, Value] = {"first": first, "second": second}
    if before == after:
        reason = "duel.within_clipping" if before in clip else "duel.within_rounding"
        return Message(reason, values | {"share": shown_share(before, clip)})
    return Message("duel", values | {"before": shown_share(before, clip), "after": shown_share(after, clip)})


def _first_places(release: Release) -> list[Message]:
    ordered = {name: college["order"] for name, college in release["colleges"].items() if "order" in college}
    firsts = {name: next(_tiers(order))[1] for name, order in ordered.items()}
    if len(firsts) > 1 and len(firsts) == len(release["colleges"]) and len(set(firsts.values())) == 1:
        opening = [_first("everywhere", next(iter(firsts.values())), {})]
    else:
        opening = [_first("in_college", first, {"college": name}) for name, first in firsts.items()]
    victories = [
        Message("headline.wins_every_duel", {"college": name, "recommendation": first[0]})
        for name, first in firsts.items()
        if len(first) == 1 and _wins_every_duel(release["colleges"][name], first[0])
    ]
    absent = [
        Message("headline.too_few_ballots", {"college": name, "ballots": college["ballots"]})
        for name, college in release["colleges"].items()
        if name not in firsts
    ]
    return [*opening, *victories, *absent]


def _first(where: str, first: tuple[int, ...], values: dict[str, Value]) -> Message:
    if len(first) == 1:
        return Message(f"headline.first_{where}", values | {"recommendation": first[0]})
    return Message(f"headline.tied_first_{where}", values | {"recommendations": first})


def _wins_every_duel(college: CollegeRelease, number: int) -> bool:
    shares = college.get("pairwise_percent", {})
    won = [share > shares[other][str(number)] for other, share in shares.get(str(number), {}).items()]
    return bool(won) and all(won)


def _agreement(release: Release) -> list[Message]:
    if "agreement" not in release:
        return []
    (here, first), (there, second) = ((name, college["order"]) for name, college in release["colleges"].items())
    ranks = {placement["recommendation"]: placement["rank"] for placement in second}
    gaps = {p["recommendation"]: (p["rank"], ranks[p["recommendation"]]) for p in first}
    widest = max(abs(rank - other) for rank, other in gaps.values())
    opening = Message("headline.agreement", {"tau_b": release["agreement"]["tau_b"]})
    if widest == 0:
        return [opening, Message("headline.same_order", {})]
    dividing: list[Message] = []
    for number, (rank, other) in sorted(gaps.items()):
        if abs(rank - other) == widest:
            values: dict[str, Value] = {"recommendation": number, "rank": rank, "other_rank": other}
            dividing.append(Message("headline.dividing", values | {"college": here, "other_college": there}))
    return [opening, *dividing]
