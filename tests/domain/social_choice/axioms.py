"""Axioms of social choice as predicates: does a method keep one on these ballots, whatever is done with them?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice, product

from consultation.domain.social_choice.methods import METHODS
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.smith import condorcet_winner, smith_set

Numbers = tuple[int, ...]
Orders = Sequence[WeakOrder]
Axiom = Callable[[str, Numbers, Orders], bool]


def order(method: str, alternatives: Numbers, orders: Orders) -> WeakOrder:
    """Count ballots by a method."""
    profile = Profile.from_orders(alternatives, orders)
    return METHODS[method](profile, PairwiseMatrix.of_profile(profile)).order


def winners(method: str, alternatives: Numbers, orders: Orders) -> set[int]:
    """Return the first tier."""
    return set(order(method, alternatives, orders).tiers[0])


def anonymity(method: str, alternatives: Numbers, orders: Orders) -> bool:
    """It does not matter whose ballot is whose: ballots may stand in any order."""
    turned = [*orders[1:], *orders[:1]]
    counted = order(method, alternatives, orders)
    return all(order(method, alternatives, other) == counted for other in (turned, orders[::-1]))


def neutrality(method: str, alternatives: Numbers, orders: Orders) -> bool:
    """The numbers of the alternatives do not matter: with other numbers the order is the same, renumbered."""
    counted = order(method, alternatives, orders)
    for names in (alternatives[::-1], (*alternatives[1:], alternatives[0])):
        renamed = dict(zip(alternatives, names, strict=True))
        if order(method, alternatives, [_renamed(one, renamed) for one in orders]) != _renamed(counted, renamed):
            return False
    return True


def condorcet(method: str, alternatives: Numbers, orders: Orders) -> bool:
    """Who wins every duel comes first, alone."""
    winner = condorcet_winner(PairwiseMatrix.of_profile(Profile.from_orders(alternatives, orders)))
    return winner is None or winners(method, alternatives, orders) == {winner}


def smith(method: str, alternatives: Numbers, orders: Orders) -> bool:
    """All who come first belong to the Smith set."""
    inside = smith_set(PairwiseMatrix.of_profile(Profile.from_orders(alternatives, orders)))
    return winners(method, alternatives, orders) <= set(inside)


def monotonicity(method: str, alternatives: Numbers, orders: Orders) -> bool:
    """Who comes first still does after moving up, by a step or to the top, on one ballot or on all that are equal."""
    for winner in winners(method, alternatives, orders):
        for ballot in {one for one in orders if winner in one}:
            equal = [index for index, one in enumerate(orders) if one == ballot]
            rest = [[number for number in tier if number != winner] for tier in ballot]
            top = WeakOrder.from_tiers([[winner], *(tier for tier in rest if tier)])
            for raised, changed in product((ballot.raised(winner), top), (equal, equal[:1])):
                after = [raised if index in changed else one for index, one in enumerate(orders)]
                if winner not in winners(method, alternatives, after):
                    return False
    return True


def reversal(method: str, alternatives: Numbers, orders: Orders) -> bool:
    """Who alone comes first does not come first when every ballot is turned upside down."""
    complete = [WeakOrder.from_tiers(tier for tier in (*one, one.unranked(alternatives)) if tier) for one in orders]
    first = winners(method, alternatives, complete)
    turned = [WeakOrder.from_tiers(one.tiers[::-1]) for one in complete]
    return len(first) > 1 or len(alternatives) == 1 or not first & winners(method, alternatives, turned)


def clone_independence(method: str, alternatives: Numbers, orders: Orders) -> bool:
    """To put up neighbours of an alternative helps or harms nobody: they win together where it won, and only there."""
    before = winners(method, alternatives, orders)
    for cloned in alternatives:
        for clones, ballots in _with_clones(cloned, max(alternatives), orders):
            everybody = tuple(sorted({*alternatives, *clones}))
            after = {cloned if number in clones else number for number in winners(method, everybody, ballots)}
            if after != before:
                return False
    return True


def _renamed(one: WeakOrder, names: dict[int, int]) -> WeakOrder:
    return WeakOrder.from_tiers([names[number] for number in tier] for tier in one)


def _with_clones(cloned: int, last: int, orders: Orders) -> Iterator[tuple[Numbers, list[WeakOrder]]]:
    """Give each ballot clones side by side, in the one order, in orders that take turns, tied, or round a circle."""
    two, three = (cloned, last + 1), (cloned, last + 1, last + 2)
    one, other, tied = [[cloned], [last + 1]], [[last + 1], [cloned]], [list(two)]
    circle = [[[n] for n in turn] for turn in (three, three[1:] + three[:1], three[2:] + three[:2])]
    for clones, patterns in [(two, [one]), (two, [one, other]), (two, [tied]), (two, [one, tied]), (three, circle)]:
        placed = islice(cycle(patterns), len(orders))
        yield clones, [_cloned(ballot, cloned, clones, tiers) for ballot, tiers in zip(orders, placed, strict=True)]


def _cloned(ballot: WeakOrder, cloned: int, clones: Numbers, tiers: list[list[int]]) -> WeakOrder:
    made: list[Sequence[int]] = []
    for tier in ballot:
        if cloned not in tier:
            made.append(tier)
        elif len(tier) == 1:
            made += tiers
        else:
            made.append([*tier, *clones[1:]])
    return WeakOrder.from_tiers(made)


AXIOMS: dict[str, Axiom] = {
    axiom.__name__: axiom
    for axiom in (anonymity, neutrality, condorcet, smith, monotonicity, reversal, clone_independence)
}
