"""Bands of places: on how many ballots a recommendation comes among the first three, and so on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from consultation.domain.privacy.publication.rows import row_shares
from consultation.domain.privacy.publication.steps import Steps
from consultation.domain.social_choice.dominance import Integers
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.release import Shares
from consultation.domain.verifiability.plan import NARROWEST_BAND

UNRANKED = "unranked"


def bands_of(profile: Profile, ends: Sequence[int], steps: Steps) -> dict[str, Shares]:
    """Return the share of ballots that place each alternative in each band, and of those that leave it unranked.

    `ends` are the last places of the bands that the plan declares; one that leaves fewer than three places behind it is
    left out, so that the last band is as wide as the others.
    A place is 1 and the number of alternatives that the ballot ranks strictly better.
    """
    lasts = [*(end for end in ends if end <= len(profile.alternatives) - NARROWEST_BAND), len(profile.alternatives)]
    names = [_name(former + 1, last) for former, last in pairwise([0, *lasts])]
    bands = {}
    for index, number in enumerate(profile.alternatives):
        counts = place_counts(profile, index)
        sums = np.add.reduceat(counts, [0, *lasts[:-1]]).tolist()
        shares = row_shares([*sums, profile.ballots - sum(sums)], profile.ballots, steps)
        bands[str(number)] = dict(zip([*names, UNRANKED], shares, strict=True))
    return bands


def place_counts(profile: Profile, index: int) -> Integers:
    """Return on how many ballots the alternative of this column is ranked at each place (m integers, from place 1)."""
    columns = profile.ranks.T
    chosen = columns[index]
    # Fewer alternatives stand before one than the type of the ranks can count.
    better = np.zeros(len(chosen), profile.ranks.dtype)
    for column in columns:
        better += np.less(column, chosen)
    ranked = better[chosen != profile.unranked_rank]
    return np.bincount(ranked, minlength=len(columns)).astype(np.int64)


def _name(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
