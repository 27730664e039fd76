"""Reactions of people who lean one of three ways, so that the closed consultation has opinion groups to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from consultation.domain.colleges import College
from consultation.domain.deliberation.reactions import Reaction
from consultation.features.accounts.models import Account
from consultation.features.comments import services as comments
from consultation.features.comments.models import Comment

# How many of each college react, and how many in 100 of them are wary, eager, or speak from where care is far away.
REACTING = {College.CITIZENS: 85, College.PHYSICIANS: 40}
WEIGHTS = {College.CITIZENS: (45, 20, 35), College.PHYSICIANS: (35, 50, 15)}
SEEN, PASSED = 0.85, 0.07


@dataclass(frozen=True)
class Shared:
    """A comment, and how many in 100 of each leaning agree with it."""

    comment: Comment
    agreement: Sequence[int]


def react_by_leaning(
    random: Random, pools: Mapping[College, Sequence[Account]], shared: Sequence[Shared], guests: Sequence[Account]
) -> None:
    """Let some of each college, and the guests, react to most comments as their leaning has it."""
    for college, pool in pools.items():
        for account in [*random.sample(pool, REACTING[college]), *(one for one in guests if one.college == college)]:
            leaning = random.choices(range(3), WEIGHTS[college])[0]
            for one in shared:
                _react(random, account, one.comment, one.agreement[leaning])


def _react(random: Random, account: Account, comment: Comment, agreement: int) -> None:
    """React now and then by passing; nobody reacts to all, nor to what they wrote themselves."""
    is_seen, passes, agrees = random.random() < SEEN, random.random() < PASSED, 100 * random.random() < agreement
    if is_seen and comment.author_id != account.id:
        kind = Reaction.AGREE if agrees else Reaction.DISAGREE
        comments.react(account, comment, Reaction.PASS if passes else kind)
