"""A release in words: messages that say why an order is what it is, built from released cells alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
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
        "headline.all_tied_everywhere": (),
        "headline.first_in_college": ("college", "recommendation"),
        "headline.tied_first_in_college": ("college", "recommendations"),
        "headline.all_tied_in_college": ("college",),
        "headline.wins_every_duel": ("college", "recommendation"),
        "headline.too_few_ballots": ("college", "ballots"),
        "headline.chance_of_first": ("college", "chance"),
        "headline.first_is_established": ("college",),
        "headline.first_is_open": ("college", "low", "high"),
        "headline.same_order": (),
        "headline.nothing_divides": (),
        "headline.dividing": ("recommendation", "rank", "other_rank", "college", "other_college"),
        "headline.also_dividing": ("recommendations",),
        "agreement.tau": ("tau_b",),
        "agreement.below_chance": ("low", "high"),
        "agreement.within_chance": ("low", "high"),
        "agreement.above_chance": ("low", "high"),
        "agreement.inside": ("college", "mean_tau"),
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
    """Say who comes first in each college, how sure that is, and what divides the colleges."""
    return [*_first_places(release), *_dividing(release)]


def comparisons(release: Release) -> list[Message]:
    """Say how far the orders of two colleges agree, whether chance would do as much, and how far ballots agree."""
    agreement = release.get("agreement", {})
    said = [Message("agreement.tau", {"tau_b": agreement["tau_b"]})] if "tau_b" in agreement else []
    if "reference" in agreement:
        low, high = agreement["reference"]
        said.append(Message(_beside_chance(agreement["tau_b"], low, high), {"low": low, "high": high}))
    inside = {name: college["mean_tau"] for name, college in release["colleges"].items() if "mean_tau" in college}
    return [*said, *(Message("agreement.inside", {"college": name, "mean_tau": tau}) for name, tau in inside.items())]


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
    ordered = {name: college for name, college in release["colleges"].items() if "order" in college}
    firsts = {name: next(_tiers(college["order"]))[1] for name, college in ordered.items()}
    absent = [
        Message("headline.too_few_ballots", {"college": name, "ballots": college["ballots"]})
        for name, college in release["colleges"].items()
        if name not in firsts
    ]
    # Alone, a recommendation comes first without having won anything.
    alone = {name: first[0] for name, first in firsts.items() if len(first) == 1 < len(ordered[name]["order"])}
    sure = [_sureness(name, ordered[name]) for name in alone]
    victories = [
        Message("headline.wins_every_duel", {"college": name, "recommendation": number})
        for name, number in alone.items()
        if ordered[name].get("condorcet_winner") == number
    ]
    return [*_openings(release, firsts), *victories, *sure, *absent]


def _openings(release: Release, firsts: Mapping[str, tuple[int, ...]]) -> list[Message]:
    colleges = release["colleges"]
    total = max((len(college["order"]) for college in colleges.values() if "order" in college), default=0)
    if 1 < len(firsts) == len(colleges) and len(set(firsts.values())) == 1:
        return [_first("everywhere", next(iter(firsts.values())), total, {})]
    return [_first("in_college", first, total, {"college": name}) for name, first in firsts.items()]


def _first(where: str, first: tuple[int, ...], total: int, values: dict[str, Value]) -> Message:
    if 1 < len(first) == total:
        return Message(f"headline.all_tied_{where}", values)
    if len(first) == 1:
        return Message(f"headline.first_{where}", values | {"recommendation": first[0]})
    return Message(f"headline.tied_first_{where}", values | {"recommendations": first})


def _sureness(name: str, college: CollegeRelease) -> Message:
    """Say how often resamples put the same first or, where that is not published, which places its interval holds."""
    first = college["order"][0]
    if "chances" in college:
        chance = college["chances"][str(first["recommendation"])]["first"]
        return Message("headline.chance_of_first", {"college": name, "chance": chance})
    if first["low"] == first["high"]:
        return Message("headline.first_is_established", {"college": name})
    return Message("headline.first_is_open", {"college": name, "low": first["low"], "high": first["high"]})


def _dividing(release: Release) -> list[Message]:
    if "agreement" not in release:
        return []
    (here, first), (there, second) = ((name, college["order"]) for name, college in release["colleges"].items())
    ranks, others = _ranks(first), _ranks(second)
    if ranks == others:
        # Where all are tied that was said already.
        return [Message("headline.same_order", {})] if max(ranks.values()) > 1 else []
    dividing = release["agreement"].get("dividing", [])
    if not dividing:
        return [Message("headline.nothing_divides", {})]
    most, *less = dividing
    values: dict[str, Value] = {"recommendation": most, "rank": ranks[most], "other_rank": others[most]}
    said = [Message("headline.dividing", values | {"college": here, "other_college": there})]
    return [*said, Message("headline.also_dividing", {"recommendations": tuple(less)})] if less else said


def _ranks(order: list[Placement]) -> dict[int, int]:
    return {placement["recommendation"]: placement["rank"] for placement in order}


def _beside_chance(tau_b: str, low: str, high: str) -> str:
    if Fraction(tau_b) < Fraction(low):
        return "agreement.below_chance"
    return "agreement.above_chance" if Fraction(tau_b) > Fraction(high) else "agreement.within_chance"
