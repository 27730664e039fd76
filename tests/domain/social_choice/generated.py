"""Generated rankings and ballots for the properties of the count."""

from __future__ import annotations

from hypothesis import strategies as st

from consultation.domain.social_choice.ranking import WeakOrder

ALTERNATIVES = (1, 3, 6, 7, 10, 24)
Ballots = tuple[tuple[int, ...], list[WeakOrder]]


def rankings(alternatives: tuple[int, ...] = ALTERNATIVES) -> st.SearchStrategy[WeakOrder]:
    """Generate weak orders over some of the alternatives, ties and gaps included."""
    size = len(alternatives)
    return st.binary(min_size=size, max_size=size).map(lambda ranks: _order(alternatives, ranks))


def ballots(most: int = 12, alternatives: tuple[int, ...] = ALTERNATIVES) -> st.SearchStrategy[Ballots]:
    """Generate alternatives, one at least of those given, and up to `most` ballots over them, none included."""
    return st.integers(1, len(alternatives)).flatmap(
        lambda size: st.tuples(st.just(alternatives[:size]), st.lists(rankings(alternatives[:size]), max_size=most))
    )


def _order(alternatives: tuple[int, ...], ranks: bytes) -> WeakOrder:
    """One byte an alternative: its rank, or unranked; what would rank nothing ranks the first alternative."""
    given = {n: byte % (len(ranks) + 1) or None for n, byte in zip(alternatives, ranks, strict=True)}
    return WeakOrder.from_ranks(given if any(given.values()) else given | {alternatives[0]: 1})
