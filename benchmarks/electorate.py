"""Generated ballots, and files that say them."""

import json
from collections.abc import Callable, Iterator

import numpy as np

from consultation.domain.social_choice.profile import Profile

SEED = 24
CHUNK = 100_000
Tiers = list[list[int]]


def electorate(ballots: int, alternatives: int) -> Profile:
    """Draw ballots of two camps (R. D. Luce, "Individual choice behavior", 1959; R. L. Plackett, 1975).

    Of 100 ballots 35 place all in two to five tiers, 35 rank three to seven, 25 stop anywhere, 5 rank all.
    """
    chance = np.random.default_rng((SEED, ballots, alternatives))
    esteem = chance.normal(0, 1, (2, alternatives))
    sizes = [CHUNK] * (ballots // CHUNK) + [ballots % CHUNK] * (ballots % CHUNK > 0)
    chunks = [_ranks(chance, esteem[chance.integers(0, 2, size)]) for size in sizes]
    return Profile(tuple(range(1, alternatives + 1)), np.asfortranarray(np.concatenate(chunks)))


def _ranks(chance: np.random.Generator, esteem: np.ndarray) -> np.ndarray:
    ballots, alternatives = esteem.shape
    places = np.argsort(np.argsort(-(esteem + chance.gumbel(size=esteem.shape)), axis=1), axis=1)
    kind = chance.random((ballots, 1))
    tiers = chance.integers(2, 6, (ballots, 1))
    few, any_number = chance.integers(3, 8, (ballots, 1)), chance.integers(1, alternatives + 1, (ballots, 1))
    kept = np.select([kind < 0.7, kind < 0.95], [few, any_number], alternatives)
    strict = np.where(places < kept, places, 255)
    return np.where(kind < 0.35, places * tiers // alternatives, strict).astype(np.uint8)


def tiers_of(profile: Profile) -> Iterator[Tiers]:
    """Give each ballot by the numbers in its tiers, best first."""
    unranked = profile.unranked_rank
    for row in profile.ranks.tolist():
        tiers: dict[int, list[int]] = {}
        for number, rank in enumerate(row, start=1):
            if rank != unranked:
                tiers.setdefault(rank, []).append(number)
        yield [tiers[rank] for rank in sorted(tiers)]


def preflib(profile: Profile) -> str:
    """Write a PrefLib file."""
    headers = {"NUMBER ALTERNATIVES": len(profile.alternatives), "NUMBER VOTERS": profile.ballots}
    headers |= {f"ALTERNATIVE NAME {number}": _name(number) for number in profile.alternatives}
    lines = [f"# {key}: {value}" for key, value in headers.items()]
    for tiers in tiers_of(profile):
        sets = (str(tier[0]) if len(tier) == 1 else f"{{{','.join(map(str, tier))}}}" for tier in tiers)
        lines.append(f"1: {','.join(sets)}")
    return "\n".join(lines)


def condorcet(profile: Profile) -> str:
    """Write a file of the Condorcet Election Format."""
    rankings = [" > ".join(" = ".join(map(_name, tier)) for tier in tiers) for tiers in tiers_of(profile)]
    return "\n".join([f"#/Candidates: {' ; '.join(map(_name, profile.alternatives))}", *rankings])


def debian(profile: Profile) -> str:
    """Write a tally sheet, in which what stands below the ninth rank is tied at it."""
    signs = {profile.unranked_rank: "-"} | {rank: str(min(rank + 1, 9)) for rank in range(len(profile.alternatives))}
    options = [f"Option {number}--->: {_name(number)}" for number in profile.alternatives]
    return "\n".join([*options, *(f"V: {''.join(map(signs.__getitem__, row))} 5a" for row in profile.ranks.tolist())])


def our_json(profile: Profile) -> str:
    """Write a file of our own format."""
    ballots = [{"ranking": [list(map(_name, tier)) for tier in tiers]} for tiers in tiers_of(profile)]
    return json.dumps({"alternatives": list(map(_name, profile.alternatives)), "ballots": ballots})


FILES: dict[str, Callable[[Profile], str]] = {"toi": preflib, "cvotes": condorcet, "txt": debian, "json": our_json}


def _name(number: int) -> str:
    return f"Alternative {number}"
