"""Invented votes: groups that are planted, or none, always the same for the same number."""

import numpy as np

from consultation.domain.deliberation.opinion_groups.votes import VoteMatrix


def planted(sizes, comments=24, *, seed=1, seen=0.8, faith=0.85):
    """Votes of two to four groups, and the group of each person.

    Half of the comments part the first and third group from the others, half the first two: the plane shows all of
    them. People see a part of the comments and say what their group holds, or now and then something else.
    """
    random = np.random.default_rng(seed)
    sides = np.array([[1, 1], [-1, 1], [1, -1], [-1, -1]])[: len(sizes), np.arange(comments) % 2]
    views = sides * random.choice([-1, 1], comments)
    labels = np.repeat(np.arange(len(sizes)), sizes)
    votes = views[labels].astype(float)
    strays = random.random(votes.shape) > faith
    votes[strays] = random.choice([-1, 0, 1], int(strays.sum()))
    votes[random.random(votes.shape) > seen] = np.nan
    return VoteMatrix(votes), labels


def noise(people, comments=24, seed=1):
    """Votes without any group: everybody agrees or not with each comment by chance."""
    random = np.random.default_rng(seed)
    return VoteMatrix(random.choice([-1.0, 0.0, 1.0], (people, comments)))
