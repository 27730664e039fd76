"""What other packages do of a count, behind one shape: they are brought by `./run bench`, and are in no lock."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
from pref_voting.margin_based_methods import beat_path
from pref_voting.profiles_with_ties import ProfileWithTies
from preflibtools.instances import OrdinalInstance
from schulze_condorcet import pairwise_preference
from votelib.convert import RankedToCondorcetVotes
from votelib.evaluate.condorcet import Schulze

from benchmarks.electorate import tiers_of
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile


@dataclass(frozen=True)
class Peer:
    """A package that counts duels: its own ballots, the count that is timed, and what it says of a pair."""

    package: str
    ballots: Callable[[Profile], Any]
    count: Callable[[Any], Any]
    before: Callable[[Any, int, int], int]

    @property
    def name(self) -> str:
        """The package and its version."""
        return f"{self.package} {version(self.package)}"


def votelib_ballots(profile: Profile) -> Mapping[tuple[object, ...], int]:
    """Equal rankings together, ties as sets."""
    return Counter(
        tuple(tier[0] if len(tier) == 1 else frozenset(tier) for tier in tiers) for tiers in tiers_of(profile)
    )


def pref_voting_ballots(profile: Profile) -> ProfileWithTies:
    """A profile, which by its default has been counted once without the unranked."""
    rankings = [
        {number: rank for rank, tier in enumerate(tiers, start=1) for number in tier} for tiers in tiers_of(profile)
    ]
    return ProfileWithTies(rankings, candidates=list(profile.alternatives))


def pref_voting_count(ballots: ProfileWithTies) -> ProfileWithTies:
    """Count the duels again, with the unranked in the last place."""
    ballots.use_extended_strict_preference()
    return ballots


def schulze_condorcet_ballots(profile: Profile) -> tuple[list[str], list[str]]:
    """Strings such as “3>1=2”, the unranked tied at the end, and the candidates."""
    votes = []
    for tiers in tiers_of(profile):
        ranked = {number for tier in tiers for number in tier}
        rest = [number for number in profile.alternatives if number not in ranked]
        votes.append(">".join("=".join(map(str, tier)) for tier in [*tiers, rest] if tier))
    return votes, [str(number) for number in profile.alternatives]


PEERS = (
    Peer(
        "votelib",
        votelib_ballots,
        RankedToCondorcetVotes().convert,
        lambda counts, first, second: counts.get((first, second), 0),
    ),
    Peer(
        "pref_voting",
        pref_voting_ballots,
        pref_voting_count,
        lambda ballots, first, second: ballots.support(first, second),
    ),
    Peer(
        "schulze-condorcet",
        schulze_condorcet_ballots,
        lambda ballots: pairwise_preference(*ballots),
        lambda counts, first, second: counts[str(first), str(second)],
    ),
)


def check_same_matrix(matrix: PairwiseMatrix, peer: Peer, counted: object) -> None:
    """Raise AssertionError where a peer counts another matrix: it would not be the same work."""
    numbers = matrix.alternatives
    theirs = [[0 if a == b else peer.before(counted, a, b) for b in numbers] for a in numbers]
    assert np.array_equal(theirs, matrix.counts), f"{peer.name} counts otherwise"


def pref_voting_schulze(profile: Profile) -> Callable[[], list[int]]:
    """Schulze's winners from the margins of pref_voting."""
    graph = pref_voting_count(pref_voting_ballots(profile)).margin_graph()
    return lambda: beat_path(graph)  # type: ignore[no-any-return]


def votelib_schulze(profile: Profile) -> Callable[[], list[int]]:
    """Schulze's order from the duels of votelib, by winning votes."""
    duels = RankedToCondorcetVotes().convert(votelib_ballots(profile))
    return lambda: Schulze().evaluate(duels, len(profile.alternatives))  # type: ignore[no-any-return]


def preflibtools_orders(text: str) -> OrdinalInstance:
    """PrefLib's own reading of a .toi file."""
    instance = OrdinalInstance()
    instance.parse_str(text, "toi")
    return instance
